package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.post;
import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A small history that no other test has: five completions of two processors, the first of them retracted.
 *
 * <p>Its rows are told apart by their execution, {@code 1} to {@code 5} after the processor's name; {@code R} is the
 * retraction.
 */
record RecordedHistory(Sent sent, Sent other, String retracted, String retraction) {

    static RecordedHistory record() {
        Sent sent = Sent.byNewProcessor();
        Sent other = Sent.byNewProcessor();
        String first = completion(sent, sent, "1", "phase4", "2031-02-02", "success", "00:00:00", "A");
        completion(sent, sent, "2", "phase4", "2031-02-03", "failed", "01:00:00", "A");
        completion(sent, sent, "3", "phase3", "2031-02-03", "success", "02:00:00", "B");
        completion(sent, other, "4", "phase4", "2031-02-04", "no_data", "03:00:00", "A");
        completion(sent, sent, "5", "phase4", "2031-02-02", "running", "04:00:00.000001", "C");
        String retraction = post(
                        Sent.COMPLETIONS + "/" + first + "/retraction", "application/json", "{\"reason\":\"r\"}")
                .statusCode(201)
                .extract()
                .path("id");
        return new RecordedHistory(sent, other, first, retraction);
    }

    private static String completion(
            Sent sent, Sent by, String run, String phase, String date, String status, String time, String correlation) {
        return post("""
                {"phase":"%s","game_date":"%s","processor_name":"%s","status":"%s","execution_id":"%s",
                 "completed_at":"2026-01-01T%sZ","correlation_id":"%s"}""".formatted(
                                phase,
                                date,
                                by.processor(),
                                status,
                                sent.processor() + "-" + run,
                                time,
                                sent.processor() + "-" + correlation))
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Fills in {@code $p} and {@code $q}, the names of the processors. */
    String named(String text) {
        return text.replace("$p", sent.processor()).replace("$q", other.processor());
    }

    static RequestSpecification accepting(String type) {
        return given().urlEncodingEnabled(false).accept(type);
    }

    /** Which of its rows a query finds, in order. */
    String found(String query) {
        List<Map<String, String>> items = accepting("application/json")
                .get(Sent.COMPLETIONS + "?" + named(query))
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        return items.stream().map(RecordedHistory::label).collect(Collectors.joining(" "));
    }

    private static String label(Map<String, String> row) {
        String execution = row.get("execution_id");
        return execution == null ? "R" : execution.substring(execution.length() - 1);
    }
}
