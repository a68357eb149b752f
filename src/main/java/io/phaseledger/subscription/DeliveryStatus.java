package io.phaseledger.subscription;

/** What has become of a delivery. */
enum DeliveryStatus {
    PENDING,
    DELIVERED,
    /** Given up. */
    DEAD,
    /** By request. */
    SKIPPED
}
