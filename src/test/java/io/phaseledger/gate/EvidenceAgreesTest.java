package io.phaseledger.gate;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.MemoryLedger;
import io.phaseledger.RandomLedger;
import io.phaseledger.RandomPolicies;
import io.phaseledger.Recorder;
import io.phaseledger.StoredLedger;
import io.phaseledger.http.EnumNames;
import io.phaseledger.policy.PolicyBook;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Status;
import io.phaseledger.readiness.Verdict;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the database gathers by index gives the same verdicts as reading everything; {@code -Dlaws.seed=…} repeats, {@code -Dagree.ledgers=…} asks of more. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class EvidenceAgreesTest {

    private static final int LEDGERS = Integer.getInteger("agree.ledgers", 4);
    private static final int QUESTIONS = 60;
    private static final long SEED = Long.getLong("laws.seed", System.nanoTime());

    @Inject
    Gate gate;

    @Inject
    DataSource dataSource;

    @Test
    void theVerdictIsTheOneThatReadingEverythingGives() throws SQLException {
        for (int i = 0; i < LEDGERS; i++) {
            Random random = new Random(SEED + i);
            String run = "agrees" + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX);
            RandomLedger draw = new RandomLedger(random, run, Instant.now().truncatedTo(ChronoUnit.MICROS));
            List<Policy> policies =
                    List.copyOf(new RandomPolicies(draw).draw(run + ".").values());
            policies.forEach(Recorder::policy);
            MemoryLedger stored = record(draw, run, random);
            for (int j = 0; j < QUESTIONS; j++) {
                Policy policy = policies.get(random.nextInt(policies.size()));
                compare(stored, String.valueOf(policy.name()), draw.question(), random);
            }
        }
    }

    /** The function {@code look} of the database has a list of its own: a status that it lacks would make no one ready. */
    @ParameterizedTest
    @EnumSource
    void aRowOfEachStatusIsFound(Status status) throws SQLException {
        EvidenceKey key = new EvidenceKey("phase4", "of" + System.nanoTime(), LocalDate.parse("2031-05-05"));
        given().contentType("application/json")
                .body("""
                        {"phase": "%s", "game_date": "%s", "processor_name": "%s", "status": "%s"}""".formatted(key.phase(), key.gameDate(), key.processorName(), EnumNames.of(status)))
                .post("/v1/completions")
                .then()
                .statusCode(201);
        try (Connection connection = dataSource.getConnection()) {
            Reading reading = EvidenceTable.read(connection, List.of(key), null, null);
            assertEquals(
                    List.of(status),
                    reading.rows().stream().map(Completion::status).toList());
        }
    }

    /** In two portions, each followed by retractions, so that these lie between completions by position. */
    private MemoryLedger record(RandomLedger draw, String phase, Random random) throws SQLException {
        for (int portion = 0; portion < 2; portion++) {
            MemoryLedger drawn = draw.draw();
            drawn.slates().forEach(Recorder::slate);
            Recorder.complete(drawn.rows());
            MemoryLedger stored = read(phase);
            stored.rows().stream()
                    .filter(row -> random.nextInt(4) == 0)
                    .map(Completion::id)
                    .forEach(Recorder::retract);
        }
        return read(phase);
    }

    private MemoryLedger read(String phase) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new StoredLedger(connection).read(phase);
        }
    }

    private void compare(MemoryLedger ledger, String policy, Question drawn, Random random) {
        Long position = random.nextBoolean() ? null : anyPosition(ledger, random);
        Instant asOf = random.nextInt(3) == 0 ? anyMoment(ledger, random) : drawn.asOf();
        Gathered gathered = gate.gather(
                new AsKnown(asOf, position, null, false),
                snapshot -> List.of(new Subject(snapshot.policy(policy), List.of(drawn.gameDate()))));
        PolicyBook.InForce asked = gathered.subjects().get(0).policy();
        Snapshot snapshot = gathered.snapshot();
        Question question = new Question(drawn.gameDate(), drawn.mode(), asOf, drawn.within(), drawn.applies());
        Map<String, Policy> upstreams = snapshot.upstreamsOf(List.of(asked.policy()));
        Evidence all = ledger.evidence(asOf, snapshot.position(), upstreams);
        Verdict expected = new Gathered(snapshot, gathered.subjects(), gathered.cells(), all).verdict(asked, question);
        assertEquals(expected, gathered.verdict(asked, question), () -> "-Dlaws.seed=" + SEED + " at " + position);
    }

    private static @Nullable Long anyPosition(MemoryLedger ledger, Random random) {
        List<Long> positions = new ArrayList<>();
        ledger.rows().forEach(row -> positions.add(row.position()));
        ledger.retractions().forEach(row -> positions.add(row.position()));
        return positions.isEmpty() ? null : positions.get(random.nextInt(positions.size()));
    }

    /** When something was learned, or a microsecond before. */
    private static Instant anyMoment(MemoryLedger ledger, Random random) {
        List<Instant> moments = Stream.concat(
                        ledger.rows().stream().map(Completion::insertedAt),
                        ledger.retractions().stream().map(MemoryLedger.Retraction::insertedAt))
                .toList();
        Instant moment = moments.isEmpty() ? Instant.now() : moments.get(random.nextInt(moments.size()));
        return random.nextBoolean() ? moment : moment.minusNanos(1000);
    }
}
