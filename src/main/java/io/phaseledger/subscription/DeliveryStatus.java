package io.phaseledger.subscription;

import java.util.Locale;

/** What has become of a delivery. */
enum DeliveryStatus {
    PENDING,
    DELIVERED,
    /** Given up. */
    DEAD,
    /** By request. */
    SKIPPED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
