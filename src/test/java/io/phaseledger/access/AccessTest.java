package io.phaseledger.access;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.RawAnswer;
import io.phaseledger.RawHttp;
import io.phaseledger.RawRequest;
import io.phaseledger.stream.Listener;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AccessTest.Locked.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class AccessTest {

    static final String BOOTSTRAP = "a-key-for-the-tests-of-at-least-32-characters";

    private static final Duration MOMENT = Duration.ofSeconds(30);
    private static final int ASKING = 16;
    private static final int TOO_LONG = (16 << 20) + 1;
    private static final int ROUNDS = 8;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What each operation takes; one that is not here fails the test. */
    private static final Map<String, String> SCOPES = new TreeMap<>(Map.ofEntries(
            Map.entry("recordCompletion", "record"),
            Map.entry("recordBatch", "record"),
            Map.entry("retractCompletion", "record"),
            Map.entry("importCompletions", "operate"),
            Map.entry("getCompletion", "read"),
            Map.entry("listCompletions", "read"),
            Map.entry("askReadiness", "read"),
            Map.entry("askReadinessMatrix", "read"),
            Map.entry("streamEvents", "read"),
            Map.entry("listLandings", "read"),
            Map.entry("listReceipts", "read"),
            Map.entry("getReceipt", "read"),
            Map.entry("listUses", "read"),
            Map.entry("listWaiters", "operate"),
            Map.entry("evaluateReadiness", "read"),
            Map.entry("listPolicies", "read"),
            Map.entry("getPolicy", "read"),
            Map.entry("listPolicyVersions", "read"),
            Map.entry("putPolicy", "operate"),
            Map.entry("listSlates", "read"),
            Map.entry("putSlate", "operate"),
            Map.entry("importSlates", "operate"),
            Map.entry("listAliases", "read"),
            Map.entry("getAlias", "read"),
            Map.entry("putAlias", "operate"),
            Map.entry("deleteAlias", "operate"),
            Map.entry("getLedgerHead", "read"),
            Map.entry("getMirror", "read"),
            Map.entry("importMirror", "operate"),
            Map.entry("reconcileMirror", "operate"),
            Map.entry("ingestPubSub", "record"),
            Map.entry("ingestCloudEvents", "record"),
            Map.entry("ingestOpenLineage", "record"),
            Map.entry("ingestLineage", "record"),
            Map.entry("listSources", "read"),
            Map.entry("trySource", "read"),
            Map.entry("getSource", "read"),
            Map.entry("putSource", "operate"),
            Map.entry("deleteSource", "operate"),
            Map.entry("listSourceVersions", "read"),
            Map.entry("listRejected", "read"),
            Map.entry("retryRejected", "operate"),
            Map.entry("dismissRejected", "operate"),
            Map.entry("listImports", "operate"),
            Map.entry("getImport", "operate"),
            Map.entry("createKey", "operate"),
            Map.entry("listKeys", "operate"),
            Map.entry("getKey", "operate"),
            Map.entry("revokeKey", "operate"),
            Map.entry("createSubscription", "operate"),
            Map.entry("listSubscriptions", "operate"),
            Map.entry("getSubscription", "operate"),
            Map.entry("changeSubscription", "operate"),
            Map.entry("deleteSubscription", "operate"),
            Map.entry("listDeliveries", "operate"),
            Map.entry("replayDeliveries", "operate"),
            Map.entry("testSubscription", "operate")));

    @Inject
    DataSource database;

    /** Callers must say who they are, by a key or by a token. */
    public static final class Locked implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "phase-ledger.auth.bootstrap-key",
                    BOOTSTRAP,
                    "phase-ledger.auth.key-cache",
                    "1s",
                    "phase-ledger.events.heartbeat",
                    "1s");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Issuer.class));
        }
    }

    /** One of each scope, for all operations. */
    private static final Map<String, String> KEYS = new ConcurrentHashMap<>();

    private record Operation(String id, String method, String path) {}

    /** What would go on for ever begins beyond the end of the ledger, which is refused. */
    private static final Map<String, String> ENDING = Map.of("streamEvents", "?after=999999999999");

    static Stream<Operation> operations() throws IOException {
        JsonNode contract =
                new YAMLMapper().readTree(Path.of("openapi", "openapi.yaml").toFile());
        List<Operation> operations = new ArrayList<>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(each -> operations.add(new Operation(
                                each.getValue().path("operationId").asText(),
                                each.getKey().toUpperCase(Locale.ROOT),
                                path.getKey().replace("{kind}", "phases").replaceAll("\\{[^}]*}", "x")
                                        + ENDING.getOrDefault(
                                                each.getValue()
                                                        .path("operationId")
                                                        .asText(),
                                                "")))));
        return operations.stream();
    }

    /** A new key, made with the bootstrap key. */
    static String key(String name, String scopes, String more) {
        String quoted = "\"" + scopes.replace(",", "\",\"") + "\"";
        return as(BOOTSTRAP, "POST", "/v1/keys", "{\"name\":\"" + name + "\",\"scopes\":[" + quoted + "]" + more + "}")
                .statusCode(201)
                .extract()
                .path("key");
    }

    static ValidatableResponse as(String key, String method, String path, String body) {
        return given().header("Authorization", "Bearer " + key)
                .contentType("application/json")
                .body(body)
                .request(method, path)
                .then();
    }

    private static String completion(String phase, String processor) {
        return "{\"phase\":\"%s\",\"game_date\":\"2026-02-02\",\"processor_name\":\"%s\",\"status\":\"success\",\"execution_id\":\"%s\"}"
                .formatted(phase, processor, UUID.randomUUID());
    }

    private static boolean isLetIn(String scopes, Operation operation) {
        String key = KEYS.computeIfAbsent(scopes, each -> key("k", each, ""));
        int status = as(key, operation.method(), operation.path(), "").extract().statusCode();
        return status != 401 && status != 403;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nobody_in_particular_is_let_in_nowhere(Operation operation) {
        given().contentType("application/json")
                .request(operation.method(), operation.path())
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer realm=\"phase-ledger\""))
                .body("code", equalTo("unauthenticated"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void each_scope_opens_what_it_is_for_and_nothing_else(Operation operation) {
        String needed = Objects.requireNonNull(SCOPES.get(operation.id()), operation.id());
        assertEquals(needed.equals("read"), isLetIn("read", operation), "read");
        assertEquals(needed.equals("record"), isLetIn("record", operation), "record");
        assertTrue(isLetIn("operate", operation), "operate");
    }

    @Test
    void a_key_is_shown_once_and_only_its_hash_is_stored() throws SQLException {
        String key = key("shown-once", "read", "");
        assertTrue(key.matches("plk_[a-z2-7]{12}_[A-Za-z0-9_-]{43}"), key);
        String id = key.substring(4, 16);
        as(BOOTSTRAP, "GET", "/v1/keys/" + id, "").statusCode(200).body("key", nullValue());
        as(BOOTSTRAP, "GET", "/v1/keys", "").statusCode(200).body("items.id", hasItem(id));
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT * FROM nba_orchestration.api_keys AS k WHERE strpos(k::text, '"
                        + key.substring(17) + "') > 0")) {
            assertTrue(!row.next());
        }
    }

    @Test
    void a_wrong_secret_is_refused_though_there_is_such_a_key() {
        String key = key("wrong-secret", "read", "");
        char last = key.charAt(key.length() - 2) == 'A' ? 'B' : 'A';
        String wrong = key.substring(0, key.length() - 2) + last + key.charAt(key.length() - 1);
        as(wrong, "GET", "/v1/policies", "").statusCode(401).body("code", equalTo("invalid_token"));
        as("plk_aaaaaaaaaaaa_" + "A".repeat(43), "GET", "/v1/policies", "").statusCode(401);
        as(wrong.substring(0, 30), "GET", "/v1/policies", "")
                .statusCode(401)
                .body("detail", equalTo("This key is not known here, or no longer."));
        as(key, "GET", "/v1/policies", "").statusCode(200);
    }

    @Test
    void a_revoked_key_is_worth_nothing_at_once_and_stays_revoked() {
        String key = key("revoked", "read", "");
        as(key, "GET", "/v1/policies", "").statusCode(200);
        String path = "/v1/keys/" + key.substring(4, 16);
        String since = as(BOOTSTRAP, "DELETE", path, "")
                .statusCode(200)
                .body("revoked_by", equalTo("bootstrap"))
                .extract()
                .path("revoked_at");
        as(key, "GET", "/v1/policies", "").statusCode(401);
        as(BOOTSTRAP, "DELETE", path, "").statusCode(200).body("revoked_at", equalTo(since));
        as(BOOTSTRAP, "DELETE", "/v1/keys/none", "").statusCode(404).body("code", equalTo("unknown_key"));
    }

    /** Each request may look the key up while its revocation is being committed. */
    @Test
    void no_request_that_begins_after_a_revocation_was_answered_is_let_in() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(ASKING);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                assertRevokedAtOnce(key("revoked-while-it-asks", "read", ""), many);
            }
        } finally {
            many.shutdownNow();
        }
    }

    private static void assertRevokedAtOnce(String key, ExecutorService many) throws Exception {
        AtomicBoolean isAnswered = new AtomicBoolean();
        CountDownLatch asked = new CountDownLatch(ASKING);
        List<Future<List<Integer>>> afterwards = Stream.generate(() -> many.submit(() -> {
                    while (!isAnswered.get()) {
                        status(key);
                        asked.countDown();
                    }
                    return List.of(status(key), status(key));
                }))
                .limit(ASKING)
                .toList();
        assertTrue(asked.await(MOMENT.toSeconds(), TimeUnit.SECONDS));
        as(BOOTSTRAP, "DELETE", "/v1/keys/" + key.substring(4, 16), "").statusCode(200);
        isAnswered.set(true);
        for (Future<List<Integer>> each : afterwards) {
            assertEquals(List.of(401, 401), each.get());
        }
    }

    private static int status(String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/keys"))
                .header("Authorization", "Bearer " + key)
                .build();
        int status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        return status == 403 ? 200 : status; // It is known, and may not see keys: the quickest way to be let in.
    }

    /** It wrote as much to the table, and could tell nobody. */
    @Test
    void a_key_that_another_instance_revoked_is_soon_worth_nothing() throws SQLException {
        String key = key("revoked-elsewhere", "read", "");
        as(key, "GET", "/v1/policies", "").statusCode(200);
        try (Connection connection = database.getConnection();
                PreparedStatement revoke = connection.prepareStatement("UPDATE nba_orchestration.api_keys"
                        + " SET revoked_at = clock_timestamp(), revoked_by = 'another' WHERE id = ?")) {
            revoke.setString(1, key.substring(4, 16));
            assertEquals(1, revoke.executeUpdate());
        }
        await().atMost(MOMENT)
                .untilAsserted(() -> as(key, "GET", "/v1/policies", "").statusCode(401));
    }

    @Tag("proof")
    @Test
    void a_key_is_worth_nothing_once_it_has_expired() {
        String soon = Instant.now().plusSeconds(4).toString();
        String key = key("expiring", "read", ",\"expires_at\":\"" + soon + "\"");
        as(key, "GET", "/v1/policies", "").statusCode(200);
        await().atMost(MOMENT)
                .untilAsserted(() -> as(key, "GET", "/v1/policies", "").statusCode(401));
        as(
                        BOOTSTRAP,
                        "POST",
                        "/v1/keys",
                        "{\"name\":\"late\",\"scopes\":[\"read\"],\"expires_at\":\"2020-01-01T00:00:00Z\"}")
                .statusCode(422)
                .body("errors.pointer", hasItem("/expires_at"));
    }

    @Tag("proof")
    @Test
    void a_stream_ends_once_its_key_is_revoked_or_has_expired() throws Exception {
        String revoked = key("listening", "read", "");
        String soon = Instant.now().plusSeconds(4).toString();
        String url = RestAssured.baseURI + ":" + RestAssured.port + "/v1/events";
        try (Listener expiring =
                        Listener.as(key("listening-for-a-while", "read", ",\"expires_at\":\"" + soon + "\""), url);
                Listener listener = Listener.as(revoked, url);
                Listener other = Listener.as(BOOTSTRAP, url)) {
            await().atMost(MOMENT).until(expiring::isEnded);
            assertTrue(expiring.lastComment().contains("not good any more"), expiring.lastComment());
            assertFalse(listener.isEnded());
            as(BOOTSTRAP, "DELETE", "/v1/keys/" + revoked.substring(4, 16), "").statusCode(200);
            await().atMost(MOMENT).until(listener::isEnded);
            assertFalse(other.isEnded());
        }
    }

    @Test
    void a_limited_key_records_its_own_by_any_name_and_nothing_else() {
        String key = key("limited", "record", ",\"phases\":[\"phase4\"],\"processors\":[\"player_daily_cache\"]");
        String id = as(key, "POST", "/v1/completions", completion("phase4", "player_daily_cache"))
                .statusCode(201)
                .body("recorded_by", equalTo("limited"))
                .extract()
                .path("id");
        // An alias of its own phase is its own too.
        as(key, "POST", "/v1/completions", completion("phase_4_precompute", "player_daily_cache"))
                .statusCode(201);
        as(key, "POST", "/v1/completions", completion("phase4", "other")).statusCode(403);
        as(key, "POST", "/v1/completions", completion("phase3", "player_daily_cache"))
                .statusCode(403)
                .header("WWW-Authenticate", equalTo("Bearer realm=\"phase-ledger\", error=\"insufficient_scope\""))
                .body("code", equalTo("not_yours"));
        as(key, "POST", "/v1/completions/" + id + "/retraction", "{\"reason\":\"wrong\"}")
                .statusCode(201);
        String others = as(BOOTSTRAP, "POST", "/v1/completions", completion("phase3", "player_game_summary"))
                .extract()
                .path("id");
        as(key, "POST", "/v1/completions/" + others + "/retraction", "{\"reason\":\"wrong\"}")
                .statusCode(403);
        as(BOOTSTRAP, "GET", "/v1/completions/" + others, "").body("retracted_by", nullValue());
    }

    /** Whoever says that two names are one says so of the keys as well. */
    @Test
    void a_key_for_a_name_stays_right_when_the_name_becomes_an_alias() {
        String name = "renamed_" + UUID.randomUUID().toString().substring(0, 8);
        String key = key(name, "record", ",\"phases\":[\"" + name + "\"]");
        String key5 = key(name + "-5", "record", ",\"phases\":[\"phase5\"]");
        String before = as(key, "POST", "/v1/completions", completion(name, "a"))
                .statusCode(201)
                .extract()
                .path("id");
        as(key, "POST", "/v1/completions", completion("phase5", "a")).statusCode(403);
        as(key5, "POST", "/v1/completions", completion(name, "b")).statusCode(403);
        as(BOOTSTRAP, "PUT", "/v1/aliases/phases/" + name, "{\"target\":\"phase5\"}")
                .statusCode(201);
        as(key, "POST", "/v1/completions", completion(name, "b"))
                .statusCode(201)
                .body("phase", equalTo("phase5"));
        as(key, "POST", "/v1/completions", completion("phase5", "c")).statusCode(201);
        as(key, "POST", "/v1/completions", completion("phase4", "a")).statusCode(403);
        as(key5, "POST", "/v1/completions/" + before + "/retraction", "{\"reason\":\"wrong\"}")
                .statusCode(201);
        as(BOOTSTRAP, "DELETE", "/v1/aliases/phases/" + name, "").statusCode(204);
        as(key, "POST", "/v1/completions", completion("phase5", "d")).statusCode(403);
    }

    @Test
    void a_limited_key_adds_nothing_to_the_run_of_another_job() {
        String key = key("lineage", "record", ",\"processors\":[\"mine\"]");
        String run = UUID.randomUUID().toString();
        as(BOOTSTRAP, "POST", "/api/v1/lineage", event("START", run, "theirs")).statusCode(200);
        as(key, "POST", "/api/v1/lineage", event("COMPLETE", run, "theirs")).statusCode(403);
        as(key, "POST", "/api/v1/lineage", event("COMPLETE", run, "mine"))
                .statusCode(403)
                .body("code", equalTo("not_yours"));
        as(key, "POST", "/api/v1/lineage", event("COMPLETE", UUID.randomUUID().toString(), "mine"))
                .statusCode(200)
                .body("outcome", equalTo("recorded"));
    }

    private static String event(String type, String run, String job) {
        return """
                {"eventType":"%s","eventTime":"2026-02-03T07:00:00Z","job":{"namespace":"lineage","name":"%s"},
                 "run":{"runId":"%s","facets":{"nominalTime":{"nominalStartTime":"2026-02-02"}}}}""".formatted(type, job, run);
    }

    @Test
    void a_batch_is_judged_row_by_row_and_an_atomic_one_as_a_whole() {
        String key = key("batches", "record", ",\"phases\":[\"phase4\"]");
        String rows = "[" + completion("phase4", "a") + "," + completion("phase3", "a") + "]";
        as(key, "POST", "/v1/completions/batch", rows)
                .statusCode(207)
                .body("results.status", equalTo(List.of(201, 403)));
        as(key, "POST", "/v1/completions/batch?atomic=true", rows)
                .statusCode(422)
                .body("errors.code", hasItem("not_yours"));
    }

    /** An Idempotency-Key names no processor: anybody may happen on one, or try. */
    @Test
    void a_conflict_shows_the_row_of_another_to_nobody_who_may_not_read_it() {
        String used = UUID.randomUUID().toString();
        String id = keyed(BOOTSTRAP, used, completion("phase5", "foreign_processor"))
                .statusCode(201)
                .extract()
                .path("id");
        String limit = ",\"phases\":[\"phase4\"]";
        keyed(key("prying", "record", limit), used, completion("phase4", "a"))
                .statusCode(409)
                .body("code", equalTo("conflict"))
                .body("original", nullValue())
                .body(not(containsString(id)))
                .body(not(containsString("phase5")))
                .body(not(containsString("foreign_processor")));
        keyed(key("its-own", "record", ",\"phases\":[\"phase4\",\"phase5\"]"), used, completion("phase4", "a"))
                .statusCode(409)
                .body("original.id", equalTo(id));
        keyed(key("reading", "record,read", limit), used, completion("phase4", "a"))
                .statusCode(409)
                .body("original.id", equalTo(id));
    }

    /** Identities have the names as they are sent, and what an alias stands for may change. */
    @Test
    void a_conflict_in_a_batch_shows_no_more() {
        String alias = "moved_" + UUID.randomUUID().toString().substring(0, 8);
        String path = "/v1/aliases/phases/" + alias;
        as(BOOTSTRAP, "PUT", path, "{\"target\":\"phase5\"}").statusCode(201);
        String row = completion(alias, "foreign_processor");
        as(BOOTSTRAP, "POST", "/v1/completions", row).statusCode(201);
        as(BOOTSTRAP, "PUT", path, "{\"target\":\"phase4\"}").statusCode(201);
        String others = "[" + row.replace("}", ",\"record_count\":1}") + "]";
        String prying = key("prying-in-batches", "record", ",\"phases\":[\"phase4\"]");
        as(prying, "POST", "/v1/completions/batch", others)
                .statusCode(207)
                .body("results[0].status", equalTo(409))
                .body("results[0].problem.code", equalTo("conflict"))
                .body("results[0].problem.original", nullValue())
                .body(not(containsString("phase5")));
        as(BOOTSTRAP, "POST", "/v1/completions/batch", others)
                .body("results[0].problem.original.phase", equalTo("phase5"));
    }

    private static ValidatableResponse keyed(String key, String idempotencyKey, String body) {
        return given().header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", idempotencyKey)
                .contentType("application/json")
                .body(body)
                .post("/v1/completions")
                .then();
    }

    @Test
    void a_message_of_another_processor_is_refused_and_not_kept() {
        String key = key("pushing", "record", ",\"phases\":[\"phase4\"]");
        String id = UUID.randomUUID().toString();
        as(key, "POST", "/v1/ingest/pubsub", envelope(id, completion("phase4_precompute", "a")))
                .statusCode(200)
                .body("outcome", equalTo("recorded"));
        as(key, "POST", "/v1/ingest/pubsub", envelope(id + "-2", completion("phase3_analytics", "a")))
                .statusCode(403)
                .body("code", equalTo("not_yours"));
        as(BOOTSTRAP, "GET", "/v1/ingest/rejected?limit=1000", "").body("items.message_id", not(hasItem(id + "-2")));
    }

    private static String envelope(String id, String message) {
        return "{\"message\":{\"messageId\":\"" + id + "\",\"data\":\""
                + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)) + "\"}}";
    }

    @Test
    void a_key_that_is_asked_for_wrongly_is_refused_by_field() {
        as(BOOTSTRAP, "POST", "/v1/keys", "{\"scopes\":[]}")
                .statusCode(422)
                .body("errors.pointer", hasItem("/name"))
                .body("errors.pointer", hasItem("/scopes"));
        as(BOOTSTRAP, "POST", "/v1/keys", "{\"name\":\"x\",\"scopes\":[\"write\"]}")
                .statusCode(422);
        as(BOOTSTRAP, "POST", "/v1/keys", "{\"name\":\"x\",\"scopes\":[\"record\"],\"phases\":[],\"processors\":[]}")
                .statusCode(422)
                .body("errors.code", equalTo(List.of("invalid_size", "invalid_size")))
                .body("errors.pointer", equalTo(List.of("/phases", "/processors")));
        as(BOOTSTRAP, "POST", "/v1/keys", "{\"name\":\"x\",\"scopes\":[\"read\"],\"phase\":[]}")
                .statusCode(400)
                .body("errors.detail", hasItem(matchesPattern(".*phases.*")));
    }

    @Test
    void probes_the_client_and_the_pages_need_no_key() {
        for (String path : List.of(
                "/q/health", "/q/health/ready", "/q/health/live", "/client/phase_ledger.py", "/docs/access.md")) {
            given().get(path).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/metrics/x", "/q/openapi", "/q/swagger-ui/", "/openapi.yaml"})
    void the_metrics_tell_of_the_pipeline_and_the_contract_of_the_service_and_need_one(String path) {
        given().get(path).then().statusCode(401).header("WWW-Authenticate", equalTo("Bearer realm=\"phase-ledger\""));
        as(key("record-only", "record", ""), "GET", path, "")
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
        as(key("scraper", "read", ""), "GET", path, "").statusCode(200).body(not(nullValue()));
    }

    /** Each is another way to write what needs a key, or near to it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics/",
                "/q/metrics/x/y",
                "//q/metrics",
                "/q//metrics",
                "/q/./metrics",
                "/q/health/../metrics",
                "/q/health/%2e%2e/metrics",
                "/q/health/..%2Fmetrics",
                "/%71/metrics",
                "/q/%6Detrics",
                "/q%2Fmetrics",
                "/q/metrics%2Fx",
                "/q/metrics%2e",
                "/q/metrics;x",
                "/q;x/metrics",
                "/q/metrics?key=x",
                "/q/Metrics",
                "/Q/metrics",
                "\\q\\metrics",
                "http://127.0.0.1/q/metrics",
                "q/metrics",
                "/q",
                "/q/",
                "/q/arc",
                "/q/arc/beans",
                "/q/info",
                "/q/dev",
                "/q/dev-ui/",
                "/q/openapi/",
                "/q/openapi.yaml",
                "/q/openapi.json",
                "/q/openapi?format=json",
                "/q/swagger-ui",
                "/q/swagger-ui/index.html",
                "/q/swagger-ui/swagger-ui-bundle.js",
                "/q/swagger-ui/x/../index.html",
                "/openapi.yaml/",
                "/openapi.yaml?x=1",
                "//openapi.yaml",
                "/./openapi.yaml",
                "/client/../openapi.yaml",
                "/client/..%2Fopenapi.yaml",
                "/client/%2e%2e/openapi.yaml",
                "/%6Fpenapi.yaml",
                "/%2Fopenapi.yaml",
                "/openapi%2Eyaml",
                "/META-INF/resources/openapi.yaml",
                "/application.properties",
                "/v1/policies/",
                "//v1/policies",
                "/v1//policies",
                "/v1/./policies",
                "/client/../v1/policies",
                "/v1/%70olicies",
                "/v1%2Fpolicies",
                "/v1/policies%2F",
                "/v1/policies;x",
                "/v1;x/policies",
                "/V1/policies",
                "http://127.0.0.1/v1/policies",
                "/q/health/../../v1/policies",
                "/v1/keys/",
                "/v1/keys?x",
                "/v1/completions/%2e%2e/keys"
            })
    void what_needs_a_key_needs_it_however_it_is_asked_for(String target) throws IOException {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "FOO")) {
            RawAnswer answer = new RawHttp(RestAssured.port)
                    .send(RawRequest.of(method, target)
                            .with("Content-Type", "application/json")
                            .withBody("{}".getBytes(StandardCharsets.UTF_8))
                            .bytes())
                    .get(0);
            boolean isListOfMethods = method.equals("OPTIONS") && answer.body().isEmpty();
            assertTrue(answer.status() >= 400 || isListOfMethods, () -> method + " " + answer);
            assertTrue(answer.status() < 500 || answer.status() == 501, () -> method + " " + answer);
            assertFalse(answer.body().contains("phase_ledger_"), answer::body);
            assertFalse(answer.body().contains("openapi:"), answer::body);
        }
    }

    /** One of each kind: what the service answers, what it refuses, and what the framework answers by itself. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /v1/policies                    | bootstrap | 200
            POST | /v1/completions                 | bootstrap | 422
            GET  | /v1/policies                    | none      | 401
            GET  | /v1/nowhere                     | bootstrap | 404
            GET  | /nowhere                        | none      | 404
            PUT  | /v1/completions                 | bootstrap | 405
            POST | /v1/completions                 | long      | 413
            GET  | /q/health/ready                 | none      | 200
            GET  | /q/metrics                      | bootstrap | 200
            GET  | /q/metrics                      | none      | 401
            GET  | /openapi.yaml                   | bootstrap | 200
            GET  | /client/phase_ledger.py         | none      | 200
            GET  | /q/swagger-ui/                  | bootstrap | 200
            GET  | /q/swagger-ui/index.html        | none      | 401
            """)
    void every_answer_tells_a_browser_what_not_to_do_with_it(String method, String path, String how, int status)
            throws IOException {
        RawRequest request = RawRequest.of(method, path).with("Content-Type", "application/json");
        request = how.equals("none") ? request : request.with("Authorization", "Bearer " + BOOTSTRAP);
        request = how.equals("long")
                ? request.withBody(new byte[TOO_LONG])
                : request.withBody(method.equals("POST") ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0]);
        RawAnswer answer = new RawHttp(RestAssured.port).send(request.bytes()).get(0);
        assertEquals(status, answer.status(), answer::toString);
        assertEquals("nosniff", answer.headers().get("x-content-type-options"), answer::toString);
        assertEquals("same-origin", answer.headers().get("cross-origin-resource-policy"));
        assertEquals("no-referrer", answer.headers().get("referrer-policy"));
        assertFalse(answer.headers().containsKey("strict-transport-security"), "not over TLS");
        String policy = answer.headers().getOrDefault("content-security-policy", "");
        assertTrue(policy.startsWith("default-src 'none';"), policy);
        assertTrue(policy.endsWith("frame-ancestors 'none'"), policy);
        assertEquals(path.startsWith("/q/swagger-ui"), policy.contains("script-src"), policy);
    }

    @Test
    void the_page_of_the_contract_may_run_its_scripts() {
        Response page = given().header("Authorization", "Bearer " + BOOTSTRAP).get("/q/swagger-ui/");
        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.contains("script-src 'self' 'unsafe-inline'"), policy);
        assertTrue(policy.contains("connect-src 'self'"), policy);
        List<String> loaded = Pattern.compile("(?:src|href)=\"([^\"#]+)\"")
                .matcher(page.asString())
                .results()
                .map(found -> found.group(1))
                .filter(url -> url.endsWith(".js") || url.endsWith(".css"))
                .toList();
        assertFalse(loaded.isEmpty(), page::asString);
        for (String url : loaded) {
            assertFalse(url.contains("://"), url);
            given().header("Authorization", "Bearer " + BOOTSTRAP)
                    .get("/q/swagger-ui/" + url)
                    .then()
                    .statusCode(200)
                    .contentType(containsString(url.endsWith(".js") ? "javascript" : "css"));
        }
    }
}
