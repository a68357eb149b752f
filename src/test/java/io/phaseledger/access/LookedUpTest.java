package io.phaseledger.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The database's clock says when a key expires; this machine's may be years ahead or behind. */
class LookedUpTest {

    private static final Instant EXPIRES = Instant.parse("2001-06-01T00:00:00Z");

    @Test
    void a_key_is_good_until_it_expires_by_the_clock_of_the_database() {
        assertTrue(lookedUp(EXPIRES.minusSeconds(60)).isGood());
        assertFalse(lookedUp(EXPIRES).isGood());
    }

    @Test
    void a_key_expires_while_it_is_remembered() {
        KeyRow row = expiring();
        long aMinuteAgo = System.nanoTime() - Duration.ofMinutes(1).toNanos();
        assertFalse(new LookedUp(row, EXPIRES.minusSeconds(59), aMinuteAgo).isGood());
    }

    private static LookedUp lookedUp(Instant asOf) {
        return new LookedUp(expiring(), asOf, System.nanoTime());
    }

    private static KeyRow expiring() {
        KeyRow row = new KeyRow();
        row.expiresAt = EXPIRES;
        return row;
    }
}
