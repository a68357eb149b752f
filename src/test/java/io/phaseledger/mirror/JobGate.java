package io.phaseledger.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A proxy before an emulator of BigQuery, for what the emulator does not do.
 *
 * <p>BigQuery knows a job by the id that its sender gave it, and answers 409 to a second one of that id
 * (https://cloud.google.com/bigquery/docs/running-jobs#generate-jobid); the emulator gives uploads ids of its own. So the
 * gate keeps the ids. And it makes the faults that emulators do not make. All else it passes on as it is.
 */
public final class JobGate implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade", "date");
    private static final Pattern UPLOAD_ID = Pattern.compile("upload_id=([^&]+)");
    private static final Pattern JOB = Pattern.compile(".*/jobs/([^/?]+)");

    /** What the next uploads come to, before they are as they should be. */
    public enum Fault {
        /** 500, and nothing is done. */
        SERVER_ERROR,
        /** 403 {@code rateLimitExceeded}, and nothing is done. */
        RATE_LIMITED,
        /** It is done, and the connection breaks before the answer. */
        ANSWER_LOST,
        /** The job fails, and loads nothing. */
        JOB_FAILS,
        /** The job is not done before {@link #finishPending}. */
        PENDING
    }

    private final HttpServer server;
    private final URI emulator;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> uploads = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> jobs = new LinkedHashMap<>();
    private final Map<String, Runnable> pending = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean away;
    private volatile @Nullable String extraColumn;

    JobGate(URI emulator) throws IOException {
        this.emulator = emulator;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "job-gate");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next uploads come to this, one after another. */
    public synchronized void fail(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** Nothing is answered any more, or all is again. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    /** The table has another column, as if somebody had added it; with null, none any more. */
    public void setExtraColumn(@Nullable String name) {
        extraColumn = name;
    }

    /** Lets the jobs that are pending load what they were given. */
    public synchronized void finishPending() {
        pending.values().forEach(Runnable::run);
        pending.clear();
    }

    public synchronized int pending() {
        return pending.size();
    }

    /** The ids of all jobs that were taken, in their order. */
    public synchronized List<String> jobs() {
        return List.copyOf(jobs.keySet());
    }

    /** How often a second job of an id was refused. */
    public int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!away) {
                answer(exchange, body);
            }
        }
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        URI uri = exchange.getRequestURI();
        Matcher job = JOB.matcher(uri.getPath());
        if (uri.getPath().startsWith("/upload/")) {
            upload(exchange, body);
        } else if (exchange.getRequestMethod().equals("GET") && job.matches() && known(job.group(1)) != null) {
            send(exchange, 200, known(job.group(1)));
        } else if (extraColumn != null && uri.getPath().endsWith("/tables/phase_completions")) {
            ObjectNode table =
                    (ObjectNode) JSON.readTree(forward(exchange, body).body());
            table.withArray("/schema/fields")
                    .addObject()
                    .put("name", extraColumn)
                    .put("type", "INTEGER")
                    .put("mode", "NULLABLE");
            send(exchange, 200, table);
        } else {
            pass(exchange, forward(exchange, body));
        }
    }

    private synchronized @Nullable ObjectNode known(String id) {
        return jobs.get(id);
    }

    private void upload(HttpExchange exchange, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            String id = JSON.readTree(plain(exchange, body))
                    .path("jobReference")
                    .path("jobId")
                    .asText();
            HttpResponse<byte[]> answer = forward(exchange, body);
            answer.headers().firstValue("X-GUploader-UploadID").ifPresent(upload -> uploads.put(upload, id));
            pass(exchange, answer);
        } else {
            load(exchange, body);
        }
    }

    /** One at a time, as ids are kept one after another. */
    private synchronized void load(HttpExchange exchange, byte[] body) throws IOException {
        Matcher upload = UPLOAD_ID.matcher(exchange.getRequestURI().getQuery());
        String id = upload.find() ? uploads.getOrDefault(upload.group(1), "") : "";
        boolean last = !exchange.getRequestHeaders().getFirst("Content-Range").endsWith("*");
        if (!last) {
            pass(exchange, forward(exchange, body));
        } else if (jobs.containsKey(id)) {
            refused.incrementAndGet();
            send(exchange, 409, error(409, "duplicate", "Already Exists: Job " + id));
        } else {
            Fault fault = faults.isEmpty() ? null : faults.remove(0);
            if (fault == null) {
                send(exchange, 200, done(id, forward(exchange, body)));
            } else {
                fail(fault, exchange, id, body);
            }
        }
    }

    private void fail(Fault fault, HttpExchange exchange, String id, byte[] body) throws IOException {
        switch (fault) {
            case SERVER_ERROR -> send(exchange, 500, error(500, "backendError", "Error encountered"));
            case RATE_LIMITED ->
                send(exchange, 403, error(403, "rateLimitExceeded", "Exceeded rate limits: too many table update"));
            case ANSWER_LOST -> done(id, forward(exchange, body));
            case JOB_FAILS -> {
                ObjectNode failed = job(id, "DONE");
                failed.withObject("/status/errorResult")
                        .put("reason", "invalid")
                        .put("message", "it was made to fail");
                jobs.put(id, failed);
                send(exchange, 200, failed);
            }
            case PENDING -> {
                jobs.put(id, job(id, "RUNNING"));
                HttpRequest request = request(exchange, body);
                pending.put(id, () -> jobs.put(id, done(id, forward(request))));
                send(exchange, 200, job(id, "RUNNING"));
            }
        }
    }

    private static ObjectNode job(String id, String state) {
        ObjectNode job =
                JSON.createObjectNode().put("kind", "bigquery#job").put("id", BigQueryEmulator.PROJECT + ":" + id);
        job.putObject("jobReference")
                .put("projectId", BigQueryEmulator.PROJECT)
                .put("jobId", id)
                .put("location", "US");
        job.withObject("/configuration/load/destinationTable")
                .put("projectId", BigQueryEmulator.PROJECT)
                .put("datasetId", "nba_orchestration")
                .put("tableId", "phase_completions");
        job.putObject("status").put("state", state);
        return job;
    }

    /** What the emulator made of it, under the id that it was sent with. */
    private ObjectNode done(String id, HttpResponse<byte[]> answer) {
        try {
            JsonNode theirs = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + theirs);
            }
            ObjectNode job = ((ObjectNode) theirs).deepCopy();
            job.put("id", BigQueryEmulator.PROJECT + ":" + id);
            job.withObject("/jobReference").put("jobId", id);
            jobs.put(id, job);
            return job;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode error(int code, String reason, String message) {
        ObjectNode error = JSON.createObjectNode();
        ObjectNode inner = error.putObject("error").put("code", code).put("message", message);
        inner.putArray("errors").addObject().put("reason", reason).put("message", message);
        return error;
    }

    private static InputStream plain(HttpExchange exchange, byte[] body) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding")) ? new GZIPInputStream(in) : in;
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) {
        return forward(request(exchange, body));
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        emulator.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private HttpResponse<byte[]> forward(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where it says that it is itself, it is the gate. */
    private void pass(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                values.forEach(value ->
                        exchange.getResponseHeaders().add(name, value.replace(emulator.getAuthority(), address())));
            }
        });
        send(exchange, answer.statusCode(), answer.body());
    }

    private static void send(HttpExchange exchange, int status, @Nullable JsonNode body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, JSON.writeValueAsBytes(body));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
