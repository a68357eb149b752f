package io.phaseledger.database;

/** Told each time that the database was asked and did not answer, to classes that have callers waiting for it. */
public record DatabaseAway() {}
