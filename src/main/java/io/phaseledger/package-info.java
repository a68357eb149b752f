/**
 * The process: {@link io.phaseledger.Launcher} sees to a database and then hands over to Quarkus.
 *
 * <p>It is the one class that knows a database may come along with the service; everything else reads
 * {@code quarkus.datasource.*} and cannot tell whose PostgreSQL answers.
 *
 * <p>Where the service's own role may not change the schema, its owner runs {@code Migrate} as a process that ends: Flyway
 * without Quarkus, by the same settings, and then {@code db/grants.sql} for the role of the service.
 */
@NullMarked
package io.phaseledger;

import org.jspecify.annotations.NullMarked;
