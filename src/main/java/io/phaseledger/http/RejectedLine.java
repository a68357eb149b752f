package io.phaseledger.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row of an import that was not taken. */
@Schema(description = "A row of an import that was not taken. The others are not touched by it.")
record RejectedLine(
        @Schema(description = "Its line, or its place in the array; both from 1.", examples = "17")
        long line,

        @Schema(
                description = "Why, for programs; the same code as that of the problem when it is sent by itself."
                        + " line_too_long: more bytes than a line may have.",
                examples = "unknown_value")
        String code,

        @Schema(
                description = "Why, for people.",
                examples = "/status: `done` is not one of success, partial, failed, no_data, skipped, running")
        String detail,

        @Schema(description = "Each of the faults, where there are several.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<FieldError> errors) {

    static RejectedLine of(long line, Problem problem) {
        List<FieldError> errors = problem.errors();
        return errors.size() > 1
                ? new RejectedLine(line, problem.code(), problem.detail(), errors)
                : new RejectedLine(line, problem.code(), detail(problem), null);
    }

    /** A line is no body. */
    private static String detail(Problem problem) {
        return problem.errors().stream()
                .filter(error -> "".equals(error.pointer()))
                .map(FieldError::detail)
                .findFirst()
                .orElse(problem.detail());
    }
}
