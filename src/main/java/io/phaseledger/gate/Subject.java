package io.phaseledger.gate;

import io.phaseledger.policy.PolicyBook.InForce;
import java.time.LocalDate;
import java.util.List;

/**
 * What is asked of a snapshot.
 *
 * @param dates rising, at least one
 */
record Subject(InForce policy, List<LocalDate> dates) {}
