package io.phaseledger;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Quorum;
import io.phaseledger.readiness.Requirement;
import io.phaseledger.readiness.TargetDate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Says to a running service what the rule's own values say. */
public final class Recorder {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Recorder() {}

    /** Imports them with the instants at which they were learned. */
    public static void complete(List<Completion> rows) {
        given().contentType("application/x-ndjson")
                .body(rows.stream()
                        .map(row -> json(row).toString())
                        .collect(joining("\n"))
                        .getBytes(StandardCharsets.UTF_8))
                .post("/v1/completions/import")
                .then()
                .statusCode(200)
                .body("rejected", hasSize(0));
    }

    public static void retract(UUID id) {
        given().contentType("application/json")
                .body("{\"reason\":\"drawn by lot\"}")
                .post("/v1/completions/" + id + "/retraction")
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }

    public static void slate(MemoryLedger.Slate slate) {
        ObjectNode json = JSON.objectNode()
                .put("units", slate.units())
                .put("inserted_at", slate.insertedAt().toString());
        put("/v1/slates/" + slate.gameDate(), json);
    }

    public static void policy(Policy policy) {
        ObjectNode json = JSON.objectNode().put("time_zone", policy.zone().getId());
        policy.requirements().forEach(each -> json.withArray("requirements").add(json(each)));
        json.withArray("requirements");
        if (policy.quorum() instanceof Quorum.Count count) {
            json.put("min_optional", count.count());
        } else if (policy.quorum() instanceof Quorum.Share share) {
            json.put("min_optional", share.share());
        }
        if (policy.freshness() != null) {
            json.putObject("freshness")
                    .put("max_age", policy.freshness().maxAge().toString())
                    .put("applies", word(policy.freshness().applies()));
        }
        json.put("backfill", word(policy.backfill())).put("effective_from", MemoryLedger.BEGINNING.toString());
        policy.upstreams()
                .forEach(link -> json.withArray("upstream")
                        .addObject()
                        .put("policy", link.policy())
                        .put("ready", word(link.ready()))
                        .put("order", word(link.order())));
        put("/v1/policies/" + policy.name(), json);
    }

    private static ObjectNode json(Requirement requirement) {
        ObjectNode json = JSON.objectNode()
                .put("phase", requirement.phase())
                .put("processor_name", requirement.processorName())
                .put("min_records", requirement.minRecords())
                .put("min_records_per_unit", requirement.minRecordsPerUnit())
                .put("min_coverage", requirement.minCoverage())
                .put("optional", requirement.optional());
        requirement.accept().forEach(status -> json.withArray("accept").add(word(status)));
        if (requirement.gameDate() instanceof TargetDate.Offset offset) {
            json.put("game_date", offset.days());
        } else {
            json.put("game_date", requirement.gameDate() instanceof TargetDate.Same ? "same" : "previous_slate");
        }
        return json;
    }

    private static ObjectNode json(Completion row) {
        return JSON.objectNode()
                .put("phase", row.cell().phase())
                .put("processor_name", row.cell().processorName())
                .put("game_date", row.cell().gameDate().toString())
                .put("status", word(row.status()))
                .put("record_count", row.recordCount())
                .put("expected_count", row.expectedCount())
                .put("is_incremental", row.incremental())
                .put("execution_id", "run-" + row.position())
                .put("completed_at", row.completedAt().toString())
                .put("inserted_at", row.insertedAt().toString());
    }

    private static void put(String path, ObjectNode json) {
        given().contentType("application/json")
                .body(json.toString())
                .put(path)
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
