package io.phaseledger.watch;

import java.time.LocalDate;

/** What a verdict is about: a policy by its name, and a date. */
record PolicyDate(String policy, LocalDate gameDate) {}
