/**
 * The process: {@link io.phaseledger.Launcher} sees to a database and then hands over to Quarkus.
 *
 * <p>It is the one class that knows a database may come along with the service; everything else reads
 * {@code quarkus.datasource.*} and cannot tell whose PostgreSQL answers.
 */
@NullMarked
package io.phaseledger;

import org.jspecify.annotations.NullMarked;
