package io.phaseledger;

import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;

/** The command by which the build starts a service once, so that the JVM writes the {@link ClassDataArchive} as it ends. */
@Dependent
final class Rehearsal implements QuarkusApplication {

    /** What it is called by: {@code java -XX:ArchiveClassesAtExit=… -jar quarkus-run.jar rehearse}. */
    static final String COMMAND = "rehearse";

    private static final String FACT = """
            {"phase":"phase4","game_date":"2026-02-02","processor_name":"player_daily_cache","status":"success",
             "record_count":123,"execution_id":"rehearsal"}""";

    private static final int REFUSED = 400;

    private final HttpClient client = HttpClient.newHttpClient();

    /** Asks what callers ask first. */
    @Override
    public int run(String... args) throws IOException, InterruptedException {
        ask("/v1/readiness/phase4/2026-02-02", HttpRequest.newBuilder());
        ask(
                "/v1/completions",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(FACT)));
        ask("/v1/readiness/phase4/2026-02-02", HttpRequest.newBuilder());
        ask("/v1/readiness?game_date_from=2026-02-01&game_date_to=2026-02-03", HttpRequest.newBuilder());
        ask("/v1/completions?game_date=2026-02-02", HttpRequest.newBuilder());
        ask("/q/health/ready", HttpRequest.newBuilder());
        return 0;
    }

    private void ask(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpResponse<String> answer = client.send(request.uri(uri).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= REFUSED) {
            throw new IllegalStateException(path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
