package io.phaseledger.database;

/** Told each time that the database was asked and did not answer, to whoever has others waiting for it. */
public record DatabaseAway() {}
