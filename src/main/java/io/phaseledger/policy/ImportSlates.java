package io.phaseledger.policy;

import io.phaseledger.access.Caller;
import io.phaseledger.http.ImportView;
import io.phaseledger.http.Json;
import io.phaseledger.http.JsonLines;
import io.phaseledger.http.Problem;
import io.phaseledger.http.Tally;
import io.phaseledger.imports.Imports;
import io.phaseledger.imports.Progress;
import io.phaseledger.ledger.LedgerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the slates of a body, a page at a time. A page that is committed stays, whatever becomes of the rest; sent again,
 * the whole adds only what is missing.
 */
@ApplicationScoped
class ImportSlates {

    /** How many slates are put at one commit; the ledger takes nothing else meanwhile. */
    private static final int PAGE = 1000;

    private final Caller caller;
    private final Json json;
    private final SlateRegister register;
    private final LedgerConfig config;
    private final Imports imports;

    ImportSlates(Json json, SlateRegister register, LedgerConfig config, Imports imports, Caller caller) {
        this.caller = caller;
        this.imports = imports;
        this.json = json;
        this.register = register;
        this.config = config;
    }

    /**
     * Reads to the end of the body.
     *
     * @throws Problem 400 {@code body_incomplete} when the body breaks off
     */
    ImportView from(InputStream body) {
        JsonLines lines = JsonLines.of(json, body, config.lineLimit(), "");
        Tally tally = new Tally(config.rejectedLimit());
        try (Progress progress =
                imports.begin("slates", tally, caller.principal().name())) {
            Page page = read(lines, tally);
            while (!page.slates.isEmpty()) {
                page.count(register.putAll(page.slates), tally);
                progress.moved();
                page = read(lines, tally);
            }
            tally.reached(lines.last());
            progress.finished();
        }
        return tally.view();
    }

    /** An empty page is the end. */
    private Page read(JsonLines lines, Tally tally) {
        Page page = new Page();
        while (page.slates.size() < PAGE) {
            JsonLines.Line line = lines.next();
            if (line == null) {
                return page;
            }
            add(line, page, tally);
        }
        return page;
    }

    private void add(JsonLines.Line line, Page page, Tally tally) {
        try {
            page.slates.add(json.read(line.tree(), ImportSlate.class));
            page.lines.add(line.number());
        } catch (Problem e) {
            tally.rejected(line.number(), e);
        }
    }

    /** The slates of one commit, with the lines that they came from. */
    private static final class Page {

        private final List<ImportSlate> slates = new ArrayList<>();
        private final List<Long> lines = new ArrayList<>();

        void count(List<SlateRegister.Attempt> attempts, Tally tally) {
            for (int i = 0; i < attempts.size(); i++) {
                SlateRegister.Attempt attempt = attempts.get(i);
                if (attempt.problem() != null) {
                    tally.rejected(lines.get(i), attempt.problem());
                } else if (attempt.isNew()) {
                    tally.recorded();
                } else {
                    tally.replayed();
                }
                tally.reached(lines.get(i));
            }
        }
    }
}
