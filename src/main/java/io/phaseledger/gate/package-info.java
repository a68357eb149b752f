/**
 * The question "is it ready?", from HTTP to the rule and back.
 *
 * <p>{@code ReadinessResource} reads an {@code Ask}; {@code Gate} looks at the ledger once, for where it ends and for the
 * evidence, by one statement: policies and slates are remembered, and that statement tells whether there are newer ones.
 * All of it is bounded by one position. Then {@link io.phaseledger.readiness.Readiness#evaluate} answers, and {@code
 * VerdictView} shows the answer.
 *
 * <p>{@code EvidenceTable} is where speed is decided: it descends the index once for each status of each processor,
 * never over the re-runs in between, so a question costs the same whether a processor ran once or ten thousand times. No
 * statistics can give it another plan; V014 of the migrations says why.
 *
 * <p>A caller may wait. All who have the same {@code Inquiry} are one {@code WaitGroup}, for which the answer is looked for
 * once. {@code Waiters} knows which rows bear on it, follows the feed, and keeps the clock: when a row grows stale, a date
 * ends or a version takes over. A caller is in its group before the ledger is looked at for it, so a commit is either seen
 * by that look or told afterwards. It holds no thread and no connection to the database meanwhile.
 */
@NullMarked
package io.phaseledger.gate;

import org.jspecify.annotations.NullMarked;
