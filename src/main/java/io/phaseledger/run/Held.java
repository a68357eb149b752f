package io.phaseledger.run;

import java.io.Serial;

/** Why the rows of an event cannot be told yet. */
final class Held extends Exception {

    /** It happens only later, by the ledger's clock. */
    static final String IN_FUTURE = "completed_at_in_future";

    @Serial
    private static final long serialVersionUID = 1;

    private final String code;

    /**
     * @param code for programs
     * @param detail for people
     */
    Held(String code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
