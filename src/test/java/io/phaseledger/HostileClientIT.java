package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A client that sends thousands of requests nobody should send, to a packaged service of its own.
 *
 * <p>{@code -Dhostile.seed=…} repeats a run, {@code -Dhostile.requests=…} makes it longer or shorter.
 */
@Tag("proof")
class HostileClientIT {

    private static final long SEED = Long.getLong("hostile.seed", System.nanoTime());
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 5_000);
    private static final int MOST_SHOWN = 20;

    private static final ContractDocument CONTRACT = ContractDocument.read();
    private static final AnswerCheck CHECK = new AnswerCheck(CONTRACT);

    /** What the server beneath says, without a body, to what it cannot take for HTTP. */
    private static final List<Integer> NO_HTTP = List.of(400, 413, 414, 431);

    private static final String EVENTS = "text/event-stream";

    private final List<String> faults = new ArrayList<>();
    private final Map<Integer, Integer> answersByStatus = new TreeMap<>();

    @Test
    void nothing_that_is_sent_gets_more_than_a_documented_refusal() throws IOException {
        try (PackagedService service = PackagedService.start()) {
            service.waitUntilReady();
            int port = URI.create(service.url()).getPort();
            HostileRequests requests = new HostileRequests(SEED, seeds());
            for (int i = 0; i < REQUESTS; i++) {
                send(requests.next(), new RawHttp(port));
            }
            System.Logger log = System.getLogger(HostileClientIT.class.getName());
            log.log(System.Logger.Level.INFO, "seed {0}: answers by status {1}", Long.toString(SEED), answersByStatus);
            assertEquals(
                    List.of(),
                    faults,
                    () -> "seed " + SEED + ", " + faults.size() + " faults:\n"
                            + String.join("\n\n", faults.subList(0, Math.min(faults.size(), MOST_SHOWN))));
            assertStillWell(service, port);
        }
    }

    /** Good requests as well as every bad one of the table: what is mangled once more lies where nobody looked. */
    private static List<RawRequest> seeds() {
        List<RawRequest> seeds = new ArrayList<>();
        for (ContractDocument.Operation operation : CONTRACT.operations()) {
            RawRequest good = SampleRequest.of(operation).raw();
            List<BadRequest> bad = BadRequestsTest.requests(operation);
            bad.stream()
                    .map(BadRequest::request)
                    .filter(HostileClientIT::isSmall)
                    .forEach(seeds::add);
            if (!isEndless(operation)) {
                bad.forEach(each -> seeds.add(good));
            }
        }
        return seeds;
    }

    private static boolean isEndless(ContractDocument.Operation operation) {
        return Optional.ofNullable(operation.responses().get("200"))
                .map(answer -> answer.path("content").has(EVENTS))
                .orElse(false);
    }

    private static boolean isSmall(RawRequest request) {
        return request.body().length < 20_000;
    }

    private void send(Hostile hostile, RawHttp http) throws IOException {
        for (RawAnswer answer : answers(hostile, http)) {
            answersByStatus.merge(answer.status(), 1, Integer::sum);
            List<String> found = faults(hostile, answer);
            if (!found.isEmpty()) {
                faults.add(found + "\n--> " + hostile + "\n<-- " + answer);
            }
        }
    }

    private static List<RawAnswer> answers(Hostile hostile, RawHttp http) throws IOException {
        try {
            return hostile.leaves() ? http.sendAndLeave(hostile.bytes()) : http.send(hostile.bytes());
        } catch (SocketTimeoutException e) {
            throw new IOException("not ended by the server, seed " + SEED + ": " + hostile, e);
        }
    }

    private static List<String> faults(Hostile hostile, RawAnswer answer) {
        if (answer.status() >= 500) {
            return List.of("a fault of the server's");
        }
        if (EVENTS.equals(answer.headers().get("content-type"))) {
            return List.of(); // It goes on, and was not listened to.
        }
        if (answer.body().isEmpty() && (NO_HTTP.contains(answer.status()) || hasNoBody(hostile, answer))) {
            return List.of();
        }
        return CONTRACT.operations().stream()
                .filter(operation -> operation.has(hostile.method(), withoutSlash(hostile.path())))
                .filter(operation -> operation.responses().containsKey(Integer.toString(answer.status())))
                .findFirst()
                .map(operation -> CHECK.faults(operation, answer))
                .orElseGet(() -> answer.status() < 400 ? List.of("not documented") : CHECK.faultsOfProblem(answer));
    }

    /** At its end, where it makes no difference. */
    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean hasNoBody(Hostile hostile, RawAnswer answer) {
        return answer.status() == 204
                || answer.status() == 304
                || List.of("HEAD", "OPTIONS").contains(hostile.method());
    }

    private static void assertStillWell(PackagedService service, int port) throws IOException {
        assertTrue(service.isReady());
        RawAnswer answer = new RawHttp(port)
                .send(RawRequest.of("GET", "/v1/policies/phase4").bytes())
                .get(0);
        assertEquals(200, answer.status());
        assertFalse(service.log().contains("Incident"), service::log);
        assertFalse(service.log().contains("ERROR"), service::log);
    }
}
