package io.phaseledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Backfill;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Freshness;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Quorum;
import io.phaseledger.readiness.Requirement;
import io.phaseledger.readiness.Severity;
import io.phaseledger.readiness.Status;
import io.phaseledger.readiness.TargetDate;
import io.phaseledger.readiness.Upstream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A scenario's JSON as the rule's own values, read without the service's readers so that each checks the other. */
final class ScenarioReading {

    private ScenarioReading() {}

    static MemoryLedger ledger(Scenario scenario) {
        List<Completion> rows = new ArrayList<>();
        scenario.completions().forEach(json -> rows.add(completion(json, rows.size() + 1L)));
        List<MemoryLedger.Slate> slates = new ArrayList<>();
        scenario.slates().forEach(json -> slates.add(slate(json, slates.size() + 1L)));
        return new MemoryLedger(rows, List.of(), slates);
    }

    private static Completion completion(JsonNode json, long position) {
        return new Completion(
                new UUID(0, position),
                position,
                new EvidenceKey(
                        text(json, "phase"), text(json, "processor_name"), LocalDate.parse(text(json, "game_date"))),
                constant(Status.class, json.required("status")),
                number(json.path("record_count")),
                number(json.path("expected_count")),
                json.path("is_incremental").asBoolean(false),
                Instant.parse(text(json, "completed_at")),
                Instant.parse(text(json, "inserted_at")));
    }

    private static MemoryLedger.Slate slate(JsonNode json, long position) {
        return new MemoryLedger.Slate(
                LocalDate.parse(text(json, "game_date")),
                json.required("units").intValue(),
                position,
                Instant.parse(text(json, "inserted_at")));
    }

    static Policy policy(JsonNode json) {
        return new Policy(
                text(json, "name"),
                1,
                ZoneId.of(text(json, "time_zone")),
                elements(json.required("requirements")).stream()
                        .map(ScenarioReading::requirement)
                        .toList(),
                quorum(json.path("min_optional")),
                freshness(json.path("freshness")),
                json.has("backfill") ? constant(Backfill.class, json.get("backfill")) : Backfill.BYPASS,
                elements(json.path("upstream")).stream()
                        .map(ScenarioReading::upstream)
                        .toList(),
                null);
    }

    private static Requirement requirement(JsonNode json) {
        Set<Status> accept = EnumSet.of(Status.SUCCESS);
        elements(json.path("accept")).forEach(each -> accept.add(constant(Status.class, each)));
        return new Requirement(
                text(json, "phase"),
                text(json, "processor_name"),
                number(json.path("min_records")),
                decimal(json.path("min_records_per_unit")),
                decimal(json.path("min_coverage")),
                accept,
                json.path("optional").asBoolean(false),
                targetDate(json.path("game_date")));
    }

    private static TargetDate targetDate(JsonNode json) {
        if (json.isInt()) {
            return new TargetDate.Offset(json.intValue());
        }
        return json.asText("same").equals("previous_slate") ? new TargetDate.PreviousSlate() : new TargetDate.Same();
    }

    private static @Nullable Quorum quorum(JsonNode json) {
        if (!json.isNumber()) {
            return null;
        }
        return json.isInt() ? new Quorum.Count(json.intValue()) : new Quorum.Share(json.decimalValue());
    }

    private static @Nullable Freshness freshness(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        Applies applies = json.has("applies") ? constant(Applies.class, json.get("applies")) : Applies.SAME_DAY;
        return new Freshness(Duration.parse(text(json, "max_age")), applies);
    }

    private static Upstream upstream(JsonNode json) {
        return new Upstream(
                text(json, "policy"),
                json.has("ready") ? constant(Severity.class, json.get("ready")) : Severity.WARN,
                json.has("order") ? constant(Severity.class, json.get("order")) : Severity.WARN);
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).textValue();
    }

    private static @Nullable Long number(JsonNode json) {
        return json.isNumber() ? json.longValue() : null;
    }

    private static @Nullable BigDecimal decimal(JsonNode json) {
        return json.isNumber() ? json.decimalValue() : null;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json) {
        return Enum.valueOf(type, json.textValue().toUpperCase(Locale.ROOT));
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
