package io.phaseledger.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180): the table's columns by their names, and {@code retracted_by}.
 *
 * <p>A null is an empty field. No column can hold an empty text, so nothing else is. Texts are written as they are, also
 * those that a spreadsheet would take for a formula: an export that changed them would no longer say what was recorded.
 */
final class HistoryCsv {

    private final List<Column> columns;

    HistoryCsv(ObjectWriter json) {
        this.columns = List.of(
                new Column("phase", CompletionView::phase),
                new Column("game_date", CompletionView::gameDate),
                new Column("processor_name", CompletionView::processorName),
                new Column("status", CompletionView::status),
                new Column("record_count", CompletionView::recordCount),
                new Column("correlation_id", CompletionView::correlationId),
                new Column("execution_id", CompletionView::executionId),
                new Column("completed_at", CompletionView::completedAt),
                new Column("is_incremental", CompletionView::isIncremental),
                new Column("entities_changed", row -> array(row.entitiesChanged(), json)),
                new Column("metadata", CompletionView::metadata),
                new Column("inserted_at", CompletionView::insertedAt),
                new Column("position", CompletionView::position),
                new Column("id", CompletionView::id),
                new Column("kind", CompletionView::kind),
                new Column("retracts", CompletionView::retracts),
                new Column("retracted_by", CompletionView::retractedBy),
                new Column("reported_phase", CompletionView::reportedPhase),
                new Column("reported_name", CompletionView::reportedName),
                new Column("started_at", CompletionView::startedAt),
                new Column("expected_count", CompletionView::expectedCount),
                new Column("is_backfill", CompletionView::isBackfill),
                new Column("recorded_by", CompletionView::recordedBy),
                new Column("imported_at", CompletionView::importedAt),
                new Column("prev_hash", CompletionView::prevHash),
                new Column("row_hash", CompletionView::rowHash));
    }

    /** Writes the header. The printer must not be closed when something fails: that would end the body in good order. */
    CSVPrinter printer(Appendable out) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180);
        printer.printRecord(columns.stream().map(Column::name));
        return printer;
    }

    void print(CompletionView row, CSVPrinter printer) throws IOException {
        printer.printRecord(columns.stream().map(column -> column.value().apply(row)));
    }

    private static String array(List<String> elements, ObjectWriter json) {
        try {
            return json.writeValueAsString(elements);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Column(String name, Function<CompletionView, @Nullable Object> value) {}
}
