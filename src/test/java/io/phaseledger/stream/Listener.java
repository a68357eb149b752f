package io.phaseledger.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of the stream of events, as the HTML standard has it: it keeps the events and the last id. */
public final class Listener implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final InputStream body;
    private final HttpResponse<InputStream> response;
    private volatile String lastId;
    private final AtomicInteger signs = new AtomicInteger();
    private volatile String lastComment = "";
    private volatile boolean ended;

    /** An event that was dispatched. */
    public record Event(String id, String type, String data) {}

    private Listener(HttpResponse<InputStream> response, String lastId) {
        this.response = response;
        this.body = response.body();
        this.lastId = lastId;
        Thread thread = new Thread(this::read, "listener");
        thread.setDaemon(true);
        thread.start();
    }

    /** Connects; from the last id of an earlier one, if it has one. */
    public static Listener to(String url, String lastId) throws IOException, InterruptedException {
        return connected(HttpRequest.newBuilder(URI.create(url)), lastId);
    }

    /** Connects, with a key or a token. */
    public static Listener as(String credentials, String url) throws IOException, InterruptedException {
        return connected(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + credentials), "");
    }

    private static Listener connected(HttpRequest.Builder request, String lastId)
            throws IOException, InterruptedException {
        request.header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException(
                    response.statusCode() + " " + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        return new Listener(response, lastId);
    }

    public List<Event> events() {
        synchronized (events) {
            return new ArrayList<>(events);
        }
    }

    /** Forgets the events that came so far. */
    public void clear() {
        events.clear();
    }

    public String lastId() {
        return lastId;
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    int signs() {
        return signs.get();
    }

    public String lastComment() {
        return lastComment;
    }

    public boolean isEnded() {
        return ended;
    }

    private void read() {
        String id = lastId;
        String type = "message";
        StringBuilder data = new StringBuilder();
        try (Scanner lines = new Scanner(body, StandardCharsets.UTF_8).useDelimiter("\n")) {
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.isEmpty()) {
                    lastId = id;
                    if (!data.isEmpty()) {
                        events.add(new Event(id, type, data.toString()));
                    }
                    type = "message";
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    lastComment = line.substring(1);
                    signs.incrementAndGet();
                } else {
                    String field = line.substring(0, line.indexOf(':'));
                    String value = line.substring(line.indexOf(':') + 1).stripLeading();
                    switch (field) {
                        case "id" -> id = value;
                        case "event" -> type = value;
                        case "data" -> data.append(value);
                        default -> {}
                    }
                }
            }
        } finally {
            ended = true;
        }
    }

    /** Hangs up. */
    @Override
    public void close() throws IOException {
        body.close();
    }
}
