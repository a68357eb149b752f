package io.phaseledger.gate;

import java.time.LocalDate;

/** What a verdict is about: a policy by its name, and a date. */
public record PolicyDate(String policy, LocalDate gameDate) {}
