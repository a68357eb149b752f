package io.phaseledger.gate;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.database.CountedStatements;
import io.phaseledger.http.Problem;
import io.phaseledger.policy.KnownSlates;
import io.phaseledger.policy.Policies;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.State;
import io.phaseledger.timeliness.Timekeeper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a question asks the database: once, unless what was remembered is not what holds any more. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RoundTripsTest {

    private static final String FRESH = ", \"freshness\": {\"max_age\": \"PT6H\", \"applies\": \"same_day\"}";

    @Inject
    DataSource pool;

    @Inject
    Policies policies;

    @Inject
    KnownSlates slates;

    @Inject
    Timekeeper timekeeper;

    private CountedStatements counted;
    private Gate gate;

    @BeforeEach
    void begin() {
        counted = new CountedStatements(pool);
        gate = new Gate(counted.statements(), policies, slates, timekeeper);
    }

    private static Inquiry about(Asking asking) {
        return new Inquiry(asking.policy(), LocalDate.parse(Asking.DATE), Mode.LIVE, null, null);
    }

    private State state(Asking asking) {
        return gate.answer(about(asking)).verdict().state();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FRESH, ", \"upstream\": [{\"policy\": \"phase4_previous_slate\"}]"})
    void a_question_takes_one(String fields) {
        Asking asking = Asking.of(fields);
        assertEquals(State.NOT_READY, state(asking));
        assertEquals(1, counted.during(() -> assertEquals(State.NOT_READY, state(asking))));
        asking.complete("");
        assertEquals(1, counted.during(() -> assertEquals(State.READY, state(asking))));
        Inquiry today = new Inquiry(asking.policy(), null, Mode.LIVE, null, null);
        gate.answer(today);
        assertEquals(1, counted.during(() -> gate.answer(today)));
    }

    @Test
    void a_newer_policy_is_noticed_by_the_one_and_read_once() {
        Asking asking = Asking.of("");
        Asking other = Asking.of("");
        other.complete("");
        assertEquals(State.NOT_READY, state(asking));
        new Asking(asking.policy(), other.processor()).put("");
        int noticing = counted.during(() -> assertEquals(State.READY, state(asking)));
        assertTrue(noticing <= 3, () -> noticing + " for a look, the policy and a look at what it asks");
        assertEquals(1, counted.during(() -> assertEquals(State.READY, state(asking))));
    }

    @Test
    void a_newer_slate_is_noticed_by_the_one_and_read_once() {
        Asking asking = Asking.of("");
        assertEquals(State.NOT_READY, state(asking));
        given().contentType("application/json")
                .body("{\"units\": 0, \"note\": \"" + asking.policy() + "\"}")
                .put("/v1/slates/" + Asking.DATE);
        assertEquals(2, counted.during(() -> assertEquals(State.NOT_APPLICABLE, state(asking))));
        assertEquals(1, counted.during(() -> assertEquals(State.NOT_APPLICABLE, state(asking))));
        given().contentType("application/json")
                .body("{\"units\": 5, \"note\": \"" + asking.policy() + "\"}")
                .put("/v1/slates/" + Asking.DATE);
        assertEquals(2, counted.during(() -> assertEquals(State.NOT_READY, state(asking))));
    }

    @Test
    void what_was_known_once_takes_two_and_then_one() {
        Asking asking = Asking.of("");
        asking.complete("");
        AsKnown when = new AsKnown(Instant.now(), null, null, false);
        gate.answer(about(asking));
        assertEquals(2, counted.during(() -> gate.answer(about(asking), when)));
        assertEquals(1, counted.during(() -> gate.answer(about(asking), when)));
    }

    @Test
    void rows_that_are_others_at_every_look_are_no_answer() {
        Asking asking = Asking.of("");
        AtomicInteger looks = new AtomicInteger();
        Problem problem = assertThrows(
                Problem.class,
                () -> gate.gather(AsKnown.NOW, snapshot -> {
                    int look = looks.getAndIncrement();
                    assertTrue(look < 100, "it is looked without end");
                    LocalDate another = LocalDate.parse(Asking.DATE).plusDays(look);
                    return List.of(new Subject(snapshot.policy(asking.policy()), List.of(another)));
                }));
        assertEquals("ledger_unavailable", problem.code());
    }
}
