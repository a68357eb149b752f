package io.phaseledger;

import static org.awaitility.Awaitility.await;

import io.phaseledger.embedded.OwnPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * How soon those who wait are answered after a commit, on the instance that made it and on the other, and what a waiter
 * costs. Not a test: {@code ./mvnw verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=WaitBenchmark}
 * prints it.
 *
 * <p>Measured from {@code inserted_at}, which the report is given under the append lock just before its commit, to the first
 * byte of the answer, all by one machine's clock. Beside it stands how long the report itself took, from end to end.
 */
class WaitBenchmark {

    private static final Logger LOG = Logger.getLogger(WaitBenchmark.class);

    private static final int CROWD = Integer.getInteger("wait.crowd", 10_000);
    private static final int ROUNDS = 100;
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final Pattern INSERTED_AT = Pattern.compile("\"inserted_at\":\"([^\"]+)\"");
    private static final LocalDate FIRST = LocalDate.of(2040, 1, 1);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LocalDate next = FIRST;

    @Test
    void print() throws Exception {
        try (OwnPostgres postgres = OwnPostgres.start();
                PackagedService one = instanceOn(postgres);
                PackagedService other = instanceOn(postgres)) {
            one.waitUntilReady();
            other.waitUntilReady();
            alone(one, one, ROUNDS); // Warms both up.
            alone(one, other, ROUNDS);
            print("1 waiter, same instance", alone(one, one, ROUNDS));
            print("1 waiter, other instance", alone(one, other, ROUNDS));
            for (PackagedService waitedOn : List.of(one, other)) {
                String where = waitedOn == one ? "same" : "other";
                long before = liveBytes(waitedOn);
                try (Crowd crowd = Crowd.of(
                        waitedOn, CROWD, i -> question(LocalDate.of(2100, 1, 1).plusDays(i)))) {
                    awaitWaiting(waitedOn, crowd.size());
                    LOG.infof(
                            "%d waiters with a question each, %s instance: %d bytes of heap each",
                            CROWD, where, (liveBytes(waitedOn) - before) / CROWD);
                    print("1 more beside them, " + where + " instance", alone(one, waitedOn, ROUNDS));
                }
                awaitWaiting(waitedOn, 0);
                LocalDate date = nextDate();
                before = liveBytes(waitedOn);
                try (Crowd crowd = Crowd.of(waitedOn, CROWD, i -> question(date))) {
                    awaitWaiting(waitedOn, crowd.size());
                    LOG.infof(
                            "%d waiters with one question, %s instance: %d bytes of heap each",
                            CROWD, where, (liveBytes(waitedOn) - before) / CROWD);
                    complete(one, date, "player_daily_cache");
                    long sent = System.nanoTime();
                    long inserted = complete(one, date, "player_composite_factors");
                    long reported = System.nanoTime() - sent;
                    long[] answered = crowd.awaitAll(BOUND);
                    print(
                            "all of them at once, " + where + " instance",
                            new Times(
                                    Arrays.stream(answered)
                                            .map(at -> at - inserted)
                                            .boxed()
                                            .toList(),
                                    List.of(reported)));
                }
                awaitWaiting(waitedOn, 0);
            }
        }
    }

    private static PackagedService instanceOn(OwnPostgres postgres) {
        Map<String, String> environment = new HashMap<>(PackagedService.environmentOf(postgres.logins()));
        environment.putAll(Map.of(PackagedService.JAVA_FLAGS, "-Xshare:auto", "QUARKUS_LOG_LEVEL", "WARN"));
        return PackagedService.start(environment);
    }

    private static String question(LocalDate date) {
        return "/v1/readiness/phase4/" + date + "?wait=300s";
    }

    private LocalDate nextDate() {
        next = next.plusDays(1);
        return next;
    }

    /** One waiter at a time, each for a date of its own. */
    private Times alone(PackagedService postedTo, PackagedService waitedOn, int rounds) throws Exception {
        List<Long> answers = new ArrayList<>();
        List<Long> reports = new ArrayList<>();
        int others = waiting(waitedOn);
        for (int i = 0; i < rounds; i++) {
            LocalDate date = nextDate();
            complete(postedTo, date, "player_daily_cache");
            try (Crowd waiter = Crowd.of(waitedOn, 1, nobody -> question(date))) {
                awaitWaiting(waitedOn, others + 1);
                long sent = System.nanoTime();
                long inserted = complete(postedTo, date, "player_composite_factors");
                reports.add(System.nanoTime() - sent);
                answers.add(waiter.awaitAll(BOUND)[0] - inserted);
            }
        }
        return new Times(answers, reports);
    }

    private static void print(String what, Times times) {
        LOG.infof(
                "%s: answered p50 %.1f ms, p99 %.1f ms, last %.1f ms; reports p50 %.1f ms; ratio of p50s %.2f",
                what,
                times.answer(0.5),
                times.answer(0.99),
                times.answer(1),
                times.report(0.5),
                times.answer(0.5) / times.report(0.5));
    }

    /** When it was inserted, in {@link System#nanoTime()}. */
    private static long complete(PackagedService service, LocalDate date, String processor) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"phase": "phase4", "game_date": "%s", "processor_name": "%s", "status": "success",
                         "record_count": 123}""".formatted(date, processor)))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode());
        }
        Matcher inserted = INSERTED_AT.matcher(answer.body());
        if (!inserted.find()) {
            throw new AssertionError(answer.body());
        }
        Duration ago = Duration.between(Instant.parse(inserted.group(1)), Instant.now());
        return System.nanoTime() - ago.toNanos();
    }

    /** So many wait, and each has been looked for. */
    private static void awaitWaiting(PackagedService service, int count) {
        await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(2))
                .until(() ->
                        waiting(service) == count && metrics(service).gauge("phase_ledger_waiters_looks_queued") == 0);
    }

    private static int waiting(PackagedService service) throws IOException, InterruptedException {
        return (int) metrics(service).gauge("phase_ledger_waiters");
    }

    private static Metrics metrics(PackagedService service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(service.url() + "/q/metrics")).build();
        return Metrics.of(CLIENT.send(request, BodyHandlers.ofString()).body());
    }

    private static long liveBytes(PackagedService service) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(service.process().pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (long) metrics(service).sum("jvm_memory_used_bytes{area=\"heap\"");
    }

    /** Nanoseconds until answers and reports. */
    private record Times(List<Long> answers, List<Long> reports) {

        double answer(double quantile) {
            return millis(answers, quantile);
        }

        double report(double quantile) {
            return millis(reports, quantile);
        }

        private static double millis(List<Long> times, double quantile) {
            return times.stream()
                            .sorted()
                            .skip((long) Math.ceil(quantile * (times.size() - 1)))
                            .findFirst()
                            .orElseThrow()
                    / 1e6;
        }
    }
}
