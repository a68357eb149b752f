package io.phaseledger.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of random sets of runs, cleared, mapped, hourly, skipped and started by others: the rows do not depend on the order in
 * which events come nor on how often, and before all have come no date is ready that is not when they have. With
 * {@code -Druns.seeds=100000}, of many more.
 */
class RunLawsTest {

    private static final int ORDERS = 6;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("runs.seeds", 60));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_order_of_events_changes_nothing_and_no_date_is_ready_too_soon(long seed) {
        Random random = new Random(seed);
        Night night = new Night(random, true);
        List<RunEvent> events = night.events();
        Set<String> rows = rows(events, night);
        Set<String> ready = ready(rows);
        for (int i = 0; i < ORDERS; i++) {
            List<RunEvent> order = new ArrayList<>(events);
            events.forEach(each -> order.addAll(Collections.nCopies(random.nextInt(3), each)));
            Collections.shuffle(order, random);
            assertEquals(rows, rows(order, night), "seed " + seed);
            for (int sent = 1; sent < order.size(); sent += 1 + random.nextInt(3)) {
                Set<String> soon = ready(rows(order.subList(0, sent), night));
                soon.removeAll(ready);
                soon.removeAll(night.skippedByDag());
                assertTrue(soon.isEmpty(), soon + " too soon of seed " + seed + ", after " + order.subList(0, sent));
            }
        }
    }

    private static Set<String> ready(Set<String> rows) {
        return rows.stream()
                .filter(row -> row.contains(" success "))
                .map(row -> row.substring(0, row.indexOf(' ')))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The rows of all runs, each as {@code job status date count time}. */
    private static Set<String> rows(Collection<RunEvent> events, Night night) {
        Set<RunKey> keys = events.stream().map(RunEvent::run).collect(Collectors.toCollection(LinkedHashSet::new));
        Readings readings =
                new Readings(new LinkedHashSet<>(events), (namespace, job) -> night.interpretation(job), Instant.MAX);
        Set<RunGroup> groups = new LinkedHashSet<>();
        Set<String> rows = new TreeSet<>();
        for (Run run : readings.runs(keys)) {
            readings.reading(run).rows().forEach(row -> rows.add(text(run.job(), row)));
            groups.addAll(readings.groups(run));
        }
        for (RunGroup group : groups) {
            readings.targets(Set.of(group))
                    .forEach(target ->
                            target.rows().apply(target.now()).forEach(row -> rows.add(text(group.job(), row))));
        }
        return rows;
    }

    private static String text(String job, Row row) {
        return job + "@" + row.date() + " " + row.status() + " " + row.count() + " "
                + row.event().identity();
    }
}
