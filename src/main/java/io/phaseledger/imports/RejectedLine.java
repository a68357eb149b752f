package io.phaseledger.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row of an import that was not taken. */
@Schema
record RejectedLine(
        long line,
        String code,
        String detail,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<FieldError> errors) {

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
