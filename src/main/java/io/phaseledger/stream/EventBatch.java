package io.phaseledger.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to be sent to a client at once.
 *
 * @param events in order; none for a sign of life
 * @param position up to where the client knows everything then
 * @param ending why the stream ends with it; null if it goes on
 */
record EventBatch(
        List<Event> events, long position, @Nullable String ending) {

    boolean isLast() {
        return ending != null;
    }

    /**
     * An event.
     *
     * @param type its name
     * @param json what it says, in one line
     */
    record Event(long position, String type, String json) {}

    static EventBatch sign(long position) {
        return new EventBatch(List.of(), position, null);
    }

    static EventBatch end(long position, String why) {
        return new EventBatch(List.of(), position, why);
    }

    static @Nullable EventBatch some(List<Event> events, long position) {
        return events.isEmpty() ? null : new EventBatch(events, position, null);
    }
}
