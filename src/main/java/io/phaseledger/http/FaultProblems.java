package io.phaseledger.http;

/** What is answered where something of ours failed; the package that knows the database tells whether it is that. */
public interface FaultProblems {

    /** A 503 where it may go well in a moment, else a 500 that gives away nothing. */
    Problem problem(Throwable fault);
}
