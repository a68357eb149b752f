package io.phaseledger.readiness;

/**
 * A policy whose work comes before this one.
 *
 * @param policy its name
 * @param ready the severity when that policy is not ready for the same date
 * @param order the severity when that policy's input was completed after this one's work
 */
public record Upstream(String policy, Severity ready, Severity order) {

    /** Whether it can make a verdict not ready. */
    boolean decides() {
        return ready == Severity.REQUIRE || order == Severity.REQUIRE;
    }
}
