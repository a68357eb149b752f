package io.phaseledger.receipt;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.database.CountedStatements;
import io.phaseledger.embedded.Logins;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.State;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a consumer is told is kept, once, and without a part in what it is told. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ReceiptsTest {

    private static final String DATE = "2031-05-04";
    private static final Duration BOUND = Duration.ofSeconds(30);

    @Inject
    DataSource pool;

    private String name;

    @BeforeEach
    void putPolicy() {
        name = "r" + UUID.randomUUID().toString().replace("-", "");
        put("");
    }

    private void put(String more) {
        given().contentType("application/json")
                .body("""
                        {"time_zone": "UTC", "requirements": [{"phase": "phase4", "processor_name": "%s" %s}]}""".formatted(name, more))
                .put("/v1/policies/" + name)
                .then()
                .statusCode(201);
    }

    private ValidatableResponse report(String fields) {
        return given().contentType("application/json")
                .body("""
                        {"phase": "phase4", "game_date": "%s", "processor_name": "%s" %s}""".formatted(DATE, name, fields))
                .post("/v1/completions")
                .then()
                .statusCode(201);
    }

    private String complete() {
        return report(", \"status\": \"success\"").extract().path("id");
    }

    private ValidatableResponse ask(String query, String... header) {
        var request = given();
        return (header.length == 0 ? request : request.header(header[0], header[1]))
                .get("/v1/readiness/" + name + "/" + DATE + query)
                .then();
    }

    private String receiptFor(String consumer) {
        return ask("?consumer=" + consumer).statusCode(200).extract().path("receipt_id");
    }

    private ValidatableResponse list(String query) {
        return given().get("/v1/receipts?policy=" + name + query).then().statusCode(200);
    }

    @Test
    void it_has_who_asked_and_the_answer() {
        String row = complete();
        var answer =
                ask("?consumer=store&within=6h&applies=always").statusCode(200).extract();
        String id = answer.path("receipt_id");
        assertEquals(id, answer.header("Receipt-Id"));
        var receipt = given().get("/v1/receipts/" + id).then().statusCode(200);
        receipt.body("id", equalTo(id))
                .body("consumer", equalTo("store"))
                .body("principal", equalTo("anonymous"))
                .body("policy", equalTo(name))
                .body("policy_version", equalTo(1))
                .body("game_date", equalTo(DATE))
                .body("etag", equalTo(answer.header("ETag")))
                .body("mode", equalTo("live"))
                .body("within", equalTo("PT6H"))
                .body("applies", equalTo("always"))
                .body("state", equalTo("ready"))
                .body("reasons", hasSize(0))
                .body("completion_ids", contains(row))
                .body("position", equalTo(answer.path("position")))
                .body("as_of", equalTo(answer.path("as_of")))
                .body("overtaken_by", hasSize(0));
        assertEquals(
                answer.jsonPath().getDouble("data_age_seconds"),
                receipt.extract().jsonPath().getDouble("data_age_seconds"));
        assertEquals(64, receipt.extract().<String>path("row_hash").length());
        String again = "?as_of=" + receipt.extract().path("as_of") + "&position="
                + receipt.extract().path("position");
        ask(again + "&within=6h&applies=always").header("ETag", answer.header("ETag"));
    }

    @Test
    void one_that_is_not_ready_has_one_too_also_as_an_error() {
        var refused = ask("?consumer=store&expect=ready").statusCode(412).extract();
        String id = refused.path("verdict.receipt_id");
        assertEquals(id, refused.header("Receipt-Id"));
        given().get("/v1/receipts/" + id)
                .then()
                .body("state", equalTo("not_ready"))
                .body("reasons", contains("missing"))
                .body("data_age_seconds", nullValue())
                .body("completion_ids", hasSize(0));
    }

    @Test
    void the_same_answer_is_the_same_receipt() {
        String first = receiptFor("store");
        assertEquals(first, receiptFor("store"));
        String tag = ask("?consumer=store").extract().header("ETag");
        assertEquals(
                first,
                ask("?consumer=store", "If-None-Match", tag)
                        .statusCode(304)
                        .extract()
                        .header("Receipt-Id"));
        assertNotEquals(first, receiptFor("another"));
        complete();
        assertNotEquals(first, receiptFor("store"));
        list("&consumer=store").body("items", hasSize(2));
    }

    @Test
    void without_a_consumer_and_about_the_past_there_is_none() {
        String position =
                ask("").body("$", not(hasItem("receipt_id"))).extract().header("Ledger-Position");
        for (String when : List.of("as_of=2026-02-02T11:00:00Z", "position=" + position)) {
            var answer = ask("?consumer=store&" + when).statusCode(200).extract();
            assertNull(answer.path("receipt_id"));
            assertNull(answer.header("Receipt-Id"));
        }
        list("").body("items", hasSize(0));
    }

    @Test
    void with_a_wait_it_is_for_the_final_answer() throws Exception {
        var waiting = CompletableFuture.supplyAsync(
                () -> ask("?consumer=store&wait=30s").extract().<String>path("receipt_id"));
        await().atMost(BOUND)
                .until(() -> given().get("/v1/waiters")
                        .jsonPath()
                        .getList("items.policy")
                        .contains(name));
        complete();
        String id = waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS);
        list("").body("items.id", contains(id)).body("items.state", contains("ready"));
    }

    @Test
    void they_take_no_position() {
        // The watch may announce a readiness change meanwhile, which takes one; not each time.
        AtomicInteger consumer = new AtomicInteger();
        await().until(() -> {
            String before = ask("").extract().header("Ledger-Position");
            receiptFor("consumer" + consumer.incrementAndGet());
            return before.equals(ask("").extract().header("Ledger-Position"));
        });
    }

    @Test
    void a_later_completion_and_a_retraction_overtake() {
        String row = complete();
        String receipt = receiptFor("store");
        report(", \"status\": \"failed\"");
        report(", \"status\": \"running\"");
        report(", \"status\": \"success\", \"completed_at\": \"2026-02-03T07:00:00Z\"");
        list("&overtaken=true").body("items", hasSize(0));
        list("&overtaken=false").body("items.id", contains(receipt));

        String newer = complete();
        list("&overtaken=true")
                .body("items.id", contains(receipt))
                .body("items[0].overtaken_by.completion_id", contains(newer))
                .body("items[0].overtaken_by.overtakes", contains(row))
                .body("items[0].overtaken_by.kind", contains("completion"))
                .body("items[0].overtaken_by.processor_name", contains(name));
        list("&overtaken=false").body("items", hasSize(0));
        String second = receiptFor("store");
        assertNotEquals(receipt, second);

        retract(newer);
        list("&overtaken=true")
                .body("items.id", contains(second))
                .body("items[0].overtaken_by.kind", contains("retraction"));
        retract(row);
        list("&overtaken=true").body("items.id", contains(second, receipt));
    }

    private static void retract(String row) {
        given().contentType("application/json")
                .body("{\"reason\": \"loaded twice\"}")
                .post("/v1/completions/" + row + "/retraction")
                .then()
                .statusCode(201);
    }

    @Test
    void what_the_policy_accepts_overtakes() {
        put(", \"accept\": [\"success\", \"partial\"]");
        complete();
        String receipt = receiptFor("store");
        report(", \"status\": \"no_data\"");
        list("&overtaken=true").body("items", hasSize(0));
        report(", \"status\": \"partial\"");
        list("&overtaken=true")
                .body("items.id", contains(receipt))
                .body("items[0].overtaken_by.status", contains("partial"));
    }

    @Test
    void pages_follow_each_other() {
        List<String> ids =
                IntStream.range(0, 5).mapToObj(each -> receiptFor("c" + each)).toList();
        Set<String> seen = new HashSet<>();
        String path = "/v1/receipts?limit=2&policy=" + name;
        String cursor = "";
        int pages = 0;
        do {
            var page = given().get(path + cursor).then().statusCode(200).extract();
            seen.addAll(page.jsonPath().getList("items.id"));
            String next = page.path("next_cursor");
            cursor = next == null ? "" : "&cursor=" + next;
            pages++;
        } while (!cursor.isEmpty() && pages < 10);
        assertEquals(Set.copyOf(ids), seen);
        assertEquals(3, pages);
        String other = given().get(path).path("next_cursor");
        given().get("/v1/receipts?cursor=" + other).then().statusCode(400).body("code", equalTo("cursor_mismatch"));
    }

    @Test
    void they_are_selected_by_consumer_and_date() {
        String mine = receiptFor("mine");
        receiptFor("yours");
        list("&consumer=mine").body("items.id", contains(mine));
        list("&game_date=" + DATE).body("items", hasSize(2));
        list("&from=2031-05-05").body("items", hasSize(0));
        list("&from=" + DATE + "&to=" + DATE).body("items", hasSize(2));
        given().get("/v1/receipts?from=2031-05-05&to=2031-05-04")
                .then()
                .statusCode(422)
                .body("errors[0].parameter", equalTo("to"));
        given().get("/v1/receipts?from=2031-05-05&game_date=2031-05-04")
                .then()
                .statusCode(422)
                .body("errors[0].parameter", equalTo("game_date"));
    }

    @Test
    void a_consumer_by_another_name_is_the_same() {
        String canonical = name + "_store";
        String receipt = receiptFor(canonical);
        String alias = name + "Store";
        given().contentType("application/json")
                .body("{\"target\": \"" + canonical + "\"}")
                .put("/v1/aliases/processors/" + alias)
                .then()
                .statusCode(201);
        assertEquals(receipt, receiptFor(alias));
        list("&consumer=" + alias).body("items.consumer", contains(canonical));
    }

    @Test
    void the_same_again_costs_no_statement_and_several_instances_store_one() {
        CountedStatements counted = new CountedStatements(pool);
        Receipts instance = new Receipts(new ReceiptTable(counted.statements()), new SimpleMeterRegistry());
        GivenAnswer answer = answer("store");
        UUID first = id(instance, answer);
        assertEquals(0, counted.during(() -> assertEquals(first, id(instance, answer))));
        List<CompletableFuture<UUID>> others = IntStream.range(0, 8)
                .mapToObj(each -> {
                    Receipts other = new Receipts(new ReceiptTable(counted.statements()), new SimpleMeterRegistry());
                    GivenAnswer fresh = answer("fresh");
                    return CompletableFuture.supplyAsync(() -> id(other, fresh));
                })
                .toList();
        assertEquals(1, others.stream().map(CompletableFuture::join).distinct().count());
        list("&consumer=fresh").body("items", hasSize(1));
    }

    private GivenAnswer answer(String consumer) {
        return new GivenAnswer(
                new GivenAnswer.Key(consumer, name, LocalDate.parse(DATE), "tag"),
                "anonymous",
                1,
                Mode.LIVE,
                null,
                null,
                State.READY,
                List.of(),
                null,
                List.of(),
                Instant.parse("2026-02-02T11:00:00Z"),
                0);
    }

    private static UUID id(Receipts receipts, GivenAnswer answer) {
        return receipts.receiptFor(answer).await().atMost(BOUND).orElseThrow();
    }

    /** The table is locked by another transaction, as a migration would. */
    @Test
    void one_that_cannot_be_stored_is_missed_and_the_answer_is_given() throws SQLException {
        Optional<Logins> logins = EmbeddedDatabaseResource.logins();
        assumeTrue(logins.isPresent(), "of another database we know one role alone");
        complete();
        try (Connection connection = logins.get().owner().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE nba_orchestration.receipts IN ACCESS EXCLUSIVE MODE");
            var answer = ask("?consumer=store").statusCode(200).extract();
            assertEquals("ready", answer.path("state"));
            assertNull(answer.path("receipt_id"));
            assertNull(answer.header("Receipt-Id"));
            assertEquals(List.of("receipt_not_stored"), answer.path("warnings.code"));
            ask("").body("warnings", hasSize(0));
            connection.rollback();
        }
        assertNotNull(receiptFor("store"));
    }
}
