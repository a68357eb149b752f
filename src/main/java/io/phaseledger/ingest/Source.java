package io.phaseledger.ingest;

import java.util.Locale;

/** By which way a message comes. */
enum Source {
    PUBSUB,
    CLOUDEVENTS,
    OPENLINEAGE;

    /** As it is written outside and in the database. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Source of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
