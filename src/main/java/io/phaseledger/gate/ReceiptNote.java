package io.phaseledger.gate;

import io.phaseledger.readiness.Code;
import io.phaseledger.readiness.Reason;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of its receipt.
 *
 * @param consumer that asked for one; null when none was asked for
 * @param id null when there is none
 */
record ReceiptNote(@Nullable String consumer, @Nullable UUID id) {

    static final String HEADER = "Receipt-Id";

    static final ReceiptNote NONE_ASKED = new ReceiptNote(null, null);

    static ReceiptNote of(String consumer, @Nullable UUID id) {
        return new ReceiptNote(consumer, id);
    }

    Optional<String> header() {
        return Optional.ofNullable(id).map(UUID::toString);
    }

    /** That there should be one and is not. */
    Optional<Reason> warning() {
        return consumer == null || id != null
                ? Optional.empty()
                : Optional.of(new Reason(
                        Code.RECEIPT_NOT_STORED,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "no receipt of this answer could be stored for " + consumer));
    }
}
