package io.phaseledger.subscription;

/** Why a subscription is called no more. */
enum Disabled {
    BY_REQUEST,
    /** A call of it failed for as long as calls are tried. */
    DEAD,
    /** Its receiver said that it never wants to be called again. */
    GONE
}
