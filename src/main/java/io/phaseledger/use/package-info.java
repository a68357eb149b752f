/**
 * Uses: the runs of a policy's consumers, held against what the policy said when they began.
 *
 * <p>{@code UseTable} reads what consumers reported, {@code ConsumerRun} makes runs of those rows, and {@code Use} holds a run
 * against the policy's history: both are pure, so the same rows give the same uses in whatever order they came, and as of any
 * instant. Nothing here is stored.
 *
 * <p>A run is before its input only if two accounts agree: by what the ledger had been told, and by what had been done by
 * then, whenever it was told. A report that came late makes no run wrong.
 */
@NullMarked
package io.phaseledger.use;

import org.jspecify.annotations.NullMarked;
