package io.phaseledger.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ColumnTest {

    private static final Pattern WRITTEN = Pattern.compile(
            "(?m)^ {4}(\\w+) +(\\w+)(<STRING>)?( +NOT NULL)? +OPTIONS \\(description = (['\"])(.*)\\5\\),?$");

    private static List<Column> without(String name) {
        return Column.ALL.stream().filter(column -> !column.name().equals(name)).toList();
    }

    private static List<Column> with(Column column) {
        List<Column> columns = new ArrayList<>(without(column.name()));
        columns.add(column);
        return columns;
    }

    /** Who creates the table by hand must get what the service creates. */
    @Test
    void theFileSaysTheSame() throws IOException {
        String file = Files.readString(Path.of("db", "bigquery", "phase_completions.sql"));
        List<Column> written = new ArrayList<>();
        Matcher column = WRITTEN.matcher(file);
        while (column.find()) {
            boolean isArray = column.group(3) != null;
            written.add(new Column(
                    column.group(1),
                    isArray ? "STRING" : column.group(2),
                    isArray ? "REPEATED" : column.group(4) == null ? "NULLABLE" : "REQUIRED",
                    column.group(6)));
        }
        assertEquals(Column.ALL, written);
        assertTrue(
                file.contains("PARTITION BY game_date\nCLUSTER BY " + String.join(", ", Warehouse.CLUSTERED_BY)), file);
        assertTrue(file.contains("OPTIONS (description = '" + Warehouse.DESCRIPTION + "')"), file);
    }

    @Test
    void orderAndDescriptionsAreNobodysBusiness() {
        List<Column> turned = new ArrayList<>(Column.ALL);
        java.util.Collections.reverse(turned);
        turned.replaceAll(column -> new Column(column.name(), column.type(), column.mode(), ""));
        assertEquals(List.of(), Column.differences(turned));
    }

    @Test
    void saysWhatIsMissingTooMuchAndOther() {
        assertEquals(
                List.of("- game_date DATE REQUIRED (it has no such column)"), Column.differences(without("game_date")));
        assertEquals(
                List.of("+ attempt INT64 NULLABLE (none of the twelve)"),
                Column.differences(with(new Column("attempt", "INT64", "NULLABLE", ""))));
        assertEquals(
                List.of("- metadata JSON NULLABLE\n+ metadata STRING NULLABLE"),
                Column.differences(with(new Column("metadata", "STRING", "NULLABLE", ""))));
        assertEquals(
                List.of("- record_count INT64 NULLABLE\n+ record_count INT64 REQUIRED"),
                Column.differences(with(new Column("record_count", "INT64", "REQUIRED", ""))));
    }

    /** As another column of the twelve is, but not as this one must be. */
    @Test
    void aColumnThatIsLikeAnotherOfThemIsOther() {
        assertEquals(
                List.of("- execution_id STRING NULLABLE\n+ execution_id STRING REQUIRED"),
                Column.differences(with(new Column("execution_id", "STRING", "REQUIRED", ""))));
    }
}
