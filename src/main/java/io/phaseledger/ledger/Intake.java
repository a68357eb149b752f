package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Principal;
import io.phaseledger.http.PipelineName;
import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a report that came by another way than a POST, as a POST would take it.
 *
 * <p>Not to be called in a transaction: the report is committed by another thread.
 */
@ApplicationScoped
public class Intake {

    private final Submissions submissions;
    private final Writer writer;

    Intake(Submissions submissions, Writer writer) {
        this.submissions = submissions;
        this.writer = writer;
    }

    /**
     * What became of a report, once it is durable or cannot be. Names of jobs that lack the form of a name are fitted to it.
     *
     * @param report the fields of a POST to /v1/completions, whose values may be in other forms; changed in place
     * @param key what identifies it, as the header Idempotency-Key does, 1 to 255 characters; null for none
     * @throws Problem 503 when nothing can be said: it may be recorded or not, and may be sent again
     */
    public Receipt record(ObjectNode report, @Nullable String key) {
        Submission submission;
        try {
            PipelineName.fit(report);
            submission = submissions.foreign(report, key);
        } catch (Problem e) {
            return Receipt.refused(e);
        }
        return Writer.await(writer.submit(submission));
    }

    /**
     * What became of rows of history, each by itself, once they are durable or cannot be.
     *
     * @param rows at most 10,000 as BigQuery exports them, each with {@code inserted_at}
     * @param origin who is said to have recorded them
     * @return in the order of the rows
     * @throws Problem 503 when nothing can be said: they may be recorded or not, and may be given again
     */
    public List<Receipt> history(List<ObjectNode> rows, String origin) {
        Principal by = Principal.operator(origin);
        Batch batch = new Batch();
        rows.forEach(row -> batch.add(() -> submissions.history(row, by)));
        return batch.all(writer.receipts(batch.submissions(), false));
    }
}
