package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.OwnPostgres;
import io.phaseledger.mirror.BigQueryEmulator;
import io.phaseledger.mirror.JobGate.Fault;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged jar keeps a table of an emulator of BigQuery equal to its ledger, whatever fails and dies. */
@Tag("proof")
class MirrorIT {

    private static final Logger LOG = Logger.getLogger(MirrorIT.class);

    private static final int ROWS = Integer.getInteger("mirror.rows", 4_000);
    private static final int RETRACTIONS = ROWS / 100;
    private static final int KILLS = Integer.getInteger("mirror.kills", 4);
    private static final int BATCH = 200;
    private static final long SEED = Long.getLong("mirror.seed", System.nanoTime());
    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final String TABLE = "nba_orchestration.phase_completions";

    /** The twelve columns and what the ledger says of itself, the same text of either side. */
    private static final String THERE = """
            SELECT JSON_VALUE(metadata, '$.phase_ledger.position') AS position, ARRAY_TO_STRING([
                phase, CAST(game_date AS STRING), processor_name, status, CAST(record_count AS STRING), correlation_id,
                execution_id, CAST(UNIX_MICROS(completed_at) AS STRING), CAST(is_incremental AS STRING),
                ARRAY_TO_STRING(entities_changed, ','), JSON_VALUE(metadata, '$.attempt'),
                CAST(UNIX_MICROS(inserted_at) AS STRING), JSON_VALUE(metadata, '$.phase_ledger.id'),
                JSON_VALUE(metadata, '$.phase_ledger.position'), JSON_VALUE(metadata, '$.phase_ledger.kind'),
                JSON_VALUE(metadata, '$.phase_ledger.retracts'), JSON_VALUE(metadata, '$.phase_ledger.is_backfill'),
                JSON_VALUE(metadata, '$.phase_ledger.expected_count'), JSON_VALUE(metadata, '$.phase_ledger.row_hash')
                ], '|', '~') AS line
            FROM nba_orchestration.phase_completions
            WHERE game_date = '%s'
            """;

    private static final String HERE = """
            SELECT array_to_string(ARRAY[
                phase, game_date::text, processor_name, status, record_count::text, correlation_id,
                execution_id, (extract(epoch FROM completed_at) * 1000000)::bigint::text, is_incremental::text,
                array_to_string(entities_changed, ','), metadata ->> 'attempt',
                (extract(epoch FROM inserted_at) * 1000000)::bigint::text, id::text,
                position::text, kind, retracts::text, is_backfill::text,
                expected_count::text, encode(row_hash, 'hex')], '|', '~')
            FROM nba_orchestration.phase_completions WHERE status <> 'running' ORDER BY position
            """;

    private final Random random = new Random(SEED);

    private static PackagedService serviceOn(OwnPostgres postgres, BigQueryEmulator emulator) {
        Map<String, String> environment = new HashMap<>(PackagedService.environmentOf(postgres.logins()));
        environment.putAll(Map.of(
                "BIGQUERY_EMULATOR_HOST",
                emulator.address(),
                "PHASE_LEDGER_MIRROR_PROJECT",
                BigQueryEmulator.PROJECT,
                "PHASE_LEDGER_MIRROR_INTERVAL",
                "1s",
                "PHASE_LEDGER_MIRROR_WINDOW",
                "5000",
                "PHASE_LEDGER_MIRROR_FIRST_BACKOFF",
                "100ms",
                "PHASE_LEDGER_MIRROR_LONGEST_BACKOFF",
                "1s"));
        environment.put("PHASE_LEDGER_MIRROR_TIMEOUT", "10s");
        return PackagedService.start(environment);
    }

