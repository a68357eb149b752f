package io.phaseledger.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Several things that may each be refused, refused together: whoever mends one fault should not meet the next. */
public final class AllFaults {

    private AllFaults() {}

    /**
     * Does them all, also after one that is refused.
     *
     * @throws Problem 400 when one of them cannot be read, else 422, with the faults of all; another, such as a 404, as it
     *     is
     */
    public static void check(Runnable... checks) {
        List<Problem> problems = new ArrayList<>();
        for (Runnable check : checks) {
            try {
                check.run();
            } catch (Problem e) {
                problems.add(e);
            }
        }
        if (!problems.isEmpty()) {
            throw problems.stream()
                    .filter(each -> problems.size() == 1 || each.errors().isEmpty())
                    .findFirst()
                    .orElseGet(() -> together(problems));
        }
    }

    private static Problem together(List<Problem> problems) {
        List<FieldError> malformed = errors(problems, Problem::isMalformed);
        List<FieldError> refused = errors(problems, each -> !each.isMalformed());
        return of(malformed, refused);
    }

    private static List<FieldError> errors(List<Problem> problems, Predicate<Problem> which) {
        return problems.stream()
                .filter(which)
                .flatMap(each -> each.errors().stream())
                .toList();
    }

    /** What cannot be read comes first, and makes it a 400. At least one. */
    static Problem of(List<FieldError> malformed, List<FieldError> refused) {
        return malformed.isEmpty()
                ? Problem.refused(refused)
                : Problem.malformed(
                        Stream.concat(malformed.stream(), refused.stream()).toList());
    }
}
