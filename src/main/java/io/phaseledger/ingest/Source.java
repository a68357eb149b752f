package io.phaseledger.ingest;

/** By which way a message comes. */
enum Source {
    PUBSUB,
    CLOUDEVENTS,
    OPENLINEAGE
}
