package io.phaseledger.mirror;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A column of the table in BigQuery.
 *
 * @param type by its name in GoogleSQL
 * @param mode REQUIRED, NULLABLE or REPEATED
 */
record Column(String name, String type, String mode, String description) {

    /** Where the ledger's own fields are in {@code metadata}. */
    static final String OWN = "phase_ledger";

    static final List<Column> ALL = List.of(
            required("phase", "STRING", "The stage of the pipeline."),
            required("game_date", "DATE", "The business date the work was for, never the day it ran."),
            required("processor_name", "STRING", "The job that reports."),
            required(
                    "status",
                    "STRING",
                    "How it ended: success, partial, failed, no_data or skipped; retracted marks a retraction."),
            nullable("record_count", "INT64", "How many records it claims to have written; null: it did not say."),
            nullable("correlation_id", "STRING", "The pipeline run it belongs to."),
            nullable("execution_id", "STRING", "The one run of the job."),
            required("completed_at", "TIMESTAMP", "When it happened, by the processor's clock."),
            nullable("is_incremental", "BOOL", "Whether record_count counts only what this run touched."),
            new Column("entities_changed", "STRING", "REPEATED", "What it touched."),
            nullable(
                    "metadata",
                    "JSON",
                    "Whatever else was sent; and in " + OWN
                            + " what the ledger knows of the row beside these columns."),
            required("inserted_at", "TIMESTAMP", "When the ledger learned of it."));

    private static Column required(String name, String type, String description) {
        return new Column(name, type, "REQUIRED", description);
    }

    private static Column nullable(String name, String type, String description) {
        return new Column(name, type, "NULLABLE", description);
    }

    String form() {
        return name + " " + type + " " + mode;
    }

    /**
     * What is other than it must be, a line for each column; empty when nothing is.
     *
     * @param there the columns of a table; their order and descriptions do not matter
     */
    static List<String> differences(List<Column> there) {
        Map<String, String> lines = new TreeMap<>();
        ALL.forEach(column -> lines.put(column.name, "- " + column.form() + " (it has no such column)"));
        for (Column column : there) {
            String expected = lines.remove(column.name);
            if (expected == null) {
                lines.put(column.name, "+ " + column.form() + " (none of the twelve)");
            } else if (!ALL.stream().map(Column::form).toList().contains(column.form())) {
                lines.put(column.name, "- " + form(column.name) + "\n+ " + column.form());
            }
        }
        return List.copyOf(lines.values());
    }

    private static String form(String name) {
        return ALL.stream()
                .filter(column -> column.name.equals(name))
                .map(Column::form)
                .findFirst()
                .orElseThrow();
    }
}
