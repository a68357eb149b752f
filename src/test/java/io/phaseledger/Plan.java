package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL carried a query out, and how many pages it touched for it. */
public record Plan(JsonNode json) {

    /** A place for a value, as JDBC or as Hibernate writes it; a cast is none. */
    private static final Pattern PARAMETER = Pattern.compile("\\?|(?<!:):[a-z_]+");

    /** Whether the server plans for the values that it is given, or once for any. */
    public enum For {
        VALUES("force_custom_plan"),
        ANY("force_generic_plan");

        private final String mode;

        For(String mode) {
            this.mode = mode;
        }
    }

    /**
     * Carries a query out as a prepared statement, for the second time: a function makes its plans at its first.
     *
     * @param values of its parameters in order, as text or null; one that is named twice is given once
     */
    public static Plan of(Connection connection, For planned, String query, @Nullable String... values)
            throws SQLException, JsonProcessingException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = " + planned.mode);
            statement.execute("PREPARE asked AS " + numbered(query));
            String execute = "EXECUTE asked" + given(values);
            statement.execute(execute);
            try (ResultSet rows =
                    statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + execute)) {
                rows.next();
                return new Plan(
                        new ObjectMapper().readTree(rows.getString(1)).get(0).required("Plan"));
            } finally {
                statement.execute("DEALLOCATE asked");
            }
        }
    }

    private static String given(@Nullable String... values) {
        return values.length == 0
                ? ""
                : Arrays.stream(values)
                        .map(value -> value == null ? "NULL" : "'" + value + "'")
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String numbered(String query) {
        List<String> seen = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(query);
        return parameter.replaceAll(found -> {
            if (found.group().equals("?") || !seen.contains(found.group())) {
                seen.add(found.group());
                return "\\$" + seen.size();
            }
            return "\\$" + (seen.indexOf(found.group()) + 1);
        });
    }

    /** Pages, found in memory or not; planning is not counted. */
    public int buffers() {
        return json.required("Shared Hit Blocks").intValue()
                + json.required("Shared Read Blocks").intValue();
    }

    public int rows() {
        return json.required("Actual Rows").intValue();
    }

    public void assertTouchesAtMost(int buffers) {
        assertTrue(buffers() <= buffers, () -> buffers() + " buffers, at most " + buffers + " expected: " + json);
    }

    /** Not even an empty one: PostgreSQL keeps the plan while the table grows. */
    public void assertReadsNoTableFromEndToEnd() {
        assertEquals(
                List.of(),
                json.findParents("Relation Name").stream()
                        .filter(node -> node.required("Node Type").asText().equals("Seq Scan"))
                        .map(node -> node.required("Relation Name").asText())
                        .toList(),
                json::toString);
    }
}
