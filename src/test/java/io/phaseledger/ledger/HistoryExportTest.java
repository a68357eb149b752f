package io.phaseledger.ledger;

import static io.phaseledger.ledger.RecordedHistory.accepting;
import static io.phaseledger.ledger.Sent.NDJSON;
import static io.phaseledger.ledger.Sent.post;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HistoryExportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CSV = "text/csv";

    /** What CSV, JSON, spreadsheets and terminals each have a meaning for, as JSON writes it. */
    private static final String ODD = "=1+1, \\\"quoted\\\"\\r\\nnext\\tline; 'ü€𝄞' \\\\ \\u001b @-+";

    private static final String ODD_TEXT = "=1+1, \"quoted\"\r\nnext\tline; 'ü€𝄞' \\ \u001b @-+";

    @Inject
    DataSource database;

    private final Sent sent = Sent.byNewProcessor();

    private ValidatableResponse export(String type, String query) {
        return accepting(type)
                .get(Sent.COMPLETIONS + "?processor_name=" + sent.processor() + query)
                .then()
                .statusCode(200);
    }

    private List<CSVRecord> csv(String query) throws IOException {
        String body = export(CSV, query).extract().asString();
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new java.io.StringReader(body))
                .getRecords();
    }

    private List<JsonNode> ndjson(String query) throws JsonProcessingException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : export(NDJSON, query).extract().asString().split("\n", -1)) {
            rows.add(JSON.readTree(line));
        }
        assertTrue(rows.remove(rows.size() - 1).isMissingNode(), "the last line ends too");
        return rows;
    }

    @Test
    void aCsvHoldsWhatWasRecordedToTheCharacter() throws IOException {
        post(sent.completion("1", "success", """
                ,"correlation_id":"%1$s","entities_changed":["%1$s","","b"],"metadata":{"note":"%1$s","n":1.50}""".formatted(ODD))).statusCode(201);
        post(sent.completion("2", "partial", ",\"record_count\":0")).statusCode(201);
        List<CSVRecord> rows = csv("&order=asc");
        assertEquals(ODD_TEXT, rows.get(0).get("correlation_id"));
        assertEquals(
                JSON.createArrayNode().add(ODD_TEXT).add("").add("b"),
                JSON.readTree(rows.get(0).get("entities_changed")));
        assertEquals(
                ODD_TEXT, JSON.readTree(rows.get(0).get("metadata")).get("note").textValue());
        assertTrue(rows.get(0).get("metadata").contains("1.50"), "a number keeps its digits");
        assertEquals("", rows.get(0).get("record_count"));
        assertEquals("0", rows.get(1).get("record_count"));
        assertEquals("", rows.get(1).get("correlation_id"));
        assertEquals("[]", rows.get(1).get("entities_changed"));
        assertEquals("", rows.get(1).get("metadata"));
        assertEquals("false", rows.get(1).get("is_backfill"));
    }

    @Test
    void bothFormsSayWhatAPageSays() throws IOException {
        post(sent.completion("1", "success", ",\"correlation_id\":\"" + ODD + "\",\"record_count\":7"))
                .statusCode(201);
        post(sent.completion("2")).statusCode(201);
        JsonNode page = JSON.readTree(accepting("application/json")
                        .get(Sent.COMPLETIONS + "?processor_name=" + sent.processor())
                        .asString())
                .get("items");
        List<JsonNode> lines = ndjson("");
        List<CSVRecord> rows = csv("");
        assertEquals(2, lines.size());
        assertEquals(2, rows.size());
        for (int i = 0; i < 2; i++) {
            assertEquals(page.get(i), lines.get(i));
            for (String column : rows.get(i).toMap().keySet()) {
                JsonNode value = page.get(i).get(column);
                String text = value.isNull() ? "" : value.isContainerNode() ? value.toString() : value.asText();
                assertEquals(text, rows.get(i).get(column), column);
            }
        }
    }

    @Test
    void theHeaderHasTheNamesOfTheTablesColumns() throws IOException, SQLException {
        post(sent.completion("1")).statusCode(201);
        Set<String> header = new TreeSet<>(csv("").get(0).toMap().keySet());
        Set<String> expected = columns();
        expected.removeAll(List.of("identity_key", "content_hash"));
        expected.add("retracted_by");
        assertEquals(expected, header);
    }

    /** The first twelve are those of BigQuery, in its order. */
    private Set<String> columns() throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (Connection connection = database.getConnection();
                ResultSet row =
                        connection.getMetaData().getColumns(null, "nba_orchestration", "phase_completions", null)) {
            while (row.next()) {
                columns.add(row.getString("COLUMN_NAME"));
            }
        }
        return columns;
    }

    @Test
    void theTwelveColumnsThatBigQueryHasComeFirst() {
        export(CSV, "")
                .header("Content-Type", startsWith(CSV))
                .header("Ledger-Position", matchesPattern("\\d+"))
                .header("Vary", containsString("Accept"))
                .body(startsWith("phase,game_date,processor_name,status,record_count,correlation_id,execution_id,"
                        + "completed_at,is_incremental,entities_changed,metadata,inserted_at,position,"));
    }

    @Test
    void aSelectionWithoutRowsIsAHeaderOrNothing() {
        assertEquals(1, export(CSV, "").extract().asString().lines().count());
        export(NDJSON, "").header("Content-Type", startsWith(NDJSON)).body(equalTo(""));
    }

    @Test
    void aRetractedRowShowsWhatRetractsIt() throws IOException {
        String id = post(sent.completion("1")).extract().path("id");
        String retraction = post(Sent.COMPLETIONS + "/" + id + "/retraction", "application/json", "{\"reason\":\"r\"}")
                .extract()
                .path("id");
        assertEquals(retraction, csv("").get(0).get("retracted_by"));
        assertEquals(retraction, ndjson("").get(0).get("retracted_by").textValue());
        List<CSVRecord> all = csv("&kind=all&order=asc");
        assertEquals(id, all.get(1).get("retracts"));
        assertEquals("", all.get(1).get("retracted_by"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&limit=5", "&cursor=MS5ERVNDLjUuMDEyMzQ1Njc4OWFiY2RlZg"})
    void aPageOfAStreamIsRefused(String paging) {
        for (String type : List.of(CSV, NDJSON)) {
            accepting(type)
                    .get(Sent.COMPLETIONS + "?processor_name=" + sent.processor() + paging)
                    .then()
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body("code", equalTo("not_with_streams"))
                    .body("errors.parameter", contains(paging.substring(1, paging.indexOf('='))));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */*                                    | application/json
            application/*                          | application/json
            application/json, text/csv;q=0.5       | application/json
            text/csv, application/json;q=0.5       | text/csv
            text/*                                 | text/csv
            text/csv;charset=utf-8                 | text/csv
            application/x-ndjson                   | application/x-ndjson
            """)
    void whatIsPreferredIsAnswered(String accepted, String type) {
        accepting(accepted)
                .get(Sent.COMPLETIONS + "?processor_name=" + sent.processor())
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith(type));
    }

    @Test
    void whatCannotBeWrittenIsNotAcceptable() {
        accepting("text/html").get(Sent.COMPLETIONS).then().statusCode(406).body("code", equalTo("not_acceptable"));
    }
}
