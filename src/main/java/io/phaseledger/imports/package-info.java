/**
 * Imports: bodies of any length with a row a line, or with one array of rows.
 *
 * <p>{@link io.phaseledger.imports.JsonLines} reads one row at a time, and a row that is too long or no JSON does not spoil
 * the next line. {@link io.phaseledger.imports.LinePage} takes as many as one commit takes, and
 * {@link io.phaseledger.imports.Tally} counts what became of them.
 *
 * <p>The caller who sends a million lines and the operator want to know how far it has come. An import opens a
 * {@link io.phaseledger.imports.Progress}, tells it after each commit what became of the lines, and closes it. Progress
 * writes one row that every instance can show ({@code GET /v1/imports}), counts for the metrics, and a line in the log from
 * time to time. It is told of what is committed already, so it may lag behind the ledger and never runs ahead of it; the
 * ledger does not read it.
 */
@NullMarked
package io.phaseledger.imports;

import org.jspecify.annotations.NullMarked;
