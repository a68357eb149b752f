package io.phaseledger.http;

/** The form of the names of policies and of what else an operator names: ASCII, so that no two look alike and differ. */
public final class NameForm {

    /** A regular expression of the whole name. */
    public static final String PATTERN = "[A-Za-z][A-Za-z0-9_.-]{0,127}";

    private static final String RULE =
            "must begin with an ASCII letter, then at most 127 ASCII letters, digits, '_', '.' or '-'";

    /** The code and the rule, as a constraint gives them. */
    public static final String MESSAGE = "invalid_name: " + RULE;

    private NameForm() {}

    /**
     * Holds a name that came as a parameter against the form.
     *
     * @throws Problem 422 {@code invalid_name} for what could not be the name of anything recorded
     */
    public static void check(String parameter, String name) {
        if (!name.matches(PATTERN)) {
            throw Problem.refused(FieldError.parameter(parameter, "invalid_name", RULE));
        }
    }
}
