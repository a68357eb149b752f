/**
 * Runs of OpenLineage: what the events of a run say together decides its rows, whatever their order.
 *
 * <p>{@code Runs} stores an event before anything is answered, and marks its run as pending. {@code RunProcessor} then
 * takes a run that is pending, reads it with its relatives, works out the rows that should stand, and appends and retracts
 * until they do, in one transaction. Whatever is left over by a crash is still pending, and is taken by the next step of a
 * loop. A run whose rows cannot be worked out yet is held, and is pending again when it, its parent, a policy or a source
 * changes.
 *
 * <p>The heart is pure: {@code RunGraph} (which run is whose parent, for which date, part of what), {@code RunReading} (the
 * states and rows of a run, under the {@code JobInterpretation} of its job) and {@code GroupReading} (the rows of a {@code
 * RunGroup}, whose runs become whole together); {@code Readings} puts them together. They use nothing but the JDK and know
 * neither JSON nor a database. So the same events give the same rows in any order, which a test holds them to; and a source
 * is tried by the same functions, on events that are not stored.
 *
 * <p>Nothing here is ever read to answer a question about readiness: only rows are. What is kept here can be deleted
 * without changing an answer.
 *
 * <p>Easy to get wrong: Airflow gives a DAG run that was cleared another run id, and a task that is tried again too; its
 * own name of the run ({@code dagRun.run_id}) holds them together. A task that is marked a success by hand sends an event
 * without Airflow's facet, so what its earlier events say counts.
 */
@NullMarked
package io.phaseledger.run;

import org.jspecify.annotations.NullMarked;
