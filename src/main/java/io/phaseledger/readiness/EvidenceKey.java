package io.phaseledger.readiness;

import java.time.LocalDate;

/** The place that a row reports on: one processor's work of one phase for one game date. */
public record EvidenceKey(String phase, String processorName, LocalDate gameDate) {}
