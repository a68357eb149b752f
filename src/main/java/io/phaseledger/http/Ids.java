package io.phaseledger.http;

import java.util.Optional;
import java.util.UUID;

/** Ids in paths. */
public final class Ids {

    private Ids() {}

    /** The id that it is; empty for what is none, so that nothing has it. */
    public static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
