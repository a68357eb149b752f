package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Principal;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes a report that came by another way than a POST, as a POST would take it.
 *
 * <p>Not to be called in a transaction: the report is committed by another thread.
 */
@ApplicationScoped
public class Intake {

    private final Submissions submissions;
    private final BigQueryRow bigQuery;
    private final Writer writer;

    Intake(Json json, Submissions submissions, Writer writer) {
        this.bigQuery = new BigQueryRow(json);
        this.submissions = submissions;
        this.writer = writer;
    }

    /**
     * What became of a report, once it is durable or cannot be.
     *
     * @param report the fields of a POST to /v1/completions
     * @param key what identifies it, as the header Idempotency-Key does, 1 to 255 characters; null for none
     * @throws Problem 503 when nothing can be said: it may be recorded or not, and may be sent again
     */
    public Outcome record(ObjectNode report, @Nullable String key) {
        Submission submission;
        try {
            submission = submissions.report(report, key);
        } catch (Problem e) {
            return new Outcome(Kind.REFUSED, null, e);
        }
        return outcome(writer.receipts(Unit.of(submission)).get(0));
    }

    /**
     * What became of rows of history, each by itself, once they are durable or cannot be.
     *
     * @param rows at most 10,000 as BigQuery exports them, each with {@code inserted_at}
     * @param origin who is said to have recorded them
     * @return in the order of the rows
     * @throws Problem 503 when nothing can be said: they may be recorded or not, and may be given again
     */
    public List<Outcome> history(List<ObjectNode> rows, String origin) {
        Principal by = Principal.operator(origin);
        List<Submission> taken = new ArrayList<>();
        List<@Nullable Outcome> outcomes = new ArrayList<>();
        for (ObjectNode row : rows) {
            try {
                taken.add(submissions.history(bigQuery.posted(row), by));
                outcomes.add(null);
            } catch (Problem e) {
                outcomes.add(new Outcome(Kind.REFUSED, null, e));
            }
        }
        Iterator<Receipt> receipts =
                (taken.isEmpty() ? List.<Receipt>of() : writer.receipts(new Unit(taken, false))).iterator();
        return outcomes.stream()
                .map(refused -> refused == null ? outcome(receipts.next()) : refused)
                .toList();
    }

    private static Outcome outcome(Receipt receipt) {
        try {
            CompletionView row = receipt.view();
            return new Outcome(receipt.status() == 201 ? Kind.RECORDED : Kind.ALREADY_RECORDED, row.id(), null);
        } catch (Problem e) {
            return new Outcome(
                    switch (receipt.status()) {
                        case 403 -> Kind.FORBIDDEN;
                        case 409 -> Kind.CONFLICTING;
                        default -> Kind.REFUSED;
                    },
                    null,
                    e);
        }
    }

    /** How it can end. */
    public enum Kind {
        RECORDED,
        ALREADY_RECORDED,
        /** Its identity was used for other facts. */
        CONFLICTING,
        /** It cannot be read as a report, or is none that may be recorded. */
        REFUSED,
        /** Whoever sent it may not record for this processor. */
        FORBIDDEN
    }

    /**
     * What became of a report.
     *
     * @param completion the id of its row; null when it is not in the ledger
     * @param refusal what a POST of it would be answered; null when it is in the ledger
     */
    public record Outcome(
            Kind kind, @Nullable UUID completion, @Nullable Problem refusal) {

        /** Why it is not in the ledger; only to be asked when it is not. */
        public Problem problem() {
            return Objects.requireNonNull(refusal);
        }
    }
}
