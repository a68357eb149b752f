package io.phaseledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A receiver of webhooks that does what it is told, one call after another, and then takes everything. */
public final class Receiver implements AutoCloseable {

    /** There may be tens of thousands of calls to look at, again and again. */
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");

    private static final Pattern PREVIOUS = Pattern.compile("\"previoussequence\":(\\d+)");

    private static final long DRIP_MILLIS = 100;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Behaviour> planned = new ConcurrentLinkedQueue<>();
    private volatile Behaviour usual = status(204);

    private Receiver(HttpServer server) {
        this.server = server;
    }

    public static Receiver start() {
        return start(0);
    }

    /** On this port; 0 for any that is free. */
    public static Receiver start(int port) {
        try {
            Receiver receiver =
                    new Receiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            receiver.server.createContext("/", receiver::take);
            receiver.server.setExecutor(receiver.threads);
            receiver.server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The next calls are answered so, in this order. */
    public Receiver then(Behaviour... behaviours) {
        planned.addAll(List.of(behaviours));
        return this;
    }

    /** All others are answered so. */
    public Receiver always(Behaviour behaviour) {
        usual = behaviour;
        return this;
    }

    /** Every call that came so far, taken or not. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Those that were answered with a 2xx. */
    public List<Call> taken() {
        return calls.stream().filter(call -> call.code() / 100 == 2).toList();
    }

    private static @Nullable Long found(Pattern number, String body) {
        Matcher matcher = number.matcher(body);
        return matcher.find() ? Long.valueOf(matcher.group(1)) : null;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Behaviour planned = this.planned.poll();
        Behaviour behaviour = planned == null ? usual : planned;
        calls.add(new Call(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                body,
                behaviour.code(),
                Objects.requireNonNullElse(found(SEQUENCE, body), 0L),
                found(PREVIOUS, body)));
        behaviour.how().answer(this, exchange);
    }

    public static Behaviour status(int code) {
        return status(code, Map.of(), "");
    }

    public static Behaviour status(int code, Map<String, String> headers, String body) {
        return new Behaviour(code, (receiver, exchange) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            headers.forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** Says nothing until the end. */
    public static Behaviour hang() {
        return new Behaviour(0, (receiver, exchange) -> {
            receiver.awaitClosed(TimeUnit.DAYS.toMillis(1));
            exchange.close();
        });
    }

    /** Closes the connection without a word. */
    public static Behaviour drop() {
        return new Behaviour(0, (receiver, exchange) -> exchange.close());
    }

    /** Answers 200 at once, and then a byte at a time without an end. */
    public static Behaviour drip() {
        return new Behaviour(0, (receiver, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (!receiver.awaitClosed(DRIP_MILLIS)) {
                    out.write('.');
                    out.flush();
                }
            } catch (IOException enough) {
                // It hung up.
            }
        });
    }

    /** Takes it, after a while. */
    public static Behaviour slowly(long millis) {
        return new Behaviour(204, (receiver, exchange) -> {
            receiver.awaitClosed(millis);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
    }

    private boolean awaitClosed(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * How a call is answered.
     *
     * @param code the status; 0 for none, or none that is meant
     */
    public record Behaviour(int code, How how) {}

    /** Answers. */
    public interface How {
        void answer(Receiver receiver, HttpExchange exchange) throws IOException;
    }

    /**
     * A call that came.
     *
     * @param code what it was answered with; 0 for nothing
     * @param sequence of the event; 0 for none
     * @param previous the sequence of the event before it; null for none
     */
    public record Call(
            String id,
            String timestamp,
            String signature,
            String type,
            String body,
            int code,
            long sequence,
            @Nullable Long previous) {

        public JsonPath event() {
            return new JsonPath(body);
        }
    }
}
