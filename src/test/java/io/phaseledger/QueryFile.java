package io.phaseledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A question of {@code db/queries}, asked as psql asks it: each {@code :'name'} is a literal. */
record QueryFile(String name, String sql) {

    private static final Pattern VARIABLE = Pattern.compile(":'([a-z_]+)'");

    static QueryFile named(String name) throws IOException {
        return new QueryFile(name, Files.readString(Path.of("db", "queries", name + ".sql")));
    }

    /** The same question as BigQuery is asked it: the same text but for how variables are written, or a file there. */
    String inBigQuery() throws IOException {
        Path other = Path.of("db", "bigquery", "queries", name + ".sql");
        return Files.exists(other)
                ? Files.readString(other)
                : VARIABLE.matcher(sql).replaceAll("@$1");
    }

    /** The rows, each with its values joined by spaces; instants in UTC, {@code -} for null. */
    List<String> rows(Connection connection, Map<String, String> variables) throws SQLException {
        String asked = VARIABLE.matcher(sql).replaceAll(variable -> {
            String value = Objects.requireNonNull(variables.get(variable.group(1)), variable.group(1));
            return Matcher.quoteReplacement("'" + value.replace("'", "''") + "'");
        });
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(asked)) {
            return rows(row);
        }
    }

    private static List<String> rows(ResultSet row) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (row.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(value(row, i));
            }
            rows.add(String.join(" ", values));
        }
        return rows;
    }

    private static String value(ResultSet row, int column) throws SQLException {
        if (row.getString(column) == null) {
            return "-";
        }
        return row.getMetaData().getColumnType(column) == Types.TIMESTAMP
                        && row.getMetaData().getColumnTypeName(column).equals("timestamptz")
                ? row.getObject(column, OffsetDateTime.class).toInstant().toString()
                : row.getString(column);
    }
}
