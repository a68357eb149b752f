/**
 * How far imports have come: somebody who sends a million lines wants to know, and so does whoever watches the service.
 *
 * <p>An import opens a {@link io.phaseledger.imports.Progress}, tells it after each commit what became of the lines, and
 * closes it. Progress writes one row that every instance can show ({@code GET /v1/imports}), counts for the metrics, and
 * a line in the log from time to time. It is told of what is committed already, so it may lag behind the ledger and never
 * runs ahead of it; the ledger does not read it.
 */
@NullMarked
package io.phaseledger.imports;

import org.jspecify.annotations.NullMarked;
