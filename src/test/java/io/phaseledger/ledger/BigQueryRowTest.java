package io.phaseledger.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BigQueryRowTest {

    @Inject
    Json json;

    private ObjectNode row(String text) {
        return (ObjectNode) json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            "record_count":"123"                                  | "record_count":123
            "expected_count":"-1"                                 | "expected_count":-1
            "expected_count":"9007199254740993"                   | "expected_count":9007199254740993
            "record_count":"1e3"                                  | "record_count":"1e3"
            "record_count":"99999999999999999999"                 | "record_count":"99999999999999999999"
            "record_count":""                                     | "record_count":""
            "record_count":null                                   | "record_count":null
            "record_count":7                                      | "record_count":7
            "is_incremental":"true"                               | "is_incremental":true
            "is_backfill":"false"                                 | "is_backfill":false
            "is_incremental":"TRUE"                               | "is_incremental":"TRUE"
            "is_incremental":false                                | "is_incremental":false
            "completed_at":"2026-02-03 07:00:00 UTC"              | "completed_at":"2026-02-03T07:00:00Z"
            "completed_at":"2026-02-03 07:00:00.123456 UTC"       | "completed_at":"2026-02-03T07:00:00.123456Z"
            "completed_at":"2026-02-03 07:00:00+00"               | "completed_at":"2026-02-03T07:00:00+00:00"
            "completed_at":"2026-02-03 07:00:00-05:30"            | "completed_at":"2026-02-03T07:00:00-05:30"
            "completed_at":"2026-02-03 07:00:00.5+0530"           | "completed_at":"2026-02-03T07:00:00.5+05:30"
            "completed_at":"2026-02-03 07:00:00Z"                 | "completed_at":"2026-02-03T07:00:00Z"
            "started_at":"2026-02-03 07:00:00"                    | "started_at":"2026-02-03T07:00:00Z"
            "inserted_at":"2026-02-03 07:00:00.1"                 | "inserted_at":"2026-02-03T07:00:00.1Z"
            "inserted_at":"2026-02-03T07:00:00"                   | "inserted_at":"2026-02-03T07:00:00"
            "inserted_at":"2026-02-03T07:00:00Z"                  | "inserted_at":"2026-02-03T07:00:00Z"
            "inserted_at":"2026-02-03 07:00:00 EST"               | "inserted_at":"2026-02-03 07:00:00 EST"
            "inserted_at":"2026-02-03 07:00"                      | "inserted_at":"2026-02-03 07:00"
            "inserted_at":1770102000                              | "inserted_at":1770102000
            "game_date":"2026-02-03"                              | "game_date":"2026-02-03"
            "metadata":{"a":1}                                    | "metadata":{"a":1}
            "metadata":"{\\"a\\":1.50}"                           | "metadata":{"a":1.50}
            "metadata":"null"                                     | "metadata":null
            "metadata":null                                       | "metadata":null
            "entities_changed":null                               | "entities_changed":[]
            "entities_changed":["1","true"]                       | "entities_changed":["1","true"]
            "correlation_id":"123","execution_id":"true"          | "correlation_id":"123","execution_id":"true"
            "status":"success"                                    | "status":"success"
            """, quoteCharacter = '\u0001')
    void becomes_what_is_posted(String exported, String posted) {
        assertEquals(
                "{" + posted + "}",
                new BigQueryRow(json).posted(row("{" + exported + "}")).toString());
    }

    @Test
    void metadata_that_is_no_json_is_named() {
        BigQueryRow rows = new BigQueryRow(json);
        Problem problem = assertThrows(Problem.class, () -> rows.posted(row("{\"metadata\":\"{a}\"}")));
        assertEquals("/metadata", problem.errors().get(0).pointer());
    }

    @Test
    void the_exported_row_stays_as_it_was() {
        ObjectNode exported = row("{\"record_count\":\"1\"}");
        assertEquals(
                1, new BigQueryRow(json).posted(exported).path("record_count").asInt());
        assertEquals("{\"record_count\":\"1\"}", exported.toString());
    }
}
