/**
 * Keeps a table in BigQuery equal to the ledger: {@code nba_orchestration.phase_completions}, which analysts and the
 * pipeline's own queries read. A leaf: off unless a project is configured, and no request waits for it.
 *
 * <p>{@code Mirror} follows the ledger at a pace of its own. Every few minutes it cuts a window of positions, writes down
 * a {@code LoadJob} for it, sends the rows, and when BigQuery says that they are loaded, moves its cursor of the feed. The
 * id of the job says which window of which ledger it brings, for which time. It is written down before it is sent and
 * stays the same until its outcome is known. An instance that does not know whether a job arrived, after a lost
 * answer or a killed process, asks for it by its id, and BigQuery refuses a second job of that id. Only when it says that a job has
 * failed, and so has loaded nothing, is there another id. {@code BigQueryConnection} is the way there, {@code Warehouse} the only class
 * that knows Google's.
 *
 * <p>A row has the twelve columns and nothing else; what the ledger knows beside them is in {@code metadata} under one
 * key ({@code MirroredRow}). Rows without it are foreign: other writers brought them. {@code Importing} reads those into the
 * ledger, which then says that the table is where they are from, so that they are not sent back. {@code Comparing} looks
 * whether both sides are equal, by counts and checksums of each date first, and by rows where these differ.
 *
 * <p>Easy to get wrong: what a window contains must be the same whenever it is read, so whether a row is retracted is
 * said as of the end of its window; the truth is in the retraction's own row, and the views beside the table go by that. The
 * ids of jobs are one list for a whole project, so an id has a hash of the table's full name: without it, another dataset's
 * job would answer for a window, and its rows would never come.
 */
@NullMarked
package io.phaseledger.mirror;

import org.jspecify.annotations.NullMarked;
