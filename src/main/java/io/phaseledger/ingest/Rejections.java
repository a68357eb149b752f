package io.phaseledger.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.access.Caller;
import io.phaseledger.database.DatabaseClock;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Keeps what was not recorded, once, and notes what becomes of it. */
@ApplicationScoped
class Rejections {

    private static final Logger LOG = Logger.getLogger(Rejections.class);

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final RejectionTable table;
    private final Json json;
    private final DatabaseClock clock;
    private final Caller caller;
    private final IngestMetrics metrics;

    Rejections(RejectionTable table, Json json, DatabaseClock clock, Caller caller, IngestMetrics metrics) {
        this.table = table;
        this.json = json;
        this.clock = clock;
        this.caller = caller;
        this.metrics = metrics;
    }

    /** The id under which a message is kept, by this delivery of it or by one before, with the reason of that one. */
    @Transactional
    UUID keep(Received message, Problem why) {
        RejectionRow row = row(message, why);
        if (!table.insertUnlessThere(row)) {
            return table.of(EnumNames.of(message.source()), message.messageId());
        }
        metrics.kept(message.source(), why.code());
        LOG.warnf("A message of %s is kept as %s and not recorded: %s: %s", row.source, row.id, row.code, row.detail);
        return row.id;
    }

    private RejectionRow row(Received message, Problem why) {
        RejectionRow row = new RejectionRow();
        row.id = ids.generate();
        row.source = EnumNames.of(message.source());
        row.messageId = message.messageId();
        row.subscription = message.subscription();
        row.body = json.text(message.tree());
        row.code = why.code();
        row.detail = storable(why.detail());
        row.errors = new String(json.bytes(why.errors()), UTF_8);
        row.receivedAt = clock.now();
        row.receivedBy = caller.principal().name();
        return row;
    }

    /** @throws Problem 404 {@code unknown_rejection} */
    RejectionRow existing(UUID id) {
        return table.find(id).orElseThrow(() -> unknown(id.toString()));
    }

    static Problem unknown(String id) {
        return Problem.of(404, "unknown_rejection", "no message is kept as " + id);
    }

    /** The message again, as it was received. */
    Received message(RejectionRow row) {
        return new Received(
                EnumNames.constant(Source.class, row.source), row.messageId, row.subscription, MessageData.object(json.keptTree(row.body)));
    }

    /** Notes what became of another try; one that was resolved meanwhile stays as it is. */
    RejectionRow retried(UUID id, Became became) {
        Problem why = became.reason();
        table.note(
                id,
                caller.principal().name(),
                why == null ? EnumNames.of(became.kind()) : why.code(),
                why == null ? null : storable(why.detail()),
                became.completion());
        return existing(id);
    }

    /** A detail may quote what was sent, and the database keeps no U+0000. */
    private static String storable(String detail) {
        return detail.replace('\0', '\uFFFD');
    }
}
