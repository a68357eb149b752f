/**
 * The embedded PostgreSQL 18, used when no database is configured, its data kept in {@code phase-ledger.data-dir}.
 *
 * <p>A data folder holds {@code lock}, {@code bin} (PostgreSQL's programs, unpacked once), {@code db/pg18} (the data),
 * {@code pg_service.conf} (how to get in) and {@code postgres.log} (the last start; PostgreSQL's own log is in
 * {@code db/pg18/log}, one file a weekday, each overwritten a week later). The process that holds the operating system's
 * lock on {@code lock} owns the folder: only then may it stop a PostgreSQL left there by a killed run, so a second
 * instance can never end the first one's.
 *
 * <p>Commits are durable: fsync, synchronous_commit and full_page_writes are on, on the command line, where no
 * configuration file can turn them off.
 *
 * <p>Other users of the machine are kept out. PostgreSQL listens on 127.0.0.1 and nowhere else, and there it asks for
 * passwords of 256 random bits. Those of the owner and of the service are new at each start, that of the superuser stays;
 * all are in {@code pg_service.conf} alone, mode 0600 in a folder that is closed to others. The service connects as a role
 * that can read and add, and no more; another owns the tables and migrates them
 * ({@link io.phaseledger.embedded.Superuser}). Where the service is started by root, PostgreSQL runs under an id that no
 * account has, if it can ({@link io.phaseledger.embedded.Account}).
 *
 * <p>Data of a version that asked for no password is taken over before anything listens: single-user mode gives the
 * superuser a password, and the role that owned everything becomes the owner. The same mends a folder whose
 * {@code pg_service.conf} is lost ({@link io.phaseledger.embedded.Server}).
 *
 * <p>PostgreSQL is a process of its own and outlives a killed Java. So each start first deals with what the last one
 * left ({@link io.phaseledger.embedded.Leftovers}), and a watch brings back a PostgreSQL that was killed, on the same
 * port, so that the connection pool recovers by itself ({@link io.phaseledger.embedded.EmbeddedDatabase}).
 */
@NullMarked
package io.phaseledger.embedded;

import org.jspecify.annotations.NullMarked;
