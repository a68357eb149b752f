package io.phaseledger.ingest;

import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Intake;
import io.phaseledger.operate.Correlation;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Has a message read and recorded, and keeps it where that cannot be. */
@ApplicationScoped
class Ingest {

    private final Map<Source, MessageReader> readers = new EnumMap<>(Source.class);
    private final Intake intake;
    private final Rejections rejections;
    private final Correlation correlation;
    private final IngestMetrics metrics;

    Ingest(
            @All List<MessageReader> readers,
            Intake intake,
            Rejections rejections,
            Correlation correlation,
            IngestMetrics metrics) {
        readers.forEach(reader -> this.readers.put(reader.source(), reader));
        this.intake = intake;
        this.rejections = rejections;
        this.correlation = correlation;
        this.metrics = metrics;
    }

    /**
     * What became of a message; it is in the ledger, or kept, or need not be either.
     *
     * @throws Problem 403 when whoever sent it may not record it, 503 when it could not be stored
     */
    IngestView take(Received message) {
        Became became = attempt(message);
        metrics.ended(message.source(), became.kind());
        return switch (became.kind()) {
            case FORBIDDEN -> throw became.problem();
            case REJECTED -> IngestView.rejected(message, became.problem(), rejections.keep(message, became.problem()));
            case RECORDED, ALREADY_RECORDED, IGNORED -> IngestView.of(message, became);
        };
    }

    /**
     * Tries one again that is kept; it does not matter who else does. Its row is then recorded by whoever asks.
     *
     * @throws Problem 404 when there is none, 503 when nothing can be said
     */
    RejectionView retry(UUID id) {
        RejectionRow row = rejections.existing(id);
        if (row.completionId != null) {
            return RejectionView.of(row);
        }
        Received message = rejections.message(row);
        Became became = attempt(message);
        metrics.ended(message.source(), became.kind());
        return RejectionView.of(rejections.retried(id, became));
    }

    private Became attempt(Received message) {
        Optional<ReadReport> read;
        try {
            read = Objects.requireNonNull(readers.get(message.source())).read(message);
        } catch (Problem e) {
            return Became.unreadable(e);
        }
        return read.map(this::record).orElse(Became.IGNORED);
    }

    private Became record(ReadReport report) {
        correlation.note(report.fields());
        return Became.of(intake.record(report.fields(), report.idempotencyKey()), report);
    }
}
