package io.phaseledger.ledger;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that stand for others, and the names that policies read. */
public interface Names {

    /** What is known at a head that is held, so that no alias slips in between. */
    Known at(Head head);

    /** The names at one head. */
    interface Known {

        /** The phase that a reported one stands for; itself when it stands for none. */
        String phase(String reported);

        /** The processor that a reported one stands for; itself when it stands for none. */
        String processor(String reported);

        /** These phases and what they stand for: what was recorded before one was an alias has the alias. */
        default Set<String> withWhatTheyStandFor(Set<String> phases) {
            return phases.stream()
                    .flatMap(phase -> Stream.of(phase, phase(phase)))
                    .collect(Collectors.toSet());
        }

        /** Whether some policy reads this processor's completions of this phase. */
        boolean isAwaited(String phase, String processor);

        /** The phase of which this processor is awaited, else the awaited processor whose name looks most like it. */
        Optional<String> nearest(String phase, String processor);
    }
}
