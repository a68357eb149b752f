package io.phaseledger.ingest;

import io.phaseledger.http.Problem;
import java.util.Optional;

/** Reads the messages of one source; what it reads goes by the message alone, so a retry reads the same. */
interface MessageReader {

    Source source();

    /**
     * The report that a message is; empty when it is about something that is not recorded.
     *
     * @throws Problem 400 or 422 when it cannot be read as one
     */
    Optional<ReadReport> read(Received message);
}
