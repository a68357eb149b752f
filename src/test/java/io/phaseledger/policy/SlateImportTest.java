package io.phaseledger.policy;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SlateImportTest {

    @Inject
    DataSource database;

    private static ValidatableResponse importing(String body) {
        return given().contentType("application/x-ndjson")
                .body(body.getBytes(UTF_8))
                .post("/v1/slates/import")
                .then()
                .statusCode(200);
    }

    @Test
    void records_each_date_once() {
        String schedule = """
                {"game_date":"2031-01-01","units":3,"inserted_at":"2025-08-14T19:00:00Z"}

                {"game_date":"2031-01-02","units":0,"note":"break","inserted_at":"2025-08-14T19:00:00Z"}
                {"game_date":"2031-01-03","units":7}
                """;
        importing(schedule)
                .body("read", equalTo(3))
                .body("recorded", equalTo(3))
                .body("replayed", equalTo(0))
                .body("rejected_count", equalTo(0));
        importing(schedule).body("recorded", equalTo(0)).body("replayed", equalTo(3));
        get("/v1/slates?from=2031-01-01&to=2031-01-03")
                .then()
                .body("items.units", contains(3, 0, 7))
                .body("items[1].note", equalTo("break"))
                .body("items[1].inserted_at", equalTo("2025-08-14T19:00:00Z"));
        LedgerChain.assertWhole(database);
    }

    @Test
    void rejects_what_a_put_refuses_and_goes_on() {
        importing("""
                {"game_date":"2031-02-01","units":-1}
                {"game_date":"TODAY","units":1}
                {"units":1}
                {"game_date":"2031-02-02","units":1,"games":1}
                {"game_date":"2031-02-03","units":1,"inserted_at":"2031-02-03T00:00:00Z"}
                {"game_date":"2031-02-04",
                {"game_date":"2031-02-05","units":5}""")
                .body("read", equalTo(7))
                .body("recorded", equalTo(1))
                .body("rejected.line", contains(1, 2, 3, 4, 5, 6))
                .body(
                        "rejected.code",
                        contains(
                                "out_of_range",
                                "relative_date",
                                "required",
                                "unknown_field",
                                "inserted_at_in_future",
                                "malformed_json"));
        get("/v1/slates?from=2031-02-01&to=2031-02-05").then().body("items.game_date", contains("2031-02-05"));
    }

    @Test
    void reads_an_array() {
        importing("[{\"game_date\":\"2031-03-01\",\"units\":1},{\"game_date\":\"2031-03-02\",\"units\":2}]")
                .body("recorded", equalTo(2));
    }

    /** A page is one commit: what a line says must hold for the next one, and for the page after. */
    @Test
    void a_later_line_sees_what_an_earlier_one_said() {
        String other = "{\"game_date\":\"2031-04-02\",\"units\":1}\n".repeat(1_000);
        importing("""
                {"game_date":"2031-04-01","units":1}
                {"game_date":"2031-04-01","units":1}
                {"game_date":"2031-04-01","units":2}
                {"game_date":"2031-04-01","units":1}
                {"game_date":"2031-04-01","units":9,"inserted_at":"2025-08-14T19:00:00Z"}
                {"game_date":"2031-04-01","units":9,"inserted_at":"2025-08-14T19:00:00Z"}
                """ + other + """
                {"game_date":"2031-04-01","units":1}
                {"game_date":"2031-04-01","units":9}
                """).body("recorded", equalTo(6)).body("replayed", equalTo(1_002));
        get("/v1/slates?from=2031-04-01&to=2031-04-01").then().body("items.units", contains(9));
        LedgerChain.assertWhole(database);
    }
}
