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
import java.util.List;
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
        service = PackagedService.start(PackagedService.AS_TYPED);
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
