/**
 * The process: {@link io.phaseledger.Launcher} sees to a database and then hands over to Quarkus.
 *
 * <p>Without options of the JVM it first starts a second JVM on the {@code ClassDataArchive} that the build has made by
 * {@code Rehearsal}, which halves the CPU time of a start.
 *
 * <p>It is the one class that knows there may be an embedded PostgreSQL; everything else reads
 * {@code quarkus.datasource.*} and cannot tell whose PostgreSQL answers.
 *
 * <p>Where the service's own role may not change the schema, its owner runs {@code Migrate} as a process that ends: Flyway
 * without Quarkus, by the same settings, and then {@code afterMigrate__grants.sql} for the role of the service. In the
 * embedded PostgreSQL both roles are there from the start, and Quarkus migrates as the owner. {@code Verify} is a process
 * that ends too: it runs what {@code db/queries} has to tell whether the ledger is whole.
 */
@NullMarked
package io.phaseledger;

import org.jspecify.annotations.NullMarked;
