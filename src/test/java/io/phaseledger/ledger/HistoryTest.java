package io.phaseledger.ledger;

import static io.phaseledger.ledger.RecordedHistory.accepting;
import static io.phaseledger.ledger.Sent.post;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HistoryTest {

    private static @Nullable RecordedHistory recorded;

    private RecordedHistory history;

    @BeforeEach
    void isRecordedOnce() {
        history = recorded == null ? RecordedHistory.record() : recorded;
        recorded = history;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            processor_name=$p                                                        | 5 3 2 1
            processor_name=$q                                                        | 4
            processor_name=$p&order=desc                                             | 5 3 2 1
            processor_name=$p&order=asc                                              | 1 2 3 5
            processor_name=$p&phase=phase4                                           | 5 2 1
            processor_name=$p&phase=phase3                                           | 3
            processor_name=$p&phase=phase_4_precompute                               | 5 2 1
            processor_name=$p&phase=phase5                                           | ''
            processor_name=$p&status=success                                         | 3 1
            processor_name=$p&status=running                                         | 5
            processor_name=$p&status=partial                                         | ''
            processor_name=$p&kind=completion                                        | 5 3 2 1
            processor_name=$p&kind=retraction                                        | R
            processor_name=$p&kind=all                                               | R 5 3 2 1
            processor_name=$p&kind=all&order=asc                                     | 1 2 3 5 R
            processor_name=$p&status=retracted                                       | R
            processor_name=$p&status=retracted&kind=all                              | R
            processor_name=$p&status=success&kind=all                                | 3 1
            processor_name=$p&game_date=2031-02-03                                   | 3 2
            processor_name=$p&game_date=2031-02-04                                   | ''
            processor_name=$p&game_date_from=2031-02-03                              | 3 2
            processor_name=$p&game_date_to=2031-02-02                                | 5 1
            processor_name=$p&game_date_from=2031-02-02&game_date_to=2031-02-03      | 5 3 2 1
            correlation_id=$p-A&game_date_from=2031-02-03&game_date_to=2031-02-04    | 4 2
            processor_name=$p&game_date_from=2031-02-03&game_date_to=2031-02-03      | 3 2
            processor_name=$p&completed_from=2026-01-01T01:00:00Z                    | 5 3 2
            processor_name=$p&completed_from=2026-01-01T01:00:00.000001Z             | 5 3
            processor_name=$p&completed_to=2026-01-01T01:00:00Z                      | 1
            processor_name=$p&completed_to=2026-01-01T04:00:00.000001Z               | 3 2 1
            processor_name=$p&completed_to=2026-01-01T04:00:00.000002Z               | 5 3 2 1
            processor_name=$p&completed_from=2026-01-01T01:00:00Z&completed_to=2026-01-01T02:00:00Z | 2
            processor_name=$p&completed_from=2025-12-31T20:00:00-05:00&kind=completion | 5 3 2
            processor_name=$p&completed_from=2026-01-01T02:00:00+01:00               | 5 3 2
            correlation_id=$p-A                                                      | 4 2 1
            correlation_id=$p-A&processor_name=$p                                    | 2 1
            correlation_id=$p-A&status=failed&phase=phase4&game_date=2031-02-03      | 2
            correlation_id=$p-A&status=failed&phase=phase3&game_date=2031-02-03      | ''
            correlation_id=$p                                                        | ''
            execution_id=$p-3                                                        | 3
            execution_id=$p-3&processor_name=$q                                      | ''
            processor_name=$p&limit=2                                                | 5 3
            processor_name=$p&limit=1000                                             | 5 3 2 1
            """)
    void eachFilterFindsItsRows(String query, String rows) {
        assertEquals(rows, history.found(query));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            game_date=2031-02-02&game_date_from=2031-02-02                    | 422 | contradiction     | game_date
            game_date=2031-02-02&game_date_to=2031-02-02                      | 422 | contradiction     | game_date
            game_date_from=2031-02-03&game_date_to=2031-02-02                 | 422 | out_of_range      | game_date_to
            game_date=TODAY                                                   | 422 | relative_date     | game_date
            game_date=2031-02-30                                              | 400 | invalid_date      | game_date
            game_date_from=yesterday                                          | 422 | relative_date     | game_date_from
            game_date_to=20310202                                             | 400 | invalid_date      | game_date_to
            completed_from=2026-01-01T00:00:00                                | 422 | zone_missing      | completed_from
            completed_to=2026-01-01                                           | 400 | invalid_instant   | completed_to
            completed_from=2026-01-02T00:00:00Z&completed_to=2026-01-01T00:00:00Z | 422 | out_of_range  | completed_to
            completed_from=2026-01-02T00:00:00Z&completed_to=2026-01-02T00:00:00Z | 422 | out_of_range  | completed_to
            status=done                                                       | 422 | unknown_value     | status
            status=SUCCESS                                                    | 422 | unknown_value     | status
            kind=both                                                         | 422 | unknown_value     | kind
            kind=completion&status=retracted                                  | 422 | contradiction     | status
            kind=retraction&status=success                                    | 422 | contradiction     | status
            order=newest                                                      | 422 | unknown_value     | order
            limit=0                                                           | 422 | out_of_range      | limit
            limit=1001                                                        | 422 | out_of_range      | limit
            limit=-1                                                          | 422 | out_of_range      | limit
            limit=ten                                                         | 400 | invalid_integer   | limit
            phase=%20phase4                                                   | 422 | invalid_name      | phase
            processor_name=player%07cache                                     | 422 | invalid_name      | processor_name
            processor=player_daily_cache                                      | 400 | unknown_parameter | processor
            phase=phase3&phase=phase4                                         | 400 | repeated_parameter | phase
            """)
    void whatCannotBeMeantIsRefusedByName(String query, int status, String code, String parameter) {
        accepting("application/json")
                .get(Sent.COMPLETIONS + "?" + query)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("errors.parameter", contains(parameter));
    }

    @Test
    void aRetractedRowShowsWhatRetractsIt() {
        get(Sent.COMPLETIONS + "/" + history.retracted())
                .then()
                .body("retracted_by", equalTo(history.retraction()))
                .body("retracts", nullValue());
        get(Sent.COMPLETIONS + "/" + history.retraction())
                .then()
                .body("kind", equalTo("retraction"))
                .body("status", equalTo("retracted"))
                .body("retracts", equalTo(history.retracted()))
                .body("retracted_by", nullValue())
                .body("metadata.reason", equalTo("r"));
        accepting("application/json")
                .get(Sent.COMPLETIONS + history.named("?processor_name=$p&order=asc"))
                .then()
                .body("items[0].retracted_by", equalTo(history.retraction()))
                .body("items[1].retracted_by", nullValue());
    }

    @Test
    void aPageSaysHowFarTheLedgerHadComeAndNothingOfTotals() {
        io.restassured.response.Response page = get(Sent.COMPLETIONS + "?limit=1");
        page.then().body("$", not(hasKey("total"))).body("keySet()", equalTo(java.util.Set.of("items", "next_cursor")));
        long head = Long.parseLong(page.header("Ledger-Position"));
        assertTrue(page.jsonPath().getLong("items[0].position") <= head);
    }

    @Test
    void aRowThatIsNotThereIs404() {
        for (String id : List.of("0198f1a0-0000-7000-8000-000000000000", "1-1-1-1-1", "latest")) {
            get(Sent.COMPLETIONS + "/" + id).then().statusCode(404).body("code", equalTo("unknown_completion"));
        }
    }

    @Test
    void anAliasFindsWhatItStandsForAndWhatWasRecordedBeforeItWasOne() {
        Sent before = Sent.byNewProcessor();
        Sent target = Sent.byNewProcessor();
        String alias = before.processor();
        post(before.completion("1")).statusCode(201);
        given().contentType("application/json")
                .body("{\"target\":\"" + target.processor() + "\"}")
                .put("/v1/aliases/processors/" + alias)
                .then()
                .statusCode(201);
        post(before.completion("2")).statusCode(201).body("processor_name", equalTo(target.processor()));
        post(target.completion("3")).statusCode(201);
        assertEquals("3 2 1", history.found("processor_name=" + alias));
        assertEquals("3 2", history.found("processor_name=" + target.processor()));
    }
}
