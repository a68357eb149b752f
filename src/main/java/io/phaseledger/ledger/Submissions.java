package io.phaseledger.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.access.Caller;
import io.phaseledger.access.Principal;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes submissions of what is sent. */
@Singleton
class Submissions {

    private static final String INSERTED_AT = "inserted_at";

    /** Characters of an Idempotency-Key. */
    private static final int MAX_KEY = 255;

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Json json;
    private final Caller caller;
    private final int metadataLimit;
    private final ObjectWriter metadataWriter;

    Submissions(Json json, LedgerConfig config, Caller caller) {
        this.caller = caller;
        this.json = json;
        this.metadataLimit = config.metadataLimit();
        this.metadataWriter = json.mapper()
                .writerFor(ObjectNode.class)
                .with(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .without(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);
    }

    /** A report of now. */
    Submission report(RecordCompletion said, @Nullable String key) {
        return report(said, checked(key), caller.principal());
    }

    /** The same, of a body that is a tree. */
    Submission report(JsonNode body, @Nullable String key) {
        return report(json.read(body, RecordCompletion.class), key);
    }

    /** The same of what others have written. */
    Submission foreign(ObjectNode body, @Nullable String key) {
        return report(json.lenient().read(body, RecordCompletion.class), key);
    }

    /** A row of history, as others write it; one that does not say when the ledger knew it is a report of now. */
    Submission history(ObjectNode row, Principal by) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().setAll(row); // Of which a field is taken.
        Instant insertedAt = json.lenient().take(body, INSERTED_AT, Instant.class);
        RecordCompletion said = json.lenient().read(body, RecordCompletion.class, List.of(INSERTED_AT));
        if (insertedAt == null) {
            return report(said, null, by);
        }
        if (said.completedAt() == null) {
            throw Problem.refused(FieldError.at("/completed_at", "required", "is needed where inserted_at is given"));
        }
        CompletionRow known = row(said, by);
        Identity identity = Identity.ofHistory(said, known.metadata, insertedAt);
        return new Submission(by, known, identity, said.completedAt(), insertedAt);
    }

    private Submission report(RecordCompletion said, @Nullable String key, Principal by) {
        CompletionRow row = row(said, by);
        Identity identity = Identity.ofReport(said, row.metadata, key, row.id);
        return new Submission(by, row, identity, said.completedAt(), null);
    }

    /**
     * What a row says, once more, under the names that its own stand for now.
     *
     * @param target the name for which that is done; each has a row of its own
     */
    Submission again(CompletionRow said, String target) {
        Principal by = caller.principal();
        CompletionRow row = CompletionRow.repeating(said);
        row.id = ids.generate();
        Identity identity = Identity.ofRestatement(said.id, target);
        row.contentHash = identity.hash();
        row.recordedBy = by.name();
        return new Submission(by, row, identity, said.completedAt, null);
    }

    /** A report that a run of another system comes to. */
    Submission ofRun(JsonNode body, String identity, Principal by) {
        RecordCompletion said = json.read(body, RecordCompletion.class);
        return new Submission(by, row(said, by), Identity.ofRun(identity), said.completedAt(), null);
    }

    Submission retraction(CompletionRow retracted, String reason) {
        return retraction(retracted, reason, caller.principal());
    }

    Submission retraction(CompletionRow retracted, String reason, Principal by) {
        CompletionRow row = CompletionRow.retracting(retracted);
        row.id = ids.generate();
        row.metadata = text(JsonNodeFactory.instance.objectNode().put("reason", reason));
        Identity identity = Identity.ofRetraction(retracted.id);
        row.contentHash = identity.hash();
        row.recordedBy = by.name();
        return new Submission(by, row, identity, null, null);
    }

    private CompletionRow row(RecordCompletion said, Principal by) {
        CompletionRow row = CompletionRow.saying(said);
        row.id = ids.generate();
        row.metadata = metadata(said);
        row.contentHash = Identity.ofContent(said, row.metadata);
        row.recordedBy = by.name();
        return row;
    }

    /** As compact JSON with sorted keys, so that the order of keys makes no difference; null when absent. */
    private @Nullable String metadata(RecordCompletion said) {
        String text = said.metadata() == null ? null : text(said.metadata());
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > metadataLimit) {
            throw Problem.refused(FieldError.at(
                    "/metadata", "invalid_size", "must be at most " + metadataLimit + " bytes as compact JSON"));
        }
        return text;
    }

    private String text(ObjectNode node) {
        try {
            return metadataWriter.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }

    private static @Nullable String checked(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
            throw Problem.refused(FieldError.parameter(
                    "Idempotency-Key", "invalid_size", "must have 1 to " + MAX_KEY + " characters"));
        }
        return key;
    }
}
