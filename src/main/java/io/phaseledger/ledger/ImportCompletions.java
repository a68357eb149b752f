package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Caller;
import io.phaseledger.access.Principal;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.imports.ImportView;
import io.phaseledger.imports.Imports;
import io.phaseledger.imports.JsonLines;
import io.phaseledger.imports.Kind;
import io.phaseledger.imports.LinePage;
import io.phaseledger.imports.Progress;
import io.phaseledger.imports.Tally;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Brings a body of any length into the ledger, a page at a time.
 *
 * <p>While one page is committed the next is read, so two are in memory at most. A page that is committed stays, whatever
 * becomes of the rest; sent again, the whole adds only what is missing.
 */
@ApplicationScoped
class ImportCompletions {

    /** What a producer logs before a report that it could not send. */
    static final String UNSENT = "PHASE_LEDGER_UNSENT";

    private final Json json;
    private final Submissions submissions;
    private final Writer writer;
    private final LedgerConfig config;
    private final Imports imports;
    private final Caller caller;

    ImportCompletions(
            Json json, Submissions submissions, Writer writer, LedgerConfig config, Imports imports, Caller caller) {
        this.caller = caller;
        this.imports = imports;
        this.json = json;
        this.submissions = submissions;
        this.writer = writer;
        this.config = config;
    }

    /**
     * Reads to the end of the body.
     *
     * @throws Problem 400 {@code body_incomplete} when the body breaks off, 503 when the ledger cannot be asked
     */
    ImportView from(InputStream body) {
        JsonLines lines = JsonLines.of(json, body, config.lineLimit(), UNSENT);
        Tally tally = new Tally(config.rejectedLimit());
        Principal by = caller.principal();
        try (Progress progress = imports.begin(Kind.COMPLETIONS, tally, by.name())) {
            LinePage<Submission> page = read(lines, by, tally);
            while (!page.isEmpty()) {
                CompletionStage<List<Receipt>> commit = writer.submit(page.values(), false);
                LinePage<Submission> next = read(lines, by, tally);
                page.count(Writer.await(commit), tally);
                progress.moved();
                page = next;
            }
            tally.reached(lines.last());
            progress.finished();
        }
        return tally.view();
    }

    private LinePage<Submission> read(JsonLines lines, Principal by, Tally tally) {
        return LinePage.read(lines, Writer.MAX_SUBMISSIONS, row -> submission(row, by), tally);
    }

    private Submission submission(JsonNode row, Principal by) {
        if (row instanceof ObjectNode exported) {
            return submissions.history(exported, by);
        }
        throw Problem.malformed(FieldError.at("", "wrong_type", "must be an object"));
    }
}
