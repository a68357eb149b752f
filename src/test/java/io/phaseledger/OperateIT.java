package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What whoever runs the packaged jar sees of its requests: lines in the log, ids, traces. */
@Tag("proof")
class OperateIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MOMENT = Duration.ofSeconds(30);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static final String ACCESS_LOG = "io.quarkus.http.access-log";

    /** Of nobody; letters and digits that are nowhere else. */
    private static final String SECRET = "hunter2Sw0rdfish";

    private static final TraceCollector COLLECTOR = new TraceCollector();
    private static PackagedService service;

    @BeforeAll
    static void start() {
        service = PackagedService.start(Map.of(
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true",
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true",
                "PHASE_LEDGER_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.1/32",
                "OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR.endpoint()));
        service.waitUntilReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        COLLECTOR.close();
    }

    private static RequestSpecification request() {
        return RestAssured.given().baseUri(service.url()).contentType("application/json");
    }

    private static List<JsonNode> lines(String requestId) {
        return service.log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(OperateIT::json)
                .filter(line -> !line.path("loggerName").asText().equals(ACCESS_LOG))
                .filter(line -> line.path("mdc").path("request_id").asText().equals(requestId))
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one JSON document a line: " + line, e);
        }
    }

    private static JsonNode onlyLine(String requestId) {
        await().atMost(MOMENT).until(() -> !lines(requestId).isEmpty());
        assertEquals(1, lines(requestId).size(), () -> lines(requestId).toString());
        return lines(requestId).get(0).path("mdc");
    }

    private static int report(String processor, String status, int recordCount, String execution) {
        return request()
                .body("""
                        {"phase":"phase4","game_date":"2026-02-02","processor_name":"%s","status":"%s",
                         "record_count":%d,"execution_id":"%s"}""".formatted(processor, status, recordCount, execution))
                .post("/v1/completions")
                .statusCode();
    }

    /** Who looks at a dashboard for the first time reads it there. */
    private static void assertEachSaysWhatItIs() {
        List<String> families = request()
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("# HELP phase_ledger_"))
                .toList();
        assertTrue(families.stream().anyMatch(line -> line.contains("phase_ledger_completions ")), families::toString);
        assertEquals(
                List.of(),
                families.stream()
                        .filter(line -> line.split(" ", 4)[3].isBlank())
                        .toList());
    }

    @Test
    void a_refused_request_is_one_line_with_the_ids_of_the_report() {
        String id = "refused-" + UUID.randomUUID();
        request()
                .header("X-Request-Id", id)
                .body("{\"phase\":\"phase4\",\"correlation_id\":\"c\\n1\",\"execution_id\":\"run-17\"}")
                .post("/v1/completions")
                .then()
                .statusCode(422)
                .header("X-Request-Id", id);
        JsonNode line = onlyLine(id);
        assertEquals("422", line.path("status").asText());
        assertEquals("required", line.path("code").asText());
        assertEquals("POST", line.path("method").asText());
        assertEquals("/v1/completions", line.path("uri").asText());
        assertEquals("c\n1", line.path("correlation_id").asText());
        assertEquals("run-17", line.path("execution_id").asText());
        assertTrue(line.path("detail").asText().contains("/game_date"), line::toString);
    }

    @Test
    void what_is_refused_before_any_resource_is_a_line_too() {
        String id = "nowhere-" + UUID.randomUUID();
        request().header("X-Request-Id", id).get("/v1/nowhere").then().statusCode(404);
        assertEquals("404", onlyLine(id).path("status").asText());
    }

    @Test
    void a_request_that_is_answered_leaves_no_line() {
        String id = "answered-" + UUID.randomUUID();
        String after = "after-" + UUID.randomUUID();
        request().header("X-Request-Id", id).get("/v1/policies").then().statusCode(200);
        request().header("X-Request-Id", after).get("/v1/nowhere").then().statusCode(404);
        onlyLine(after);
        assertEquals(List.of(), lines(id));
    }

    @Test
    void a_request_without_an_id_or_with_one_unfit_for_a_log_is_given_one() {
        Response without = request().get("/v1/policies");
        Response unfit = request().header("X-Request-Id", "a b\"c").get("/v1/policies");
        assertEquals(7, UUID.fromString(without.header("X-Request-Id")).version());
        assertEquals(7, UUID.fromString(unfit.header("X-Request-Id")).version());
    }

    @Test
    void a_trace_goes_on_into_the_statements_of_a_request() {
        String id = "traced-" + UUID.randomUUID();
        request()
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .header("X-Request-Id", id)
                .get("/v1/completions/none")
                .then()
                .statusCode(404);
        await().atMost(MOMENT).until(() -> COLLECTOR.names(TRACE).contains("GET /v1/completions/{id}"));
        assertEquals(TRACE, onlyLine(id).path("traceId").asText());
        request()
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .get("/v1/slates?from=2026-01-01&to=2026-01-02")
                .then()
                .statusCode(200);
        await().atMost(MOMENT).until(() -> COLLECTOR.names(TRACE).stream().anyMatch(name -> name.startsWith("SELECT")));
    }

    /** Where other services take them, and where they are put by mistake. */
    @Test
    void a_credential_in_a_url_is_in_no_line_and_in_no_trace() {
        String key = "plk_k3mmvbd2ytq7_" + SECRET.repeat(4).substring(0, 43);
        String token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ" + SECRET + "." + SECRET;
        List<String> targets = List.of(
                "/v1/policies?key=" + key,
                "/v1/policies?access_token=" + SECRET,
                "/v1/policies?token=" + token,
                "/v1/policies?" + key,
                "/v1/completions?phase=phase4&from=" + key + "&limit=x",
                "/v1/completions?key=" + SECRET + ";" + SECRET,
                "/v1/completions?key=%zz" + SECRET,
                "/v1/completions?limit=1&token=|" + SECRET,
                "/v1/keys/" + key,
                "/v1/readiness/phase4/2026-02-02?wait=" + key,
                "/v1/readiness/phase4/" + token,
                "/q/health/ready?key=" + SECRET,
                "/q/metrics?token=" + SECRET,
                "/nowhere?api_key=" + SECRET);
        for (String target : targets) {
            RawAnswer answer = send(RawRequest.of("GET", target));
            assertTrue(answer.status() < 500, answer::toString);
        }
        for (String url : List.of(
                "https://ada:" + SECRET + "@example.com/",
                "https://10.0.0.1/?token=" + SECRET,
                "not a url " + SECRET)) {
            subscribe(url, 422);
        }
        String id = subscribe("https://127.0.0.1:1/hook?token=" + SECRET, 201).path("id");
        request().post("/v1/subscriptions/" + id + "/test").then().statusCode(200);

        String last = "last-" + UUID.randomUUID();
        request().header("X-Request-Id", last).get("/v1/nowhere?a=1&token=" + SECRET);
        assertEquals("/v1/nowhere?a&token", onlyLine(last).path("uri").asText());
        await().atMost(MOMENT).until(() -> COLLECTOR.values("url.query").contains("a&token"));
        // The framework's own log of accesses, which is off by default, has the path as it came, and no query.
        assertEquals(
                List.of(),
                service.log()
                        .lines()
                        .filter(line -> line.contains(line.contains(ACCESS_LOG) ? "?" : SECRET))
                        .toList());
        assertFalse(COLLECTOR.everything().contains(SECRET), COLLECTOR::everything);
    }

    private static Response subscribe(String url, int status) {
        Response answer = request()
                .body("{\"url\":\"" + url + "\",\"events\":[\"slate\"]}")
                .post("/v1/subscriptions");
        answer.then().statusCode(status);
        return answer;
    }

    private static RawAnswer send(RawRequest request) {
        try {
            return new RawHttp(URI.create(service.url()).getPort())
                    .send(request.bytes())
                    .get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Prometheus sees no rise of a count that was not there before. */
    private static void assertCountsBeginAtNothing(Metrics metrics) {
        for (String name : List.of(
                "phase_ledger_replays_total",
                "phase_ledger_conflicts_total",
                "phase_ledger_import_lines_total{kind=\"completions\",outcome=\"rejected\"}",
                "phase_ledger_imports_running",
                "phase_ledger_ingest_total{outcome=\"rejected\",source=\"openlineage\"}",
                "phase_ledger_deliveries_seconds_count{channel=\"webhook\",outcome=\"failed\"}",
                "phase_ledger_deliveries_seconds_count{channel=\"pubsub\",outcome=\"failed\"}",
                "phase_ledger_subscriptions_disabled_total{reason=\"dead\"}")) {
            assertEquals(0.0, metrics.gauge(name), name);
        }
    }

    @Test
    void without_an_endpoint_nothing_is_traced_nor_warned_of() {
        try (PackagedService untraced = PackagedService.start()) {
            untraced.waitUntilReady();
            assertCountsBeginAtNothing(Metrics.of(untraced));
            RestAssured.get(untraced.url() + "/v1/policies").then().statusCode(200);
            untraced.terminate();
            assertFalse(untraced.log().contains("opentelemetry.runtime"), untraced::log);
            assertFalse(untraced.log().contains(" WARN "), untraced::log);
        }
    }

    @Test
    void what_becomes_of_reports_and_questions_is_counted() {
        Metrics before = Metrics.of(service);
        String execution = "counted-" + UUID.randomUUID();
        assertEquals(201, report("player_daily_cache", "success", 450, execution));
        assertEquals(200, report("player_daily_cache", "success", 450, execution));
        assertEquals(409, report("player_daily_cache", "success", 451, execution));
        assertEquals(422, report("player_daily_cache", "done", 450, execution));
        assertEquals(201, report("awaited_by_nobody", "failed", 0, execution));
        int position = request().get("/v1/readiness/phase4/2026-02-02").path("position");
        request()
                .contentType("application/x-ndjson")
                .body("{\"game_date\":\"2026-02-02\",\"units\":8}".getBytes(StandardCharsets.UTF_8))
                .post("/v1/slates/import")
                .then()
                .statusCode(200);
        Map<String, Double> counted = Map.of(
                "phase_ledger_completions_total{phase=\"phase4\",status=\"success\"}", 1.0,
                "phase_ledger_completions_total{phase=\"other\",status=\"failed\"}", 1.0,
                "phase_ledger_replays_total", 1.0,
                "phase_ledger_conflicts_total", 1.0,
                "phase_ledger_requests_refused_total{code=\"conflict\",status=\"409\"}", 1.0,
                "phase_ledger_requests_refused_total{code=\"unknown_value\",status=\"422\"}", 1.0,
                "phase_ledger_answers_total{policy=\"phase4\",state=\"not_ready\"}", 1.0,
                "phase_ledger_reasons_total{code=\"missing\",policy=\"phase4\"}", 1.0,
                "phase_ledger_import_lines_total{kind=\"slates\",outcome=\"recorded\"}", 1.0);
        await().atMost(MOMENT).untilAsserted(() -> {
            Metrics after = Metrics.of(service);
            counted.forEach((name, times) -> assertEquals(times, after.count(name) - before.count(name), name));
            assertTrue(after.gauge("phase_ledger_position") > position, after::toString);
        });
        assertEachSaysWhatItIs();
    }
}
