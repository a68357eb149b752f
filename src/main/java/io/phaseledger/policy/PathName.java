package io.phaseledger.policy;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.RecordCompletion;

/** The name that something is put under, as it stands in the path. */
final class PathName {

    /** What a name must be, without the code that the message begins with. */
    private static final String RULE = RecordCompletion.NAME_MESSAGE.split(": ", 2)[1];

    private PathName() {}

    /** Throws 422 {@code invalid_name} for what could not be the name of anything recorded. */
    static void check(String name) {
        if (!name.matches(RecordCompletion.NAME)) {
            throw Problem.refused(FieldError.parameter("name", "invalid_name", RULE));
        }
    }
}
