package io.phaseledger.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.commons.csv.CSVPrinter;
import org.jboss.logging.Logger;

/**
 * Lets so many selections stream at once, each as long as its reader is there: a whole selection is written, page by page, so that a million rows need the memory of one page and no connection is held
 * while a reader takes its time.
 *
 * <p>What is written to is flushed at the end and never closed: when the database fails halfway, the body must be seen
 * to break off.
 */
@ApplicationScoped
class HistoryExport {

    private static final Logger LOG = Logger.getLogger(HistoryExport.class);

    /** Rows that are in memory at once. */
    private static final int PAGE = 1_000;

    /** Another stream may have ended by then. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final HistoryTable table;
    private final HistoryConfig config;
    private final Semaphore free;
    private final ObjectWriter json;
    private final HistoryCsv csv;

    HistoryExport(HistoryTable table, HistoryConfig config, Json json) {
        this.table = table;
        this.config = config;
        this.free = new Semaphore(config.streamLimit());
        this.json = json.mapper()
                .writer()
                .with(new MinimalPrettyPrinter("\n"))
                .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
        this.csv = new HistoryCsv(json.mapper().writer());
    }

    /** A body that takes its place among the others only when it begins to be written, and gives it back in any case. */
    StreamingOutput to(HttpServerRequest request, Format format, Selected selected) {
        return out -> {
            if (!free.tryAcquire()) {
                throw Problem.of(503, "overloaded", config.streamLimit() + " streams are under way; ask again")
                        .retryAfter(RETRY_AFTER);
            }
            try {
                write(format, selected, new HistoryReader(out, request, config.stallTimeout()));
            } finally {
                free.release();
            }
        };
    }

    private static void write(Format format, Selected selected, HistoryReader reader) throws IOException {
        try {
            format.write(selected, reader);
        } catch (HistoryReader.Gone gone) {
            LOG.infof("A reader of history %s", gone.getMessage());
            reader.breakOff();
        } catch (IOException | RuntimeException e) {
            reader.breakOff();
            throw e;
        }
    }

    /** One JSON object a line. */
    @SuppressWarnings("resource") // See above.
    void ndjson(Selected selected, OutputStream out) throws IOException {
        JsonGenerator lines = json.createGenerator(out);
        boolean any = eachRow(selected, row -> json.writeValue(lines, row));
        if (any) {
            lines.writeRaw('\n');
        }
        lines.flush();
    }

    /** RFC 4180 with a header; lists and documents as JSON. */
    @SuppressWarnings("resource") // See above.
    void csv(Selected selected, OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        CSVPrinter printer = csv.printer(text);
        eachRow(selected, row -> csv.print(row, printer));
        printer.flush();
    }

    /** Returns whether there was one. */
    private boolean eachRow(Selected selected, ForRow write) throws IOException {
        HistoryTable.Place place = selected.start();
        HistoryTable.Page page;
        do {
            page = table.page(selected.conditions(), selected.head(), place, PAGE);
            for (CompletionView row : page.rows()) {
                write.row(row);
                place = place.after(row);
            }
        } while (!page.isLast());
        return !place.equals(selected.start());
    }

    /**
     * What to write.
     *
     * @param head where the ledger ended when it was asked for
     */
    record Selected(Conditions conditions, long head, HistoryTable.Place start) {}

    /** A way to write a selection. */
    interface Format {
        void write(Selected selected, OutputStream out) throws IOException;
    }

    private interface ForRow {
        void row(CompletionView row) throws IOException;
    }
}
