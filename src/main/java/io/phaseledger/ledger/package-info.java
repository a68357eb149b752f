/**
 * The ledger: one append-only table, and its only writer.
 *
 * <p>A report comes in as {@link io.phaseledger.ledger.RecordCompletion}. {@code Submissions} makes a {@link
 * io.phaseledger.ledger.Submission} of it: the row to be, with what {@code Identity} says makes a retry the same. {@code
 * Writer} queues submissions and commits as many at once as have come in meanwhile, because a commit costs the same for one
 * row as for a hundred. {@code Appending} is that commit, by plain JDBC on one connection: one exchange takes the lock and
 * reads what there is, {@code Recording} decides each submission (it is new, or it was said before, or it contradicts what
 * was said), one exchange inserts, one commits. What comes back is a {@link io.phaseledger.ledger.Receipt}.
 *
 * <p>A {@code Batch} is committed at once, so that all or none of it can be meant. An import is many commits: {@code
 * ImportCompletions} commits a page while it reads the next, and keeps nothing of what is behind it. What other
 * programs have written (imports, messages) is read leniently, by {@link io.phaseledger.http.Json#lenient}; a POST is not.
 *
 * <p>The order is the point. Every append takes one lock in a statement of its own, then reads the {@link
 * io.phaseledger.ledger.Head}, then inserts. Under READ COMMITTED a statement sees what was committed when it began, so
 * reading the head in the statement that waits for the lock would show the head of before the wait, and two
 * transactions would take one position. {@link io.phaseledger.ledger.Positions} keeps these two statements apart, for
 * whatever takes positions; {@code Appending} sends them together, and they are two all the same.
 *
 * <p>History is read as a {@code Selection} that becomes {@code Conditions}, a page at a time in position order and as if
 * the ledger ended at one position. A stream is the same pages one after another: it holds one page and, while its reader
 * takes its time, no connection. What goes wrong after the first byte must break the body off, for most readers take a
 * body that ends in good order for the whole.
 *
 * <p>Easy to get wrong: identity goes by the names as they were sent, evidence by the names that they stand for; a
 * replay refreshes nothing; {@code inserted_at} is the database's clock except for imported history, and {@code
 * imported_at} is the database's clock then.
 */
@NullMarked
package io.phaseledger.ledger;

import org.jspecify.annotations.NullMarked;
