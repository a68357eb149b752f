package io.phaseledger.ingest;

/** By which way a message comes. */
enum Door {
    PUBSUB,
    CLOUDEVENTS,
    OPENLINEAGE
}
