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

/** Puts the slates of a body, one after another; each is committed by itself, for a season has two hundred. */
@ApplicationScoped
class ImportSlates {

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
            for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
                put(line, tally);
                tally.reached(line.number());
            }
            progress.finished();
        }
        return tally.view();
    }

    private void put(JsonLines.Line line, Tally tally) {
        try {
            ImportSlate slate = json.read(line.tree(), ImportSlate.class);
            if (register.put(slate.gameDate(), slate.asPut()).isNew()) {
                tally.recorded();
            } else {
                tally.replayed();
            }
        } catch (Problem e) {
            tally.rejected(line.number(), e);
        }
    }
}
