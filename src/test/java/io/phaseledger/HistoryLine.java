package io.phaseledger;

import java.util.List;

/**
 * A row of history as a test writes it: date, phase, processor, status, count or {@code -}, when it was completed, and
 * whatever else it says, with {@code '} for quotes.
 */
final class HistoryLine {

    private HistoryLine() {}

    /** As it is imported: of a run named after its completion, and known half a second later unless it says otherwise. */
    static String json(String line) {
        List<String> row = List.of(line.trim().split(" +", 7));
        String more = row.size() > 6 ? "," + row.get(6).replace('\'', '"') : "";
        return """
                {"game_date":"%s","phase":"%s","processor_name":"%s","status":"%s","record_count":%s,\
                "completed_at":"%s","execution_id":"%s"%s%s}""".formatted(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        row.get(3),
                        row.get(4).equals("-") ? "null" : row.get(4),
                        row.get(5),
                        "run-" + row.get(5),
                        more.contains("inserted_at")
                                ? ""
                                : ",\"inserted_at\":\"" + row.get(5).replace("Z", ".5Z") + "\"",
                        more);
    }
}
