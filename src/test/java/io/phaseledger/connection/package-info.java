/** Connections as no HTTP library makes them: heads that trickle, bodies with two ends, frames without end, and crowds. */
@NullMarked
package io.phaseledger.connection;

import org.jspecify.annotations.NullMarked;
