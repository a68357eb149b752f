package io.phaseledger.access;

/** Whether callers must say who they are. */
enum AccessMode {
    NONE,
    REQUIRED,
    EXTERNAL
}
