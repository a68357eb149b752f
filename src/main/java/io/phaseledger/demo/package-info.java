/**
 * A season to try the service with: 235 dates of a pipeline like the real one, good days and bad, by one command.
 *
 * <p>{@link io.phaseledger.demo.Demo} is the command. It sends the slates of {@code Season} and the completions of {@code
 * Days} to a running service through its public API, as history: each row says when it happened and when it was known, so
 * that any instant of the season can be asked about. Everything is derived from one seed: two runs send the same bytes, and
 * the second adds nothing.
 *
 * <p>The incidents of the real season happen here on the same dates ({@code Incident}); the ordinary failures,
 * re-runs and late days are drawn. The package is a leaf: only the launcher knows it.
 */
@NullMarked
package io.phaseledger.demo;

import org.jspecify.annotations.NullMarked;
