package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads that each make one call of the service again and again, and keep how it was answered. */
final class Callers implements AutoCloseable {

    static final int UNAVAILABLE = 503;
    private static final int NO_ANSWER = 0;

    private static final Duration ANSWER_BOUND = Duration.ofSeconds(20);
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final String ROWS = """
            {"phase": "phase4", "game_date": "2026-02-03", "processor_name": "a", "status": "success", "execution_id": "1"}
            {"phase": "phase4", "game_date": "2026-02-03", "processor_name": "b", "status": "success", "execution_id": "1"}
            """;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_BOUND)
            .build();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final String url;
    private final List<Call> calls;
    private final ExecutorService threads;
    private volatile boolean stopped;

    private Callers(String url) {
        this.url = url;
        this.calls = calls();
        this.threads = Executors.newFixedThreadPool(calls.size());
    }

    static Callers startOn(PackagedService service) {
        Callers callers = new Callers(service.url());
        callers.calls.forEach(call -> callers.threads.execute(() -> callers.repeat(call)));
        return callers;
    }

    /** Everything that needs the database, except a single report. */
    private List<Call> calls() {
        String json = "application/json";
        String lines = "application/x-ndjson";
        return List.of(
                new Call("readiness", get("/v1/readiness/phase4/2026-02-02"), Set.of(200)),
                new Call("matrix", get("/v1/readiness?game_date_from=2026-02-01&game_date_to=2026-02-07"), Set.of(200)),
                new Call("history", get("/v1/completions?limit=10"), Set.of(200)),
                new Call("export", get("/v1/completions").setHeader("Accept", lines), Set.of(200)),
                new Call("completion", get("/v1/completions/0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11"), Set.of(404)),
                new Call("policies", get("/v1/policies"), Set.of(200)),
                new Call("slates", get("/v1/slates?from=2026-01-01&to=2026-02-28"), Set.of(200)),
                new Call("aliases", get("/v1/aliases/processors/MLFeatureStoreProcessor"), Set.of(200)),
                new Call("what if", send("POST", "/v1/readiness/evaluate", json, """
                        {"policy_name": "phase4", "game_date": "2026-02-02"}"""), Set.of(200)),
                new Call("batch", send("POST", "/v1/completions/batch", lines, ROWS), Set.of(207)),
                new Call("import", send("POST", "/v1/completions/import", lines, ROWS), Set.of(200)),
                new Call(
                        "retraction",
                        send("POST", "/v1/completions/%s/retraction".formatted(recorded()), json, """
                        {"reason": "a test"}"""),
                        Set.of(200, 201)),
                new Call("put slate", send("PUT", "/v1/slates/2026-02-02", json, "{\"units\": 5}"), Set.of(200, 201)),
                new Call("put alias", send("PUT", "/v1/aliases/processors/Other", json, """
                        {"target": "other"}"""), Set.of(200, 201)),
                new Call("put policy", send("PUT", "/v1/policies/other", json, """
                        {"time_zone": "UTC", "requirements": []}"""), Set.of(200, 201)));
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_BOUND);
    }

    private HttpRequest.Builder send(String method, String path, String type, String body) {
        return get(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body));
    }

    private String recorded() {
        HttpRequest report =
                send("POST", "/v1/completions", "application/json", """
                {"phase": "phase4", "game_date": "2026-02-04", "processor_name": "a", "status": "success",
                 "execution_id": "to be retracted"}""").build();
        try {
            HttpResponse<String> answer = client.send(report, BodyHandlers.ofString());
            String location = answer.headers().firstValue("Location").orElseThrow();
            return location.substring(location.lastIndexOf('/') + 1);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void repeat(Call call) {
        while (!stopped) {
            make(call);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void make(Call call) {
        HttpRequest request = call.request().copy().build();
        long began = System.nanoTime();
        try {
            answers.add(Answer.of(call, client.send(request, BodyHandlers.ofString()), began));
        } catch (IOException e) {
            answers.add(Answer.none(call, e, began));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Many ask at the same moment, more than there are threads to answer; returns when all have been answered. */
    void askAtOnce(int many) {
        Call call = calls.get(0);
        HttpRequest request = call.request().copy().build();
        Stream.generate(() -> {
                    long began = System.nanoTime();
                    return client.sendAsync(request, BodyHandlers.ofString())
                            .handle((answer, error) ->
                                    answer == null ? Answer.none(call, error, began) : Answer.of(call, answer, began));
                })
                .limit(many)
                .toList()
                .forEach(answer -> answers.add(answer.join()));
    }

    /** Waits until each call that was made since a moment has been answered well, or refused as one should be. */
    void awaitEach(long since, boolean good) {
        await().atMost(BOUND)
                .until(() -> calls.stream()
                        .allMatch(call -> answers.stream()
                                .anyMatch(answer -> answer.call().equals(call)
                                        && answer.began() >= since
                                        && answer.isGood() == good)));
    }

    /** How long after a moment each call had been answered well once. */
    Duration goodAgain(long since) {
        long last = calls.stream()
                .mapToLong(call -> answers.stream()
                        .filter(answer -> answer.call().equals(call) && answer.ended() >= since && answer.isGood())
                        .mapToLong(Answer::ended)
                        .min()
                        .orElseThrow())
                .max()
                .orElseThrow();
        return Duration.ofNanos(last - since);
    }

    /** Every call is answered well, or 503 as a problem that says when to ask again; an export may break off. */
    void assertNothingElse() {
        assertEquals(
                Set.of(),
                answers.stream()
                        .filter(answer -> !answer.isGood() && !answer.isRefusal() && !answer.isCutExport())
                        .map(Answer::toString)
                        .collect(Collectors.toSet()));
    }

    /** The same of a service that is gone by now: some calls find nobody. */
    void assertNothingElseButNoAnswer() {
        answers.removeIf(answer -> answer.status() == NO_ANSWER);
        assertNothingElse();
    }

    /** Nothing that was asked and answered between these moments was answered well. */
    void assertAllRefused(long from, long to) {
        assertEquals(
                Set.of(),
                answers.stream()
                        .filter(answer -> answer.began() > from && answer.ended() < to && !answer.isRefusal())
                        .map(Answer::toString)
                        .collect(Collectors.toSet()));
    }

    /** Counted from a moment for what was asked before it. */
    Answer slowestRefusal(long since) {
        return answers.stream()
                .filter(answer -> answer.status() == UNAVAILABLE)
                .max(Comparator.comparing(answer -> answer.tookSince(since)))
                .orElseThrow();
    }

    String counts() {
        return answers.stream()
                .collect(Collectors.groupingBy(Answer::status, Collectors.counting()))
                .toString();
    }

    void stop() throws InterruptedException {
        stopped = true;
        threads.shutdown();
        if (!threads.awaitTermination(BOUND.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("they do not stop");
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
    }

    /**
     * A call and the statuses of its good answers.
     *
     * @param name for people
     */
    record Call(String name, HttpRequest.Builder request, Set<Integer> good) {}

    /**
     * How a call was answered.
     *
     * @param status 0 if it was not, or not to the end
     * @param began in {@link System#nanoTime()}
     */
    record Answer(Call call, int status, boolean isProblem, boolean saysWhen, String text, long began, long ended) {

        static Answer of(Call call, HttpResponse<String> answer, long began) {
            boolean problem =
                    answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
            boolean saysWhen = answer.headers().firstValue("Retry-After").isPresent();
            String text = answer.statusCode() < 400 ? "" : answer.body();
            return new Answer(call, answer.statusCode(), problem, saysWhen, text, began, System.nanoTime());
        }

        static Answer none(Call call, Throwable error, long began) {
            return new Answer(call, NO_ANSWER, false, false, Objects.toString(error), began, System.nanoTime());
        }

        boolean isGood() {
            return call.good().contains(status);
        }

        boolean isRefusal() {
            return status == UNAVAILABLE && isProblem && saysWhen && text.startsWith("{");
        }

        boolean isCutExport() {
            return status == NO_ANSWER && call.name().equals("export");
        }

        Duration took() {
            return Duration.ofNanos(ended - began);
        }

        Duration tookSince(long moment) {
            return Duration.ofNanos(ended - Math.max(began, moment));
        }

        @Override
        public String toString() {
            return call.name() + ": " + status + " after " + took() + " " + text;
        }
    }
}
