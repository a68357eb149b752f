package io.phaseledger.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.http.Problem;
import io.phaseledger.http.ProblemView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one row of a batch. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What became of one row of a batch: the completion, or the problem that it would be by itself.")
record BatchResult(
        @Schema(
                description = "201: recorded. 200: it had been recorded before, and nothing was changed. 400: it cannot"
                        + " be read. 409: its identity was used for other facts. 422: it is refused.",
                required = true,
                examples = "201")
        int status,

        @Schema(description = "The row in the ledger; of a replay, the original.") @Nullable
        CompletionView completion,

        @Schema(description = "Why it is not in the ledger; pointers begin with the row's place in the batch, from 0.")
        @Nullable
        ProblemView problem) {

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
    @Schema(name = "BatchResults", description = "What became of each row, in the order in which they were sent.")
    record All(@Schema(description = "One for each row.") List<BatchResult> results) {}
}
