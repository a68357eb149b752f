package io.phaseledger.readiness;

/** What a finding about an upstream policy is: a warning, or a reason not to be ready. */
public enum Severity {
    WARN,
    REQUIRE
}
