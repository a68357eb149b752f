package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import io.phaseledger.policy.Policies;
import io.phaseledger.policy.SlateBook;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.History;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Verdict;
import io.phaseledger.timeliness.Extent;
import io.phaseledger.timeliness.Histories;
import io.phaseledger.timeliness.Known;
import io.phaseledger.timeliness.Wanted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the database reads of histories, in parts, is what there is in the whole ledger; {@code -Dlaws.seed=…} repeats. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HistoriesAgreeTest {

    private static final int LEDGERS = Integer.getInteger("agree.ledgers", 4);
    private static final int QUESTIONS = 40;
    private static final long SEED = Long.getLong("laws.seed", System.nanoTime());
    private static final int ALL = 1_000;

    @Inject
    DataSource dataSource;

    @Inject
    Positions positions;

    @Inject
    Policies policies;

    @Inject
    SlateBook slates;

    @Test
    void aHistoryThatIsReadIsTheOneThatReadingEverythingGives() throws SQLException {
        int compared = 0;
        for (int i = 0; i < LEDGERS; i++) {
            Random random = new Random(SEED + i);
            String run = "histories" + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX);
            Instant end = Instant.now().truncatedTo(ChronoUnit.MICROS);
            RandomLedger draw = new RandomLedger(random, run, end);
            List<Policy> drawn =
                    List.copyOf(new RandomPolicies(draw).draw(run + ".").values());
            drawn.forEach(Recorder::policy);
            MemoryLedger stored = record(draw, run, random);
            for (int j = 0; j < QUESTIONS; j++) {
                Policy policy = drawn.get(random.nextInt(drawn.size()));
                compared += compare(stored, policy, drawn, draw.question(), end, random);
            }
        }
        assertTrue(compared > LEDGERS * QUESTIONS, compared + " instants compared, -Dlaws.seed=" + SEED);
    }

    private MemoryLedger record(RandomLedger draw, String phase, Random random) throws SQLException {
        for (int portion = 0; portion < 2; portion++) {
            MemoryLedger drawn = draw.draw();
            drawn.slates().forEach(Recorder::slate);
            Recorder.complete(drawn.rows());
            stored(phase).rows().stream()
                    .filter(row -> random.nextInt(4) == 0)
                    .map(Completion::id)
                    .forEach(Recorder::retract);
        }
        return stored(phase);
    }

    private MemoryLedger stored(String phase) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new StoredLedger(connection).read(phase);
        }
    }

    /** How many instants were compared. */
    private int compare(
            MemoryLedger ledger, Policy policy, List<Policy> all, Question asked, Instant end, Random random)
            throws SQLException {
        String name = String.valueOf(policy.name());
        Head head = positions.head();
        long position = random.nextBoolean() ? head.position() : anyPosition(ledger, random, head);
        Instant asOf = random.nextInt(3) == 0 ? asked.asOf() : head.now();
        int most = random.nextBoolean() ? ALL : random.nextInt(4);
        Extent extent = random.nextBoolean() ? Extent.WHOLE : Extent.DECIDING;
        History expected = ledger.history(name, asked.gameDate(), all, asOf, position);
        List<Instant> instants = new ArrayList<>(expected.changes());
        Instant about =
                instants.isEmpty() || random.nextInt(4) == 0 ? null : instants.get(random.nextInt(instants.size()));
        History read = read(new Wanted(name, asked.gameDate(), about), asOf, position, extent, most);
        instants.add(end);
        int compared = 0;
        for (Instant at : instants) {
            String told = "-Dlaws.seed=" + SEED + " at " + at + ", " + most + " of each, " + extent;
            if (read.isKnownAt(at) && !at.isAfter(asOf)) {
                same(expected.verdictAt(at), read.verdictAt(at), extent, told);
                compared++;
            } else {
                assertTrue(most < ALL || at.isAfter(asOf), told);
            }
            assertTrue(about == null || read.isKnownAt(about), told);
        }
        return compared;
    }

    private static long anyPosition(MemoryLedger ledger, Random random, Head head) {
        List<Long> all = ledger.rows().stream().map(Completion::position).toList();
        return all.isEmpty() ? head.position() : all.get(random.nextInt(all.size()));
    }

    private static void same(Verdict expected, Verdict read, Extent extent, String told) {
        if (extent == Extent.WHOLE) {
            assertEquals(expected.state(), read.state(), told);
            assertEquals(expected.reasons(), read.reasons(), told);
            assertEquals(expected.warnings(), read.warnings(), told);
            assertEquals(expected.judgements(), read.judgements(), told);
        } else {
            assertEquals(expected.ready(), read.ready(), told);
            assertEquals(expected.expiresAt(), read.expiresAt(), told);
        }
    }

    private History read(Wanted wanted, Instant asOf, long position, Extent extent, int most) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var newest = connection.createStatement();
                var row = newest.executeQuery("SELECT coalesce(max(position), 0) FROM nba_orchestration.slates")) {
            row.next();
            Known known = new Known(
                    asOf, position, policies.at(positions.head()), slates.upTo(position, row.getLong(1), connection));
            return Objects.requireNonNull(Histories.read(connection, known, List.of(wanted), extent, most)
                    .get(wanted));
        }
    }
}
