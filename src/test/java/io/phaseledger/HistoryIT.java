package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * More rows than its heap could hold leave a service, however they are read; {@code -Dhistory.rows=1000000} makes it a
 * million.
 */
@Tag("proof")
class HistoryIT {

    private static final Logger LOG = Logger.getLogger(HistoryIT.class);
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";

    /** What is sent is several times as large. */
    private static final String HEAP = "-Xmx112m";

    /** How much of the heap may be in use after a collection, at any row. */
    private static final long MOST_LIVE_BYTES = 80 << 20;

    /** How much more may be in use late in a stream than early in it, which is at least 60 MB later. */
    private static final long MOST_GROWTH_BYTES = 20 << 20;

    private static final int EARLY = ManyRows.ROWS / 10;
    private static final int LATE = ManyRows.ROWS / 10 * 9;
    private static final int STREAM_LIMIT = 2;
    private static final int MANY_READERS = 10;
    private static final int SOME_BYTES = 1 << 20;
    private static final String SOME_DATES = "?game_date_from=2026-03-10&game_date_to=2026-04-18";
    private static final int ROWS_OF_SOME_DATES = 40 * (ManyRows.ROWS / ManyRows.DATES);
    private static final int OK = 200;
    private static final String STATUS_LINE = "HTTP/1.1 200 OK";

    private static final Pattern POSITION =
            Pattern.compile("\"position\":(\\d+)|(?:Z,)(\\d+),[0-9a-f-]{36},completion");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static PackagedService service;

    @BeforeAll
    static void aServiceWithASmallHeapHasAManyRows() throws SQLException {
        service = PackagedService.start(Map.of(
                PackagedService.JAVA_FLAGS,
                HEAP,
                "PHASE_LEDGER_HISTORY_STREAM_LIMIT",
                Integer.toString(STREAM_LIMIT),
                "PHASE_LEDGER_HISTORY_STALL_TIMEOUT",
                "3s"));
        service.waitUntilReady();
        ManyRows.fill(PackagedDatabase.of(service));
    }

    @AfterAll
    static void itEnds() {
        service.close();
    }

    private static HttpResponse<InputStream> export(String type) throws IOException, InterruptedException {
        return export(type, "");
    }

