package io.phaseledger.ledger;

import static io.phaseledger.ledger.RecordedHistory.accepting;
import static io.phaseledger.ledger.Sent.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and streams are read while others write. */
@Tag("proof")
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HistoryWhileWritingTest {

    private static final int THERE_BEFORE = 60;
    private static final int WRITERS = 4;
    private static final int MOST_PAGES = 500;

    private final Sent sent = Sent.byNewProcessor();
    private final AtomicInteger runs = new AtomicInteger();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private volatile boolean stopped;

    @BeforeEach
    void writersWrite() {
        IntStream.range(0, THERE_BEFORE).forEach(i -> write());
        for (int i = 0; i < WRITERS; i++) {
            writers.execute(() -> {
                while (!stopped) {
                    write();
                }
            });
        }
    }

    private void write() {
        int position = post(sent.completion(Integer.toString(runs.incrementAndGet())))
                .statusCode(201)
                .extract()
                .path("position");
        acknowledged.add(position);
    }

    @AfterEach
    void writersStop() throws InterruptedException {
        stopped = true;
        writers.shutdown();
        assertTrue(writers.awaitTermination(30, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void eachRowThatWasThereComesOnceAndNoneTwice(String order) {
        List<Integer> there = List.copyOf(acknowledged);
        List<Integer> seen = new ArrayList<>();
        @Nullable String cursor = null;
        int pages = 0;
        do {
            var page = accepting("application/json")
                    .get(Sent.COMPLETIONS + "?limit=13&order=" + order + "&processor_name=" + sent.processor()
                            + (cursor == null ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.<List<Integer>>path("items.position"));
            cursor = page.path("next_cursor");
            pages++;
        } while (cursor != null && pages < MOST_PAGES);
        assertComplete(order, there, seen);
        assertTrue(acknowledged.size() > there.size(), "nobody wrote meanwhile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void aStreamHasEachRowUpToItsPositionAndNoneAfter(String order) {
        List<Integer> there = List.copyOf(acknowledged);
        var answer = accepting("text/csv")
                .get(Sent.COMPLETIONS + "?order=" + order + "&processor_name=" + sent.processor())
                .then()
                .statusCode(200)
                .extract();
        List<Integer> seen = answer.asString()
                .lines()
                .skip(1)
                .map(line -> Integer.valueOf(line.split(",", -1)[12]))
                .toList();
        int head = Integer.parseInt(answer.header("Ledger-Position"));
        assertComplete(order, there, seen);
        assertTrue(seen.stream().allMatch(position -> position <= head));
        assertTrue(acknowledged.stream().filter(position -> position <= head).allMatch(seen::contains));
    }

    /** Positions rise or fall strictly, so none comes twice; no row between two that came is passed over. */
    private void assertComplete(String order, List<Integer> there, List<Integer> seen) {
        List<Integer> rising = seen.stream().sorted().distinct().toList();
        List<Integer> expected = new ArrayList<>(rising);
        if (order.equals("desc")) {
            java.util.Collections.reverse(expected);
        }
        assertEquals(expected, seen);
        assertTrue(seen.containsAll(there), () -> there + " were there, seen were " + seen);
        assertEquals(
                List.of(),
                acknowledged.stream()
                        .filter(each -> each <= rising.get(rising.size() - 1) && !rising.contains(each))
                        .toList());
    }
}