    private static String rows(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(n -> """
                        {"phase":"phase%d","game_date":"2026-0%d-%02d","processor_name":"p%d","status":"%s",\
                        "record_count":%s,"expected_count":123,"execution_id":"run-%d","correlation_id":"nightly",\
                        "completed_at":"2026-02-03T07:00:00.%06dZ","is_backfill":%s,"entities_changed":["%d","é"],\
                        "metadata":{"attempt":%d,"share":0.10,"large":123456789012345678901234567890}}""".formatted(
                                2 + n % 4,
                                1 + n % 3,
                                1 + n % 28,
                                n % 7,
                                n % 20 == 0 ? "running" : n % 11 == 0 ? "failed" : "success",
                                n % 13 == 0 ? "null" : n,
                                n,
                                n % 1_000_000,
                                n % 5 == 0,
                                n,
                                n % 3))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> send(PackagedService service, String lines) {
        return RestAssured.given()
                .contentType("application/x-ndjson")
                .body(lines.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(service.url() + "/v1/completions/batch")
                .then()
                .statusCode(207)
                .extract()
                .path("results.completion.id");
    }

    private static ValidatableResponse mirror(PackagedService service) {
        return RestAssured.get(service.url() + "/v1/mirror").then().statusCode(200);
    }

    private static void awaitUpToDate(PackagedService service) {
        await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> mirror(service).body("state", is("up_to_date")));
    }

    /** By the date: the emulator does not give more than some thousand rows of one question. */
    private static List<String> lines(BigQueryEmulator emulator) throws InterruptedException {
        Map<Long, String> lines = new TreeMap<>();
        int count = 0;
        for (List<@Nullable String> date : emulator.ask("SELECT DISTINCT CAST(game_date AS STRING) FROM " + TABLE)) {
            for (List<@Nullable String> row : emulator.ask(THERE.formatted(date.get(0)))) {
                lines.put(Long.valueOf(String.valueOf(row.get(0))), String.valueOf(row.get(1)));
                count++;
            }
        }
        assertEquals(count, lines.size(), "rows and positions");
        return List.copyOf(lines.values());
    }

    private static String only(List<List<@Nullable String>> rows) {
        return String.valueOf(rows.get(0).get(0));
    }

    @Test
    void everything_is_there_once_however_often_the_service_is_killed() throws Exception {
        try (BigQueryEmulator emulator = BigQueryEmulator.startOrSkip();
                OwnPostgres postgres = OwnPostgres.start()) {
            LOG.infof("Seed: -Dmirror.seed=%d", SEED);
            emulator.gate().fail(Fault.ANSWER_LOST, Fault.SERVER_ERROR, Fault.JOB_FAILS, Fault.RATE_LIMITED);
            PackagedService service = serviceOn(postgres, emulator);
            service.waitUntilReady();
            List<String> ids = new ArrayList<>();
            int sent = 0;
            for (int kill = 0; kill <= KILLS; kill++) {
                int until = ROWS * (kill + 1) / (KILLS + 1);
                for (; sent < until; sent += Math.min(BATCH, until - sent)) {
                    ids.addAll(send(service, rows(sent, Math.min(BATCH, until - sent))));
                }
                retract(service, ids, RETRACTIONS / (KILLS + 1) + 1);
                if (kill < KILLS) {
                    emulator.gate().fail(random.nextBoolean() ? Fault.ANSWER_LOST : Fault.JOB_FAILS);
                    awaitMoment();
                    service.kill9();
                    service = serviceOn(postgres, emulator);
                    service.waitUntilReady();
                }
            }
            long sentAt = System.nanoTime();
            float lag = mirror(service).extract().<Float>path("lag_seconds");
            awaitUpToDate(service);
            List<String> here = new WrittenLedger(postgres.logins().service()).ask(HERE);
            assertEquals(here, lines(emulator));
            LOG.infof(
                    "%d rows of %d, %d kills: %d load jobs, %d refused as known; lag at the end %.1f s, nothing after %.1f s",
                    here.size(),
                    sent,
                    KILLS,
                    emulator.gate().jobs().size(),
                    emulator.gate().refused(),
                    lag,
                    (System.nanoTime() - sentAt) / 1e9);
            RestAssured.post(service.url() + "/v1/mirror/reconcile")
                    .then()
                    .statusCode(200)
                    .body("equal", is(true), "ledger_rows", is(here.size()), "mirror_rows", is(here.size()));
            service.close();
        }
    }

    /** Some time within the life of a window. */
    private void awaitMoment() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
    }

    private void retract(PackagedService service, List<String> ids, int count) {
        for (int i = 0; i < count; i++) {
            retract(service, ids.remove(random.nextInt(ids.size())));
        }
    }

