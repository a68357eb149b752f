/**
 * The PostgreSQL 18 that comes along when no database is configured, its data kept in {@code phase-ledger.data-dir}.
 *
 * <p>A data folder holds {@code lock}, {@code bin} (PostgreSQL's programs, unpacked once), {@code db/pg18} (the data)
 * and {@code postgres.log} (the last start; PostgreSQL's own log is in {@code db/pg18/log}, one file a weekday, each
 * overwritten a week later). Whoever holds the operating system's lock on {@code lock} owns the folder: only then may
 * it stop a PostgreSQL left there by a killed run, so a second instance can never end the first one's.
 *
 * <p>Commits are durable: fsync, synchronous_commit and full_page_writes are on, on the command line, where no
 * configuration file can turn them off. PostgreSQL listens on 127.0.0.1 only and trusts whoever connects there
 * ({@code initdb -A trust}): every user of the same machine can read and write it, superuser included. Where that
 * matters, configure a database of your own.
 *
 * <p>PostgreSQL is a process of its own and outlives a killed Java. So each start first deals with what the last one
 * left ({@link io.phaseledger.embedded.Leftovers}), and a watch brings back a PostgreSQL that was killed, on the same
 * port, so that the connection pool recovers by itself ({@link io.phaseledger.embedded.EmbeddedDatabase}).
 */
@NullMarked
package io.phaseledger.embedded;

import org.jspecify.annotations.NullMarked;
