package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Intake;
import io.phaseledger.operate.Correlation;
import io.phaseledger.run.RunMessage;
import io.phaseledger.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Has a message read and recorded, and keeps it where that cannot be. */
@ApplicationScoped
class Ingest {

    private final MessageReader reader;
    private final Intake intake;
    private final Runs runs;
    private final RejectionTable rejections;
    private final Json json;
    private final Correlation correlation;
    private final IngestMetrics metrics;

    Ingest(
            MessageReader reader,
            Intake intake,
            Runs runs,
            RejectionTable rejections,
            Json json,
            Correlation correlation,
            IngestMetrics metrics) {
        this.reader = reader;
        this.intake = intake;
        this.runs = runs;
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
            return IngestView.of(message, outcome, null);
        }
        if (outcome.kind() == IngestOutcome.Kind.FORBIDDEN) {
            throw why;
        }
        if (outcome.kept() == null) {
            return IngestView.of(message, outcome, rejections.keep(message, why));
        }
        if (outcome.isNew()) {
            rejections.tell(message, outcome.kind(), why);
        }
        return IngestView.of(message, outcome, outcome.kept());
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
        if (runs.again(id)) {
            return existing(id);
        }
        ObjectNode tree = MessageData.object(json.keptTree(kept.body()));
        rejections.retried(
                id,
                attempt(new Received(
                        EnumNames.constant(Door.class, kept.source()), kept.messageId(), kept.subscription(), tree)));
        return existing(id);
    }

    /**
     * Has one no longer listed, nor read again by itself.
     *
     * @throws Problem 404 when there is none
     */
    RejectionView dismiss(UUID id) {
        existing(id);
        rejections.dismiss(id);
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
        try {
            Content content = reader.content(message);
            return message.door() == Door.OPENLINEAGE || content.isLineage()
                    ? run(message, content.tree())
                    : record(MessageReader.report(content));
        } catch (Problem e) {
            return e.status() == 400 || e.status() == 422 ? IngestOutcome.rejected(e) : passedOn(e);
        }
    }

    private static IngestOutcome passedOn(Problem why) {
        if (why.status() == 403) {
            return IngestOutcome.forbidden(why);
        }
        throw why;
    }

    /** @param event of OpenLineage, by whichever way it came; one of a job or a dataset alone says nothing of a run */
    private IngestOutcome run(Received message, ObjectNode event) {
        if (!event.hasNonNull("run")) {
            return IngestOutcome.IGNORED;
        }
        correlation.note(json.mapper()
                .createObjectNode()
                .put("execution_id", event.at("/run/runId").textValue())
                .put("correlation_id", event.at("/run/facets/parent/run/runId").textValue())
                .put("processor_name", event.at("/job/name").textValue()));
        return IngestOutcome.of(runs.take(
                new RunMessage(EnumNames.of(message.door()), message.messageId(), message.subscription(), event)));
    }

    private IngestOutcome record(ReadReport report) {
        correlation.note(report.fields());
        return IngestOutcome.of(intake.record(report.fields(), report.idempotencyKey()), report);
    }
}