    private static void retract(PackagedService service, String id) {
        RestAssured.given()
                .contentType("application/json")
                .body("{\"reason\":\"loaded from the wrong file\"}")
                .post(service.url() + "/v1/completions/" + id + "/retraction")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse importing(PackagedService service, String lines) {
        return RestAssured.given()
                .contentType("application/x-ndjson")
                .body(lines.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(service.url() + "/v1/completions/import")
                .then();
    }

    private static String idOf(PackagedService service, String execution) {
        return RestAssured.get(service.url() + "/v1/completions?execution_id=" + execution)
                .path("items[0].id");
    }

    @Test
    void what_others_wrote_is_imported_and_what_differs_is_found_and_mended() throws Exception {
        try (BigQueryEmulator emulator = BigQueryEmulator.startOrSkip();
                OwnPostgres postgres = OwnPostgres.start();
                PackagedService service = serviceOn(postgres, emulator)) {
            service.waitUntilReady();
            send(service, rows(1, 3000));
            awaitUpToDate(service);
            emulator.ask("""
                    INSERT INTO nba_orchestration.phase_completions
                        (phase, game_date, processor_name, status, record_count, correlation_id, execution_id, completed_at,
                         is_incremental, entities_changed, metadata, inserted_at)
                    VALUES
                        ('phase4', DATE '2025-12-01', 'player_daily_cache', 'success', 103, 'c', 'old-1',
                         TIMESTAMP '2025-12-02 07:00:00.123456 UTC', false, ['a', 'b'], JSON '"{\\\\"attempt\\\\":1}"',
                         TIMESTAMP '2025-12-02 07:00:01 UTC'),
                        ('phase_4', DATE '2025-12-01', 'PlayerDailyCacheProcessor', 'success', 104, NULL, NULL,
                         TIMESTAMP '2025-12-02 08:00:00 UTC', NULL, [], NULL, TIMESTAMP '2025-12-02 08:00:01 UTC'),
                        ('phase4', DATE '2025-12-01', 'player_daily_cache', 'finished', 105, NULL, NULL,
                         TIMESTAMP '2025-12-02 09:00:00 UTC', NULL, [], NULL, TIMESTAMP '2025-12-02 09:00:01 UTC')""");
            foreignRowsAreReportedAndImported(service);
            aRetractionOfThemCountsThere(service, emulator);
            whatAFileBroughtAndIsThereAlreadyIsNotMissing(service, emulator);
            differencesAreFoundAndMended(service, emulator);
            anOutageIsCaughtUpAndHealthStaysUp(service, emulator);
            aTableWithOtherColumnsIsRefused(service, emulator);
        }
    }

    /** Each question of db/queries that BigQuery can be asked, as a person asks it there. */
    @Test
    void the_questions_have_the_same_answers_on_both_sides() throws Exception {
        try (BigQueryEmulator emulator = BigQueryEmulator.startOrSkip();
                OwnPostgres postgres = OwnPostgres.start();
                PackagedService service = serviceOn(postgres, emulator)) {
            service.waitUntilReady();
            importing(service, Questions.HISTORY).body("rejected_count", is(0));
            retract(service, idOf(service, Questions.TAKEN_BACK));
            awaitUpToDate(service);
            try (Connection connection = postgres.logins().service().connect()) {
                for (Questions.Question question : Questions.ALL) {
                    List<String> here = question.here(connection);
                    assertEquals(here, question.there(emulator), question::file);
                    assertTrue(here.size() > 1, () -> question.file() + ": " + here);
                }
            }
        }
    }

    /** Of 480 rows of a year, twelve questions, and the service is killed after the first few. */
    @Test
    void an_import_that_was_killed_goes_on_where_it_was() throws Exception {
        try (BigQueryEmulator emulator = BigQueryEmulator.startOrSkip();
                OwnPostgres postgres = OwnPostgres.start()) {
            PackagedService killed = serviceOn(postgres, emulator);
            killed.waitUntilReady();
            send(killed, rows(1, 1));
            awaitUpToDate(killed);
            emulator.ask("INSERT INTO " + TABLE + """
                     (phase, game_date, processor_name, status, record_count, correlation_id, execution_id, completed_at,
                      is_incremental, entities_changed, metadata, inserted_at)
                    SELECT 'phase4', DATE_ADD(DATE '2024-01-01', INTERVAL n DAY), 'player_daily_cache', 'success', n, 'c',
                           CONCAT('old-', CAST(n AS STRING)), TIMESTAMP '2025-06-01 07:00:00 UTC', false, [], NULL,
                           TIMESTAMP '2025-06-01 07:00:01 UTC'
                    FROM UNNEST(GENERATE_ARRAY(1, 480)) AS n""");
            RestAssured.post(killed.url() + "/v1/mirror/import?game_date_from=2024-01-01&game_date_to=2025-12-31")
                    .then()
                    .statusCode(202);
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(BOUND)
                    .until(() -> mirror(killed).extract().<Integer>path("imports[0].recorded") > 0);
            killed.kill9();
            WrittenLedger ledger = new WrittenLedger(postgres.logins().service());
            String imported = "SELECT count(*) FROM nba_orchestration.phase_completions WHERE imported_at IS NOT NULL";
            int before = Integer.parseInt(ledger.ask(imported).get(0));
            assertTrue(before > 0 && before < 480, () -> before + " rows at the kill");
            PackagedService next = serviceOn(postgres, emulator);
            next.waitUntilReady();
            await().atMost(BOUND).untilAsserted(() -> mirror(next).body("imports[0].state", is("finished")));
            mirror(next).body("imports[0].rejected", is(0), "imports.size()", is(1));
            assertEquals(List.of("480"), ledger.ask(imported));
            assertEquals(
                    480,
                    mirror(next).extract().<Integer>path("imports[0].recorded")
                            + mirror(next).extract().<Integer>path("imports[0].replayed"));
            RestAssured.post(next.url() + "/v1/mirror/reconcile")
                    .then()
                    .body("equal", is(true), "foreign_rows", is(480), "foreign", is(0));
            next.close();
        }
    }

    private static void foreignRowsAreReportedAndImported(PackagedService service) {
        RestAssured.post(service.url() + "/v1/mirror/reconcile")
                .then()
                .body("equal", is(true), "foreign_rows", is(3), "foreign", is(3))
                .body("differences.kind", hasSize(3));
        String range = "?game_date_from=2025-10-21&game_date_to=2026-01-15";
        RestAssured.post(service.url() + "/v1/mirror/import" + range).then().statusCode(202);
        await().atMost(BOUND).untilAsserted(() -> mirror(service).body("imports[0].state", is("finished")));
        mirror(service)
                .body("imports[0].recorded", is(2), "imports[0].rejected", is(1), "imports[0].own", greaterThan(0))
                .body("imports[0].rejections[0].detail", containsString("finished"));
        RestAssured.post(service.url() + "/v1/mirror/import" + range).then().statusCode(202);
        await().atMost(BOUND).untilAsserted(() -> mirror(service).body("imports[0].replayed", is(2)));
        RestAssured.get(service.url() + "/v1/completions?execution_id=old-1")
                .then()
                .body("items[0].inserted_at", equalTo("2025-12-02T07:00:01Z"), "items[0].metadata.attempt", is(1))
                .body("items[0].recorded_by", containsString(BigQueryEmulator.PROJECT));
    }

    private static void aRetractionOfThemCountsThere(PackagedService service, BigQueryEmulator emulator)
            throws Exception {
        retract(service, idOf(service, "old-1"));
        awaitUpToDate(service);
        String old = " WHERE game_date = '2025-12-01'";
        assertEquals("4", only(emulator.ask("SELECT COUNT(*) FROM " + TABLE + old)), "nothing was sent back");
        assertEquals("2", only(emulator.ask("SELECT COUNT(*) FROM " + TABLE + "_current" + old)));
    }

    private static void whatAFileBroughtAndIsThereAlreadyIsNotMissing(
            PackagedService service, BigQueryEmulator emulator) throws Exception {
        emulator.ask("""
                INSERT INTO nba_orchestration.phase_completions
                    (phase, game_date, processor_name, status, record_count, correlation_id, execution_id, completed_at,
                     is_incremental, entities_changed, metadata, inserted_at)
                VALUES
                    ('phase4', DATE '2025-12-05', 'player_daily_cache', 'success', 103, 'c', 'old-9',
                     TIMESTAMP '2025-12-06 07:00:00 UTC', false, [], NULL, TIMESTAMP '2025-12-06 07:00:01 UTC')""");
        String exported = """
                {"phase":"phase4","game_date":"2025-12-05","processor_name":"player_daily_cache","status":"success",\
                "record_count":"103","execution_id":"old-9","completed_at":"2025-12-06 07:00:00 UTC",\
                "inserted_at":"2025-12-06 07:00:01 UTC"}
                {"phase":"phase4","game_date":"2025-12-05","processor_name":"player_daily_cache","status":"success",\
                "record_count":"104","execution_id":"lost","completed_at":"2025-12-06 08:00:00 UTC",\
                "inserted_at":"2025-12-06 08:00:01 UTC"}""";
        importing(service, exported).body("recorded", is(2));
        awaitUpToDate(service);
        String ofDate = " WHERE game_date = '2025-12-05'";
        assertEquals("2", only(emulator.ask("SELECT COUNT(*) FROM " + TABLE + ofDate)), "one of them was there");
        String compare = service.url() + "/v1/mirror/reconcile?game_date_from=2025-12-05&game_date_to=2025-12-05";
        RestAssured.post(compare)
                .then()
                .body("equal", is(true), "ledger_rows", is(1), "mirror_rows", is(1), "foreign_rows", is(1))
                .body("foreign", is(0), "different_dates", hasSize(0));
        emulator.ask("DELETE FROM " + TABLE + ofDate + " AND execution_id = 'lost'");
        RestAssured.post(compare + "&repair=missing")
                .then()
                .body("equal", is(false), "missing", is(1), "repair.rows", is(1), "different_dates", hasSize(1));
        awaitUpToDate(service);
        RestAssured.post(compare).then().body("equal", is(true), "missing", is(0));
        assertEquals("2", only(emulator.ask("SELECT COUNT(*) FROM " + TABLE + ofDate)), "only what was missing came");
    }

    private static void differencesAreFoundAndMended(PackagedService service, BigQueryEmulator emulator)
            throws Exception {
        emulator.ask("DELETE FROM " + TABLE + " WHERE execution_id IN ('run-7', 'run-9')");
        emulator.ask("UPDATE " + TABLE + " SET record_count = 5 WHERE execution_id = 'run-11'");
        emulator.ask("INSERT INTO " + TABLE + " SELECT * FROM " + TABLE + " WHERE execution_id = 'run-13'");
        RestAssured.post(service.url() + "/v1/mirror/reconcile?repair=missing")
                .then()
                .body("equal", is(false), "missing", is(2), "extra", is(1), "field", is(1), "repair.rows", is(2))
                .body("differences.find { it.kind == 'field' }.what", is("record_count"))
                .body("differences.find { it.kind == 'field' }.ledger", is("11"))
                .body("differences.find { it.kind == 'field' }.mirror", is("5"));
        awaitUpToDate(service);
        RestAssured.post(service.url() + "/v1/mirror/reconcile?game_date_from=2026-01-01&game_date_to=2026-12-31")
                .then()
                .body("missing", is(0), "extra", is(1), "field", is(1), "repair", nullValue());
        String metrics = RestAssured.get(service.url() + "/q/metrics").asString();
        await().atMost(BOUND)
                .until(() -> RestAssured.get(service.url() + "/q/metrics")
                        .asString()
                        .contains("phase_ledger_mirror_differences{kind=\"extra\"} 1.0"));
        assertTrue(metrics.contains("phase_ledger_mirror_lag_entries"), metrics);
    }

    private static void anOutageIsCaughtUpAndHealthStaysUp(PackagedService service, BigQueryEmulator emulator) {
        emulator.gate().setAway(true);
        send(service, rows(10_000, 2000));
        await().atMost(BOUND).untilAsserted(() -> mirror(service).body("state", is("retrying")));
        RestAssured.get(service.url() + "/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'mirror' }.status", is("UP"))
                .body("checks.find { it.name == 'mirror' }.data.lag", greaterThan(0));
        RestAssured.post(service.url() + "/v1/mirror/reconcile")
                .then()
                .statusCode(503)
                .body("code", is("mirror_away"));
        emulator.gate().setAway(false);
        emulator.gate().fail(Fault.PENDING);
        send(service, rows(20_000, 10));
        await().atMost(BOUND).until(() -> emulator.gate().pending() == 1);
        mirror(service).body("state", is("loading"));
        emulator.gate().finishPending();
        awaitUpToDate(service);
    }

    private static void aTableWithOtherColumnsIsRefused(PackagedService service, BigQueryEmulator emulator) {
        emulator.gate().setExtraColumn("attempt");
        send(service, rows(30_000, 10));
        await().atMost(BOUND).untilAsserted(() -> mirror(service).body("state", is("refused")));
        mirror(service).body("error", containsString("+ attempt INT64 NULLABLE (none of the twelve)"));
        RestAssured.post(service.url() + "/v1/mirror/reconcile")
                .then()
                .statusCode(409)
                .body("code", is("mirror_refused"));
        RestAssured.get(service.url() + "/q/health/ready").then().statusCode(200);
        emulator.gate().setExtraColumn(null);
        awaitUpToDate(service);
    }
}
