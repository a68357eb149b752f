package io.phaseledger.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.http.Problem;
import io.phaseledger.http.ProblemView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one row of a batch. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema
record BatchResult(
        @Schema(required = true) int status,

        @Nullable CompletionView completion,
        @Nullable ProblemView problem) {

    static BatchResult of(Receipt receipt, int row, String path) {
        try {
            return new BatchResult(receipt.status(), receipt.view(), null);
        } catch (Problem e) {
            return of(e.under("/" + row), path);
        }
    }

    static BatchResult of(Problem problem, String path) {
        return new BatchResult(problem.status(), null, problem.view(path));
    }

    /** Of all rows. */
    @Schema(name = "BatchResults")
    record All(List<BatchResult> results) {}
}
