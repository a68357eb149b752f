package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The season of the command, sent to the packaged jar by the packaged jar. */
@Tag("proof")
class DemoIT {

    private static final Logger LOG = Logger.getLogger(DemoIT.class);
    private static final String PHASE_4 = "/v1/readiness/phase4/";
    private static final int DATES = 235;

    private static PackagedService service;

    @BeforeAll
    static void fill() throws IOException, InterruptedException {
        service = PackagedService.start();
        service.waitUntilReady();
        Ended ended = demo(service.url());
        assertEquals(0, ended.code(), ended::printed);
        LOG.info(ended.printed());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Ended demo(String url) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString(),
                        "demo",
                        url)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    private static ValidatableResponse get(String path) {
        return RestAssured.get(service.url() + path).then();
    }

    @Test
    void the_season_is_what_the_pipeline_went_through() {
        // The night for which this service was built.
        get(PHASE_4 + "2026-02-02?as_of=2026-02-02T11:00:00Z").body("reasons.code", hasItem("missing"));
        get(PHASE_4 + "2026-02-02?as_of=2026-02-02T21:38:00Z").body("reasons.code", hasItem("missing"));
        get(PHASE_4 + "2026-02-02?as_of=2026-02-03T07:10:00Z").body("state", equalTo("ready"));
        get("/v1/completions?game_date=2026-02-02&processor_name=ml_feature_store&order=asc")
                .body("items.started_at", equalTo(List.of("2026-02-02T11:00:00Z", "2026-02-02T21:38:00Z")));
        get(PHASE_4 + "2026-02-02")
                .body("timeliness.due_at", equalTo("2026-02-02T12:00:00Z"))
                .body("timeliness.landed_at", equalTo("2026-02-03T07:00:00Z"));
        // The crash that was found a day later, and the cache that was missing for five.
        get(PHASE_4 + "2026-01-20?as_of=2026-01-21T11:00:00Z").body("reasons.code", hasItem("missing"));
        get(PHASE_4 + "2026-01-20?as_of=2026-01-21T18:00:00Z").body("ready", equalTo(true));
        get(PHASE_4 + "2026-01-17").body("reasons.processor_name", equalTo(List.of("player_daily_cache")));
        // The break.
        get(PHASE_4 + "2026-02-15").body("state", equalTo("not_applicable"));
        get("/v1/completions?processor_name=NbacGambookProcessor").body("items.size()", greaterThan(0));
    }

    /** Five lack the cache; a day of one game has fewer than the fifty rows that the policy asks for. */
    @Test
    void most_days_are_ready_in_the_end_and_some_are_not() {
        List<String> states = get("/v1/readiness?game_date_from=2025-10-21&game_date_to=2026-06-12&policy=phase4")
                .extract()
                .path("items.state");
        long notReady = states.stream().filter("not_ready"::equals).count();
        assertEquals(DATES, states.size());
        assertTrue(notReady >= 5 && notReady < 40, () -> notReady + " not ready");
    }

    @Test
    void the_page_on_timeliness_says_what_is_answered() throws IOException, InterruptedException {
        ReadmeIT.run(Path.of("src", "main", "docs", "timeliness.md"), 3, service.url());
    }

    /** Asked at 10:00 UTC, before a table is there, on each date that became ready; prints how far off it is. */
    @Test
    void phase_4_lands_about_when_it_was_expected() {
        List<Map<String, String>> landings = get("/v1/landings?policy=phase4&from=2025-12-01&to=2026-04-12")
                .extract()
                .path("items");
        List<Duration> errors = new ArrayList<>();
        int within = 0;
        for (Map<String, String> landing : landings) {
            String date = landing.get("game_date");
            String landedAt = landing.get("landed_at");
            Map<String, String> expected = get(PHASE_4 + date + "?as_of=" + date + "T10:00:00Z")
                    .extract()
                    .path("expected_at");
            if (landedAt != null && expected != null) {
                Instant landed = Instant.parse(landedAt);
                errors.add(Duration.between(Instant.parse(expected.get("p50")), landed)
                        .abs());
                within += landed.isAfter(Instant.parse(expected.get("p95"))) ? 0 : 1;
            }
        }
        errors.sort(Comparator.naturalOrder());
        Duration median = errors.get(errors.size() / 2);
        LOG.infof(
                "phase4 at 10:00 UTC on %d dates: half are within %s of p50, nineteen of twenty within %s; %d %% are not after p95",
                errors.size(), median, errors.get(errors.size() * 19 / 20), 100 * within / errors.size());
        assertTrue(errors.size() > 90, () -> errors.size() + " dates");
        assertTrue(median.compareTo(Duration.ofMinutes(10)) < 0, median::toString);
        assertTrue(within > 0.85 * errors.size(), within + " of " + errors.size());
    }

    @Test
    void sent_again_it_adds_nothing() throws IOException, InterruptedException {
        Ended again = demo(service.url() + "/");
        assertEquals(0, again.code(), again::printed);
        assertTrue(again.printed().contains("\"recorded\":0"), again::printed);
    }

    @Test
    void a_service_that_is_not_there_is_said_so() throws IOException, InterruptedException {
        Ended ended = demo("http://127.0.0.1:1");
        assertEquals(1, ended.code());
        assertTrue(ended.printed().contains("Nothing answers at http://127.0.0.1:1"), ended::printed);
    }

    /** What nobody has configured costs neither time at the start nor memory. */
    @Test
    void nothing_is_loaded_of_what_is_off() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(service.process().pid()),
                        "VM.class_hierarchy")
                .redirectErrorStream(true)
                .start();
        String loaded = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, jcmd.waitFor(), loaded);
        assertTrue(loaded.contains("io.phaseledger.mirror.MirrorConfig"), "the list has what is loaded");
        assertEquals(
                List.of(),
                loaded.lines()
                        .filter(line -> line.contains("com.google.cloud")
                                || line.contains("com.google.api")
                                || line.contains("phaseledger.mirror.Warehouse"))
                        .toList());
    }

    private record Ended(int code, String printed) {}
}
