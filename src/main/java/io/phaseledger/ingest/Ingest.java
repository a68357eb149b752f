package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Intake;
import io.phaseledger.operate.Correlation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Has a message read and recorded, and keeps it where that cannot be. */
@ApplicationScoped
class Ingest {

    private final MessageReader reader;
    private final Intake intake;
    private final RejectionTable rejections;
    private final Json json;
    private final Correlation correlation;
    private final IngestMetrics metrics;

    Ingest(
            MessageReader reader,
            Intake intake,
            RejectionTable rejections,
            Json json,
            Correlation correlation,
            IngestMetrics metrics) {
        this.reader = reader;
        this.intake = intake;
        this.rejections = rejections;
        this.json = json;
        this.correlation = correlation;
        this.metrics = metrics;
    }

    /**
     * What became of a message; it is in the ledger, or kept, or need not be either.
     *
     * @throws Problem 403 when its sender may not record it, 503 when it could not be stored
     */
    IngestView take(Received message) {
        IngestOutcome outcome = attempt(message);
        Problem why = outcome.reason();
        if (why == null) {
            return IngestView.of(message, outcome);
        }
        if (outcome.kind() == IngestOutcome.Kind.FORBIDDEN) {
            throw why;
        }
        return IngestView.rejected(message, why, rejections.keep(message, why));
    }

    /**
     * Tries one again that is kept; it does not matter who else does. Its row is then recorded by the caller.
     *
     * @throws Problem 404 when there is none, 503 when nothing can be said
     */
    RejectionView retry(UUID id) {
        RejectionView kept = existing(id);
        if (kept.completionId() != null) {
            return kept;
        }
        ObjectNode tree = MessageData.object(json.keptTree(kept.body()));
        rejections.retried(
                id,
                attempt(new Received(
                        EnumNames.constant(Door.class, kept.source()), kept.messageId(), kept.subscription(), tree)));
        return existing(id);
    }

    private RejectionView existing(UUID id) {
        return rejections.byId(id).orElseThrow(() -> unknown(id.toString()));
    }

    static Problem unknown(String id) {
        return Problem.of(404, "unknown_rejection", "no message is kept as " + id);
    }

    private IngestOutcome attempt(Received message) {
        IngestOutcome outcome = recorded(message);
        metrics.ended(message.door(), outcome.kind());
        return outcome;
    }

    private IngestOutcome recorded(Received message) {
        Optional<ReadReport> read;
        try {
            read = reader.read(message);
        } catch (Problem e) {
            return IngestOutcome.rejected(e);
        }
        return read.map(this::record).orElse(IngestOutcome.IGNORED);
    }

    private IngestOutcome record(ReadReport report) {
        correlation.note(report.fields());
        return IngestOutcome.of(intake.record(report.fields(), report.idempotencyKey()), report);
    }
}
