package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that send headers or a body a byte at a time, or not to its end, hold nothing that others need. */
@Tag("proof")
class SlowClientIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String ROW = """
            {"phase": "phase4", "game_date": "2026-02-02", "processor_name": "a", "status": "success", "execution_id": "1"}
            """;

    private static final Duration HALF_THE_TIMEOUT = Duration.ofSeconds(1);

    /** Together they take longer than the timeout. */
    private static final int PARTS = 4;

    private static final int MIB = 1 << 20;

    /** More than there are threads that may wait for one. */
    private static final int CROWD = 250;

    private static PackagedService service;

    @BeforeAll
    static void start() {
        service = PackagedService.start(Map.of(
                "PHASE_LEDGER_HTTP_BODY_TIMEOUT", "2S",
                "PHASE_LEDGER_HTTP_IMPORT_TIMEOUT", "2S",
                "PHASE_LEDGER_CONNECTIONS_HEAD_PATIENCE", "2S",
                "QUARKUS_HTTP_READ_TIMEOUT", "2S"));
        service.waitUntilReady();
    }

    @AfterAll
    static void end() {
        service.close();
    }

    @Test
    void anImportThatWaitsForItsClientHoldsNoTransactionAndNoLock() throws IOException {
        WrittenLedger ledger = PackagedDatabase.of(service).ledger();
        try (SlowSender sender = SlowSender.to(service, "/v1/completions/import", 1_000_000)) {
            sender.send(ROW);
            assertEquals(Reports.RECORDED, new Reports(service.url()).send("meanwhile"));
            // Those who follow the ledger have one for a moment; this import would have one until it is answered.
            await().atMost(HALF_THE_TIMEOUT)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> ledger.openTransactions().isEmpty());
            assertTooSlow(sender.dripUntilAnswered());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/completions, Content-Length: 10000",
        "/v1/completions, Transfer-Encoding: chunked",
        "/v1/completions/batch, Content-Length: 10000",
        "/v1/completions/import, Content-Length: 10000",
        "/v1/completions/import, Transfer-Encoding: chunked",
        "/v1/slates/import, Content-Length: 10000",
    })
    void aBodyThatDripsIsGivenUp(String path, String framing) throws IOException {
        try (SlowSender sender = SlowSender.to(service, path, "application/json", framing)) {
            assertTooSlow(sender.dripUntilAnswered());
        }
    }

    @Test
    void anImportMayTakeLongerAsLongAsEachPartComesInTime() throws IOException {
        String path = "/v1/completions/import";
        String framing = "Content-Length: " + PARTS * MIB;
        try (SlowSender sender = SlowSender.to(service, path, "application/x-ndjson", framing)) {
            for (int i = 0; i < PARTS; i++) {
                assertEquals("", sender.receivedWithin(HALF_THE_TIMEOUT));
                sender.send((i == 0 ? ROW : "").concat(" ".repeat(MIB)).substring(0, MIB));
            }
            String answer = sender.receivedWithin(SOON);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
    }

    @Test
    void aCrowdOfThemHoldsUpNoReportAndIsGivenUp() throws IOException {
        List<SlowSender> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(SlowSender.to(service, "/v1/completions/batch", 1_000_000));
            }
            assertEquals(Reports.RECORDED, new Reports(service.url()).send("among the crowd"));
            await().atMost(SOON).until(service::isReady);
            for (SlowSender each : crowd) {
                each.dripUntilAnswered();
            }
            assertTrue(service.isReady());
        } finally {
            for (SlowSender each : crowd) {
                each.close();
            }
        }
    }

    @Test
    void aCrowdWhoseHeadersTrickleIsCutOff() throws IOException {
        List<SlowSender> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(SlowSender.inTheHead(service, "/v1/completions"));
            }
            long start = System.nanoTime();
            for (SlowSender each : crowd) {
                assertEquals("", each.dripUntilAnswered());
            }
            assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(SOON) < 0);
            assertTrue(service.isReady());
        } finally {
            for (SlowSender each : crowd) {
                each.close();
            }
        }
    }

    private static void assertTooSlow(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 408 ") && answer.contains("body_too_slow"), answer);
    }
}
