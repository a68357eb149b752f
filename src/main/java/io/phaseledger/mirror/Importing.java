package io.phaseledger.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Intake;
import io.phaseledger.ledger.Receipt;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the rows of other writers from the table into the ledger, which keeps when they were known there.
 *
 * <p>The identity of such a row is all of it. So a part that was broken off is read again and adds only what is missing;
 * its rows count as replayed then.
 */
@ApplicationScoped
class Importing {

    /** Dates that one question asks for. */
    private static final int DAYS = 31;

    /** Rows that one commit takes. */
    private static final int PAGE = 5000;

    /** Rejections that are kept of an import; all are counted. */
    private static final int SHOWN = 100;

    private final ImportRuns runs;
    private final Intake intake;
    private final BigQueryConnection link;
    private final Json json;
    private final MirrorConfig config;
    private final UUID holder = UUID.randomUUID();

    Importing(ImportRuns runs, Intake intake, BigQueryConnection link, Json json, MirrorConfig config) {
        this.config = config;
        this.runs = runs;
        this.intake = intake;
        this.link = link;
        this.json = json;
    }

    /**
     * Reads the next dates of an import that is not done.
     *
     * @return whether there may be more to do at once
     */
    boolean step(Target target) {
        Optional<ImportRun> found = runs.lease(target, holder, Mirror.lease(config));
        if (found.isEmpty()) {
            return false;
        }
        ImportRun run = found.get();
        try {
            read(target, link.open(), run);
            return true;
        } catch (MirrorTrouble e) {
            link.failed("with an import", e);
            runs.stands(run, e.reason());
        } catch (Problem e) {
            runs.stands(run, e.detail());
        }
        return false;
    }

    private void read(Target target, Warehouse warehouse, ImportRun run) {
        LocalDate last = run.nextDate().plusDays(DAYS - 1L);
        LocalDate to = last.isAfter(run.gameDateTo()) ? run.gameDateTo() : last;
        Part part = new Part(
                run, target.origin(), (ArrayNode) json.tree(run.rejections().getBytes(StandardCharsets.UTF_8)));
        warehouse.query(Sql.ALL_ROWS, run.nextDate(), to, 0, row -> part.take(TableRow.read(row, json)));
        part.commit();
        runs.moved(
                run,
                to.plusDays(1),
                part.counts,
                new String(json.bytes(part.rejections), StandardCharsets.UTF_8),
                Mirror.lease(config));
    }

    /** What became of some rows. */
    static final class Counts {
        long recorded;
        long replayed;
        long rejected;
        long own;
    }

    /** The rows of one question, committed a page at a time. */
    private final class Part {

        private final ImportRun run;
        private final String origin;
        private final ArrayNode rejections;
        private final Counts counts = new Counts();
        private final List<ObjectNode> page = new ArrayList<>();

        Part(ImportRun run, String origin, ArrayNode rejections) {
            this.run = run;
            this.origin = origin;
            this.rejections = rejections;
        }

        void take(TableRow row) {
            if (row.isOwn()) {
                counts.own++;
                return;
            }
            page.add(row.tree());
            if (page.size() == PAGE) {
                commit();
                runs.renew(run, holder, Mirror.lease(config));
            }
        }

        void commit() {
            List<Receipt> receipts = intake.history(page, origin);
            for (int i = 0; i < receipts.size(); i++) {
                count(page.get(i), receipts.get(i));
            }
            page.clear();
        }

        private void count(ObjectNode row, Receipt receipt) {
            if (receipt.problem() != null) {
                reject(row, receipt.problem());
            } else if (receipt.isNew()) {
                counts.recorded++;
            } else {
                counts.replayed++;
            }
        }

        private void reject(JsonNode row, Problem problem) {
            counts.rejected++;
            if (rejections.size() < SHOWN) {
                ObjectNode rejected = rejections.addObject();
                for (String field : List.of("phase", "game_date", "processor_name", "status", "inserted_at")) {
                    rejected.set(field, row.path(field));
                }
                rejected.put("code", problem.code());
                rejected.put("detail", problem.detail());
            }
        }
    }
}
