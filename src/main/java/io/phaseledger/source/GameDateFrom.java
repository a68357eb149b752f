package io.phaseledger.source;

/** From what a run takes its date. */
public enum GameDateFrom {
    /** When the interval that the run is for begins. */
    NOMINAL_START,
    /** When it ends. */
    NOMINAL_END,
    /** The parent's run. */
    RUN
}
