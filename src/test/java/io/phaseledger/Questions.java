package io.phaseledger;

import com.google.cloud.bigquery.QueryParameterValue;
import io.phaseledger.mirror.BigQueryEmulator;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A history, and the questions about it that the ledger's database and BigQuery must answer alike. */
final class Questions {

    /** The run that is retracted after the import. */
    static final String TAKEN_BACK = "run-2026-02-05T10:30:00Z";

    private static final String RANGE = "game_date_from=2026-02-01 game_date_to=2026-02-06";

    /** What does not reach BigQuery is not asked about: runs that only began, slates, policies. */
    static final List<Question> ALL = List.of(
            new Question("completions_of_date", "game_date=2026-02-02"),
            new Question("processors_since", "since=2026-02-02T05:00:00Z until=2026-02-03T08:00:00Z"),
            new Question("last_completions", "as_of=2026-02-04T12:00:00Z"),
            new Question("last_completions", "as_of=2199-01-01T00:00:00Z"),
            new Question("completed_dates", "phase=phase4 processor_name=cache " + RANGE),
            new Question("landing_times", "time_zone=America/New_York " + RANGE),
            new Question("phase_gaps", RANGE),
            new Question(
                    "waiting_for_downstream",
                    "phase=phase4 processors=cache,factors downstream_phase=phase5 hours=2"
                            + " as_of=2026-02-07T12:00:00Z " + RANGE),
            new Question(
                    "stale_inputs",
                    "phase=phase5 processor_name=predict input_phase=phase4 input_processors=cache,factors"
                            + " max_age_hours=6 " + RANGE));

    /** Lines of {@link HistoryLine}. */
    static final String HISTORY = """
            2026-02-01 phase3 summary success 9    2026-02-01T06:00:00Z
            2026-02-01 phase4 cache   success 90   2026-02-01T07:00:00.250001Z 'inserted_at':'2026-02-01T07:00:01Z'
            2026-02-01 phase4 factors success 90   2026-02-01T08:00:00Z
            2026-02-01 phase5 predict success 9    2026-02-01T16:30:00Z 'started_at':'2026-02-01T15:00:00Z'
            2026-02-02 phase3 summary success 9    2026-02-02T06:00:00Z
            2026-02-02 phase3 summary failed  -    2026-02-02T06:30:00Z
            2026-02-02 phase5 predict success 9    2026-02-02T11:00:00Z
            2026-02-02 phase5 predict partial 9    2026-02-02T21:38:00Z
            2026-02-02 phase4 cache   success 90   2026-02-03T07:00:00Z
            2026-02-02 phase4 factors success 0    2026-02-03T07:00:00Z
            2026-02-02 phase4 factors success 80   2026-02-03T07:30:00Z
            2026-02-03 phase4 cache   success 90   2026-02-03T10:00:00Z
            2026-02-03 phase4 factors success 0    2026-02-03T11:00:00Z
            2026-02-03 phase5 predict success 9    2026-02-03T16:00:01Z 'is_backfill':true
            2026-02-04 phase4 cache   failed  -    2026-02-04T10:00:00Z
            2026-02-04 phase4 factors success 7    2026-02-04T10:00:00Z 'is_incremental':true
            2026-02-05 phase4 cache   success 90   2026-02-05T10:00:00Z
            2026-02-05 phase4 cache   success 91   2026-02-05T10:30:00Z
            2026-02-05 phase4 factors success 90   2026-02-05T12:00:00Z
            2026-02-05 phase5 predict success 9    2026-02-05T13:00:00Z
            2026-02-06 phase4 cache   success 0    2026-02-06T10:00:00Z
            2026-02-06 phase4 cache   success 88   2026-02-06T11:00:00Z
            2026-02-06 phase4 factors success 87   2026-02-06T11:30:00.000001Z 'inserted_at':'2026-02-06T11:30:01Z'
            2025-10-21 phase2 silent  success 7    2025-10-22T12:00:00Z
            2026-02-06 phase2 never   failed  -    2026-02-04T06:00:00Z""".lines().map(HistoryLine::json).collect(Collectors.joining("\n"));

    private static final List<String> INSTANTS = List.of("as_of", "since", "until");

    private Questions() {}

    /**
     * A question with what is asked about.
     *
     * @param variables {@code name=value}, between spaces
     */
    record Question(String file, String variables) {

        private Map<String, String> values() {
            return Arrays.stream(variables.split(" "))
                    .map(each -> each.split("=", 2))
                    .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        }

        List<String> here(Connection connection) throws SQLException, IOException {
            return QueryFile.named(file).rows(connection, values()).stream()
                    .map(row ->
                            Arrays.stream(row.split(" ")).map(Question::plain).collect(Collectors.joining(" ")))
                    .map(row -> file.equals("completed_dates") ? row.replaceFirst(" \\S+$", "") : row)
                    .toList();
        }

        /** The emulator knows zones only as literals. */
        List<String> there(BigQueryEmulator emulator) throws IOException, InterruptedException {
            String sql =
                    QueryFile.named(file).inBigQuery().replace("@time_zone", "'" + values().get("time_zone") + "'");
            Map<String, QueryParameterValue> parameters = new HashMap<>();
            values().forEach((name, value) -> {
                if (sql.contains("@" + name)) {
                    parameters.put(
                            name,
                            INSTANTS.contains(name)
                                    ? QueryParameterValue.timestamp(
                                            Instant.parse(value).toEpochMilli() * 1000)
                                    : QueryParameterValue.string(value));
                }
            });
            return emulator.ask(sql, parameters).stream()
                    .map(row -> row.stream().map(Question::plain).collect(Collectors.joining(" ")))
                    .toList();
        }

        /** One side counts hours in decimals and the other in doubles. */
        private static String plain(@Nullable String value) {
            if (value == null) {
                return "-";
            }
            return value.matches("-?\\d+\\.\\d+")
                    ? new BigDecimal(value).stripTrailingZeros().toPlainString()
                    : value;
        }
    }
}
