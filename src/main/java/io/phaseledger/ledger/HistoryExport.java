package io.phaseledger.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.phaseledger.http.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes a whole selection, page by page, so that a million rows need the memory of one page. */
@ApplicationScoped
class HistoryExport {

    /** Rows that are in memory at once. */
    private static final int PAGE = 2_000;

    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "phase",
                    "game_date",
                    "processor_name",
                    "status",
                    "record_count",
                    "correlation_id",
                    "execution_id",
                    "completed_at",
                    "is_incremental",
                    "entities_changed",
                    "metadata",
                    "inserted_at",
                    "position",
                    "id",
                    "kind",
                    "retracts",
                    "retracted_by",
                    "reported_phase",
                    "reported_name",
                    "started_at",
                    "expected_count",
                    "is_backfill",
                    "recorded_by",
                    "imported_at",
                    "prev_hash",
                    "row_hash")
            .get();

    private final HistoryTable table;
    private final ObjectWriter json;

    HistoryExport(HistoryTable table, Json json) {
        this.table = table;
        this.json = json.mapper().writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** One JSON object a line. */
    void ndjson(Selection.Conditions conditions, HistoryTable.Place start, OutputStream out) throws IOException {
        try (JsonGenerator lines = json.createGenerator(out)) {
            lines.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            eachPage(conditions, start, page -> {
                for (CompletionView row : page) {
                    json.writeValue(lines, row);
                }
            });
            lines.writeRaw('\n');
        }
    }

    /** RFC 4180 with a header; lists and documents as JSON. */
    void csv(Selection.Conditions conditions, HistoryTable.Place start, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        try (CSVPrinter printer = new CSVPrinter(text, CSV)) {
            eachPage(conditions, start, page -> {
                for (CompletionView row : page) {
                    print(row, printer);
                }
            });
        }
    }

    private void print(CompletionView row, CSVPrinter printer) throws IOException {
        printer.printRecord(
                row.phase(),
                row.gameDate(),
                row.processorName(),
                row.status(),
                row.recordCount(),
                row.correlationId(),
                row.executionId(),
                row.completedAt(),
                row.isIncremental(),
                json.writeValueAsString(row.entitiesChanged()),
                row.metadata(),
                row.insertedAt(),
                row.position(),
                row.id(),
                row.kind(),
                row.retracts(),
                row.retractedBy(),
                row.reportedPhase(),
                row.reportedName(),
                row.startedAt(),
                row.expectedCount(),
                row.isBackfill(),
                row.recordedBy(),
                row.importedAt(),
                row.prevHash(),
                row.rowHash());
    }

    private void eachPage(Selection.Conditions conditions, HistoryTable.Place start, Page write) throws IOException {
        HistoryTable.Place place = start;
        List<CompletionView> page = table.page(conditions, place, PAGE);
        while (!page.isEmpty()) {
            write.rows(page);
            place = place.after(page.get(page.size() - 1));
            page = page.size() < PAGE ? List.of() : table.page(conditions, place, PAGE);
        }
    }

    /** A way to write a selection. */
    interface Format {
        void write(Selection.Conditions conditions, HistoryTable.Place start, OutputStream out) throws IOException;
    }

    private interface Page {
        void rows(List<CompletionView> page) throws IOException;
    }
}
