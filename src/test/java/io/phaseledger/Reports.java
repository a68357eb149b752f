package io.phaseledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One processor's reports to the service at a URL, told apart by their execution. */
record Reports(String url) {

    static final int RECORDED = 201;
    static final int ALREADY_RECORDED = 200;
    static final int NO_ANSWER = 0;

    /** More than the service takes to give up on a commit. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(BOUND)
            .build();

    /** Sends one and returns the status of the answer, {@link #NO_ANSWER} if there is none. */
    int send(String execution) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/completions"))
                .timeout(BOUND)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(execution)))
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NO_ANSWER;
        }
    }

    private static String body(String execution) {
        return """
                {"phase": "phase4", "game_date": "2026-02-02", "processor_name": "player_daily_cache",
                 "status": "success", "record_count": 123, "execution_id": "%s"}""".formatted(execution);
    }
}
