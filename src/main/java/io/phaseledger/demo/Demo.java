package io.phaseledger.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.phaseledger.demo.Season.Slate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command that fills a running service with a season. */
public final class Demo {

    /** The command line: {@code java -jar quarkus-run.jar demo [url]}. */
    public static final String COMMAND = "demo";

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";
    private static final String KEY = "PHASE_LEDGER_KEY";
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int GOOD = 200;

    /** It logs every byte to Quarkus's log manager, which is not set up here and would keep all of it in memory. */
    private static final Logger CHATTER = Logger.getLogger("jdk.internal.httpclient.debug");

    static {
        CHATTER.setLevel(Level.OFF);
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final JsonFactory json = new JsonFactory();
    private final String url;
    private final PrintStream out;

    private Demo(String url, PrintStream out) {
        this.url = url;
        this.out = out;
    }

    /**
     * Sends the season, as far as it has happened by now.
     *
     * @param arguments the URL of the service; the default is {@value #DEFAULT_URL}
     * @return the exit code: 0, or 1 when the service did not accept all of it
     */
    public static int run(List<String> arguments, PrintStream out) throws InterruptedException {
        String url = arguments.isEmpty() ? DEFAULT_URL : arguments.get(0).replaceFirst("/+$", "");
        try {
            return new Demo(url, out).send(Instant.now());
        } catch (IOException e) {
            out.println("Nothing answers at " + url + ": start the service, or give its URL after `demo`. (" + e + ")");
            return 1;
        }
    }

    private int send(Instant now) throws IOException, InterruptedException {
        long startedAt = System.nanoTime();
        // Made while the service is busy with the slates.
        CompletableFuture<List<Report>> history = CompletableFuture.supplyAsync(() -> Days.until(now));
        CompletableFuture<byte[]> body = history.thenApply(reports -> lines(reports, Report::write));
        boolean taken = send("/v1/slates/import", lines(Season.slates().toList(), Demo::write))
                && send("/v1/completions/import", body.join());
        if (taken) {
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            out.printf(
                    "%d dates, %d completions, in %.1f s%n",
                    Season.DATES, history.join().size(), seconds);
        }
        return taken ? 0 : 1;
    }

    private boolean send(String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(BOUND)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body));
        String key = System.getenv(KEY);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        out.println(path + " " + answer.statusCode() + " " + answer.body());
        return answer.statusCode() == GOOD && answer.body().contains("\"rejected_count\":0");
    }

    private static void write(Slate slate, JsonGenerator to) throws IOException {
        to.writeStartObject();
        to.writeStringField("game_date", slate.date().toString());
        to.writeNumberField("units", slate.games());
        if (slate.note() != null) {
            to.writeStringField("note", slate.note());
        }
        // Schedules are known before the season, so that questions about the past have them.
        to.writeStringField("inserted_at", "2025-10-01T00:00:00Z");
        to.writeEndObject();
    }

    private <T> byte[] lines(List<T> values, Line<T> line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(bytes)) {
            generator.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            for (T value : values) {
                line.write(value, generator);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Line<T> {
        void write(T value, JsonGenerator to) throws IOException;
    }
}
