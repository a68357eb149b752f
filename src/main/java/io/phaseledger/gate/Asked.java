package io.phaseledger.gate;

import io.phaseledger.readiness.Policy;

/**
 * A policy that is asked, in the version that answers.
 *
 * @param retroactive whether it did not exist yet and its first version stands in
 */
record Asked(Policy policy, boolean retroactive) {}
