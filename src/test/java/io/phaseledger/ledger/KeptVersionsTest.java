package io.phaseledger.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in force at which revision; the tests of aliases and policies show that it is read from the database. */
class KeptVersionsTest {

    private static final Put ONLY = new Put("a", 2, "only");
    private static final Put FIRST = new Put("b", 1, "first");
    private static final Put SECOND = new Put("b", 4, "second");

    private final Versions<Put> versions =
            Versions.<Put>none().and(List.of(FIRST, ONLY), 2).and(List.of(SECOND, new Put("a", 5, null)), 6);

    @Test
    void a_name_that_was_closed_is_still_there_as_of_before() {
        assertEquals(Optional.empty(), versions.newest("a"));
        assertEquals(Optional.of(ONLY), versions.newest("a", 4));
        assertEquals(List.of(SECOND), versions.newest());
        assertEquals(Set.of("a", "b"), versions.names());
    }

    @Test
    void a_name_that_was_closed_can_be_put_again() {
        Put again = new Put("a", 7, "again");
        Versions<Put> later = versions.and(List.of(again), 7);
        assertEquals(List.of(again, SECOND), later.newest());
        assertEquals(Optional.empty(), later.newest("a", 6));
    }

    @Test
    void there_is_nothing_before_the_first_version() {
        assertEquals(Optional.empty(), versions.newest("b", 0));
        assertEquals(Optional.of(FIRST), versions.newest("b", 3));
        assertEquals(List.of(FIRST, SECOND), versions.of("b"));
        assertEquals(Optional.empty(), versions.newest("c"));
    }

    @Test
    void they_are_all_that_there_are_up_to_a_revision_and_no_further() {
        assertTrue(versions.covers(6));
        assertFalse(versions.covers(7));
    }

    private record Put(String name, long revision, @Nullable String says) implements Versions.Version {
        @Override
        public boolean closes() {
            return says == null;
        }
    }
}
