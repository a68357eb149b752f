package io.phaseledger.embedded;

/** Why the service refuses to start, in one line that also says what to do. */
public final class CannotStart extends RuntimeException {

    public CannotStart(String message) {
        super(message);
    }

    CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
