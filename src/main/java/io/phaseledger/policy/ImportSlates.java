package io.phaseledger.policy;

import io.phaseledger.access.Caller;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.imports.ImportView;
import io.phaseledger.imports.Imports;
import io.phaseledger.imports.JsonLines;
import io.phaseledger.imports.Kind;
import io.phaseledger.imports.LinePage;
import io.phaseledger.imports.Progress;
import io.phaseledger.imports.Tally;
import io.phaseledger.ledger.LedgerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;

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
                imports.begin(Kind.SLATES, tally, caller.principal().name())) {
            LinePage<ImportSlate> page = read(lines, tally);
            while (!page.isEmpty()) {
                page.count(register.putAll(page.values()), tally);
                progress.moved();
                page = read(lines, tally);
            }
            tally.reached(lines.last());
            progress.finished();
        }
        return tally.view();
    }

    private LinePage<ImportSlate> read(JsonLines lines, Tally tally) {
        return LinePage.read(lines, PAGE, tree -> json.lenient().read(tree, ImportSlate.class), tally);
    }
}
