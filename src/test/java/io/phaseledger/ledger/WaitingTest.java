package io.phaseledger.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.access.Principal;
import io.phaseledger.access.Scope;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private final Waiting waiting = new Waiting(3, 10);

    @Test
    void a_report_does_not_wait_behind_pages_of_an_import() {
        Writer.Pending first = of(11);
        Writer.Pending second = of(11);
        Writer.Pending report = of(1);
        List.of(first, second, report).forEach(waiting::offer);
        assertEquals(List.of(report), waiting.nextSmall());
        assertEquals(List.of(first), waiting.nextLarge());
        assertEquals(List.of(), waiting.nextSmall());
        assertEquals(List.of(second), waiting.nextLarge());
        assertTrue(waiting.isEmpty());
    }

    @Test
    void small_ones_are_taken_together_up_to_the_limit_and_in_order() {
        Writer.Pending first = of(1);
        Writer.Pending second = of(9);
        Writer.Pending third = of(10);
        List.of(first, second, third).forEach(waiting::offer);
        assertEquals(List.of(first, second), waiting.nextSmall());
        assertEquals(List.of(third), waiting.nextSmall());
    }

    @Test
    void takes_no_more_of_a_kind_than_may_wait() {
        for (int i = 0; i < 3; i++) {
            assertTrue(waiting.offer(of(1)));
        }
        assertFalse(waiting.offer(of(1)));
        assertTrue(waiting.offer(of(11)));
    }

    private static final Principal TESTER = new Principal("test", Set.of(Scope.RECORD), Set.of(), Set.of());

    private static Writer.Pending of(int rows) {
        Submission submission = new Submission.Retraction(UUID.randomUUID(), new CompletionRow(), "{}", TESTER);
        return new Writer.Pending(new Unit(Collections.nCopies(rows, submission), false), new CompletableFuture<>());
    }
}
