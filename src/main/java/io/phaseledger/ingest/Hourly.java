package io.phaseledger.ingest;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells what is the first of its kind in an hour, so that a sender which is wrong all night fills no log. */
@Singleton
class Hourly {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Kinds that are remembered; of more, some are told again. */
    private static final int MOST_KINDS = 1_000;

    private final InstantSource clock = InstantSource.system();

    private final Map<String, Instant> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_KINDS;
        }
    };

    synchronized boolean isFirst(String kind) {
        Instant now = clock.instant();
        Instant last = told.get(kind);
        if (last != null && now.isBefore(last.plus(HOUR))) {
            return false;
        }
        told.put(kind, now);
        return true;
    }
}