    private static HttpResponse<InputStream> export(String type, String selection)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/completions" + selection))
                .header("Accept", type)
                .build();
        return CLIENT.send(request, BodyHandlers.ofInputStream());
    }

    private static long liveBytes() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        int ended = new ProcessBuilder(jcmd, Long.toString(service.process().pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertEquals(0, ended, "jcmd");
        return (long) Metrics.of(service).sum("jvm_memory_used_bytes{area=\"heap\"");
    }

    private static void awaitNoConnectionInUse() {
        await().atMost(BOUND)
                .until(() -> Metrics.of(service).gauge("phase_ledger_database_connections{state=\"used\"}") == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {CSV, NDJSON})
    void allRowsComeInOrderAndTheHeapDoesNotGrow(String type) throws IOException, InterruptedException {
        long startedAt = System.nanoTime();
        HttpResponse<InputStream> answer = export(type);
        long head =
                Long.parseLong(answer.headers().firstValue("Ledger-Position").orElseThrow());
        long early = 0;
        long late = 0;
        long bytes = 0;
        int rows = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (type.equals(CSV)) {
                assertTrue(lines.readLine().startsWith("phase,game_date,"));
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertEquals(head - rows, position(line));
                bytes += line.length() + 1;
                rows++;
                early = rows == EARLY ? liveBytes() : early;
                late = rows == LATE ? liveBytes() : late;
            }
        }
        LOG.infof(
                "%s: %d rows, %d MB in %s; live heap %d MB at row %d, %d MB at row %d",
                type,
                rows,
                bytes >> 20,
                Duration.ofNanos(System.nanoTime() - startedAt),
                early >> 20,
                EARLY,
                late >> 20,
                LATE);
        assertEquals(ManyRows.ROWS, rows);
        assertTrue(early < MOST_LIVE_BYTES && late < MOST_LIVE_BYTES, early + " and " + late);
        assertTrue(late - early < MOST_GROWTH_BYTES, early + " to " + late);
        awaitNoConnectionInUse();
    }

    private static long position(String line) {
        Matcher position = POSITION.matcher(line);
        assertTrue(position.find(), line);
        return Long.parseLong(position.group(1) == null ? position.group(2) : position.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {CSV, NDJSON})
    void readersWhoHangUpLeaveNothingBehind(String type) throws IOException {
        int before = count("hung up");
        for (int i = 0; i < MANY_READERS; i++) {
            try (Socket reader = ask(type)) {
                assertEquals(SOME_BYTES, reader.getInputStream().readNBytes(SOME_BYTES).length);
            }
            int hungUp = before + i + 1;
            await().atMost(BOUND).until(() -> count("hung up") == hungUp);
        }
        awaitNoConnectionInUse();
        assertFalse(service.log().contains("Incident"), service::log);
    }

    @Test
    void readersWhoStandStillHoldNoConnectionAndAreCutOff() throws IOException, InterruptedException {
        int before = count("took nothing for PT3S");
        try (Socket one = ask(CSV);
                Socket other = ask(NDJSON)) {
            await().atMost(BOUND).until(() -> export(CSV).statusCode() == 503);
            awaitNoConnectionInUse();
            assertEquals(OK, page());
            await().atMost(BOUND).until(() -> count("took nothing for PT3S") == before + STREAM_LIMIT);
            assertThrows(IOException.class, () -> readOn(one));
            assertThrows(IOException.class, () -> readOn(other));
        }
        HttpResponse<InputStream> afterwards = export(NDJSON);
        assertEquals(OK, afterwards.statusCode());
        afterwards.body().close();
        assertFalse(service.log().contains("Incident"), service::log);
    }

    /**
     * More than once, for the end of the body must not win a race against the end of the connection. PostgreSQL may be
     * back before the next page is read; then nothing is cut short.
     */
    @RepeatedTest(5)
    void aBodyThatTheDatabaseCutsShortIsSeenToBreakOff(RepetitionInfo repetition)
            throws IOException, InterruptedException {
        boolean isCsv = repetition.getCurrentRepetition() % 2 == 0;
        HttpResponse<InputStream> answer = exportOnceServed(isCsv ? CSV : NDJSON, SOME_DATES);
        byte[] some = answer.body().readNBytes(SOME_BYTES);
        assertEquals(SOME_BYTES, some.length);
        PackagedDatabase.of(service).postmaster().destroyForcibly();
        long lines = newlines(some, some.length);
        try {
            lines += newlines(answer.body());
            assertEquals(ROWS_OF_SOME_DATES + (isCsv ? 1 : 0), lines, "in a body that was said to be whole");
        } catch (IOException brokenOff) {
            LOG.infof("broke off: %s", brokenOff.getMessage());
        }
        await().atMost(BOUND).until(() -> page() == OK);
        awaitNoConnectionInUse();
    }

    /** The one before may have asked a PostgreSQL that was on its way out when it answered. */
    private static HttpResponse<InputStream> exportOnceServed(String type, String selection) {
        return await().atMost(BOUND).until(() -> export(type, selection), answer -> answer.statusCode() == OK);
    }

    private static long newlines(InputStream body) throws IOException {
        byte[] buffer = new byte[SOME_BYTES];
        long lines = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            lines += newlines(buffer, read);
        }
        return lines;
    }

    private static long newlines(byte[] bytes, int length) {
        return IntStream.range(0, length).filter(i -> bytes[i] == '\n').count();
    }

    private static int page() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/completions?limit=1"))
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** Asks, and reads no more than that it is answered. */
    private static Socket ask(String type) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 12);
        URI url = URI.create(service.url());
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        String request =
                "GET /v1/completions HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAccept: " + type + "\r\n\r\n";
        socket.setSoTimeout((int) BOUND.toMillis());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] status = socket.getInputStream().readNBytes(STATUS_LINE.length());
        assertEquals(STATUS_LINE, new String(status, StandardCharsets.US_ASCII));
        return socket;
    }

    /** To the end, which must not be the one of a whole body. */
    private static void readOn(Socket socket) throws IOException {
        String body = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!body.endsWith("\r\n0\r\n\r\n")) {
            throw new IOException("it broke off");
        }
    }

    private static int count(String message) {
        return service.log().split(Pattern.quote(message), -1).length - 1;
    }
}
