package io.phaseledger.ingest;

import static io.phaseledger.ingest.Messages.CLOUDEVENTS;
import static io.phaseledger.ingest.Messages.post;
import static io.phaseledger.ingest.Messages.rejected;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class CloudEventsTest {

    private final Messages messages = Messages.ofNewProcessor();

    private String event(String id, String data) {
        return """
                {"specversion":"1.0","id":"%s","source":"/tests/%s","type":"phase.completed",
                 "time":"2026-02-03T02:00:00-05:00","datacontenttype":"application/json","tenant":"a",%s}""".formatted(id, messages.id(), data);
    }

    private String completed(String status) {
        return "\"data\":" + messages.message("2026-02-02", status, "");
    }

    private ValidatableResponse binary(String id, String body) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/tests/" + messages.id())
                .header("ce-type", "phase.completed")
                .header("ce-time", "2026-02-03T07:00:00Z")
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(CLOUDEVENTS)
                .then();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/cloudevents+json", "application/cloudevents+json; charset=utf-8", "application/json"
            })
    void a_structured_event_is_recorded_once(String type) {
        post(CLOUDEVENTS, type, event("1", completed("success")))
                .statusCode(200)
                .body("results.outcome", contains("recorded"))
                .body("results.message_id", contains("/tests/" + messages.id() + " 1"));
        post(CLOUDEVENTS, type, event("1", completed("success"))).body("results.outcome", contains("already_recorded"));
        messages.rows().body("items.completed_at", contains("2026-02-03T07:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-03T07:00:00+0000", "2026-02-03 02:00:00-05", "2026-02-03T07:00:00.123456789Z"})
    void the_time_of_an_event_is_in_any_usual_form(String time) {
        String event = event("1", completed("success")).replace("2026-02-03T02:00:00-05:00", time);
        post(CLOUDEVENTS, CloudEventResource.ONE, event).body("results.outcome", contains("recorded"));
        messages.rows().body("items.completed_at", contains(startsWith("2026-02-03T07:00:00")));
    }

    @Test
    void an_event_is_the_same_in_each_mode() {
        String data = messages.message("2026-02-02", "success", "");
        String base64 = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
        binary("1", data).statusCode(200).body("results.outcome", contains("recorded"));
        post(CLOUDEVENTS, CloudEventResource.ONE, event("1", "\"data\":" + data))
                .body("results.outcome", contains("already_recorded"));
        post(CLOUDEVENTS, CloudEventResource.ONE, event("1", "\"data_base64\":\"" + base64 + "\""))
                .body("results.outcome", contains("already_recorded"));
        messages.rows().body("items", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-id", "ce-source", "ce-type"})
    void an_event_in_headers_that_lacks_some_is_told_which(String header) {
        given().header(header, "x")
                .contentType("application/json")
                .body(messages.message("2026-02-02", "success", "").getBytes(StandardCharsets.UTF_8))
                .post(CLOUDEVENTS)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasSize(3))
                .body("errors.pointer", hasItem("/specversion"))
                .body("errors.pointer", not(hasItem("/" + header.substring(3))));
    }

    @Test
    void an_event_in_the_body_may_have_headers_of_one_beside_it() {
        given().header("ce-id", "x")
                .contentType(CloudEventResource.ONE)
                .body(event("1", completed("success")).getBytes(StandardCharsets.UTF_8))
                .post(CLOUDEVENTS)
                .then()
                .statusCode(200)
                .body("results.outcome", contains("recorded"));
    }

    @Test
    void a_batch_is_answered_event_by_event() {
        post(
                        CLOUDEVENTS,
                        CloudEventResource.MANY,
                        "[" + event("1", completed("success")) + "," + event("2", completed("sucess")) + ","
                                + event("1", completed("success")) + "]")
                .statusCode(200)
                .body("results.outcome", contains("recorded", "rejected", "already_recorded"))
                .body("results[1].code", equalTo("unknown_value"));
        rejected("source=cloudevents")
                .body(
                        "items.find { it.message_id == '/tests/" + messages.id() + " 2' }.body",
                        containsString("sucess"));
        post(CLOUDEVENTS, CloudEventResource.MANY, "[]").statusCode(200).body("results", empty());
    }

    @Test
    void data_that_is_no_json_is_kept_and_read_again_by_a_retry() {
        String kept = binary("1", "success!")
                .statusCode(200)
                .body("results.code", contains("malformed_json"))
                .extract()
                .path("results[0].rejection_id");
        Messages.retry(kept).body("retry_outcome", equalTo("malformed_json"));
        binary("2", "").body("results.code", contains("data_missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+10000", "1E-10000", "1E+2147483647"})
    void a_number_that_fills_the_memory_is_kept_as_it_came(String number) {
        String data = "\"data\":" + messages.message("2026-02-02", "success", ",\"metadata\":{\"n\":" + number + "}");
        post(CLOUDEVENTS, CloudEventResource.ONE, event("1", data)).body("results.code", contains("out_of_range"));
        rejected("source=cloudevents").body("items[0].body", containsString(number));
    }

    /** What is put around it, and how its numbers are written, must not take it beyond the limits. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void what_was_kept_can_be_read_again(int kind) {
        String value = kind == 0 ? "9".repeat(390) + "e390" : "[".repeat(98) + "]".repeat(98);
        String data = messages.message("2026-02-02", "sucess", ",\"metadata\":{\"n\":" + value + "}");
        String kept = binary("1", data).statusCode(200).extract().path("results[0].rejection_id");
        Messages.retry(kept).body("retry_outcome", equalTo("unknown_value"));
    }

    @Test
    void an_event_with_a_run_goes_by_the_run() {
        String data = "\"data\":" + messages.message("2026-02-02", "success", ",\"execution_id\":\"run-1\"");
        post(CLOUDEVENTS, CloudEventResource.ONE, event("1", data)).body("results.outcome", contains("recorded"));
        post(CLOUDEVENTS, CloudEventResource.ONE, event("2", data))
                .body("results.outcome", contains("already_recorded"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"specversion":"1.0","source":"/a","type":"t"}                          | /id
            {"specversion":"1.0","id":"1","type":"t"}                               | /source
            {"specversion":"1.0","id":"1","source":"/a"}                            | /type
            {"specversion":"1.0","id":"","source":"","type":""}                     | /id /source /type
            {"specversion":"1.0","id":1,"source":["/a"],"type":{}}                  | /id /source /type
            {"specversion":"0.3","id":"1","source":"/a","type":"t"}                 | /specversion
            {"specversion":"9","id":"1","source":"/a","type":"t"}                   | /specversion
            {"specversion":1.0,"id":"1","source":"/a","type":"t"}                   | /specversion
            {"specversion":null,"id":"1","source":"/a","type":"t"}                  | /specversion
            {"specversion":"1.0","id":"1","source":"a b","type":"t"}                | /source
            {"specversion":"1.0","id":"1","source":"/a","type":"t","time":"noon"}   | /time
            {"specversion":"1.0","id":"1","source":"/a","type":"t","time":7}        | /time
            {"specversion":"1.0","id":"1","source":"/a","type":"t","dataschema":":"} | /dataschema
            {"specversion":"1.0","id":"1","source":"/a","type":"t","Ext":"x"}       | /Ext
            {"specversion":"1.0","id":"1","source":"/a","type":"t","e/x":"x"}       | /e~1x
            {"specversion":"1.0","id":"1","source":"/a","type":"t","ext":5000000000} | /ext
            {"specversion":"1.0","id":"1","source":"/a","type":"t","ext":1.5}       | /ext
            {}                                                                      | /specversion /id /source /type
            """)
    void what_is_no_event_is_the_senders_fault(String body, String pointers) {
        post(CLOUDEVENTS, CloudEventResource.ONE, body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_event"))
                .body("detail", not(containsString("java")))
                .body("errors.pointer", equalTo(List.of(pointers.split(" "))));
        post(CLOUDEVENTS, CloudEventResource.MANY, "[" + event("1", completed("success")) + "," + body + "]")
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of(("/1" + pointers.replace(" ", " /1")).split(" "))));
        messages.rows().body("items", empty());
    }

    @Test
    void events_of_two_sources_are_two_however_they_are_put_together() {
        String first = event("b:c", completed("success"));
        String second = first.replace("\"id\":\"b:c\"", "\"id\":\"c\"")
                .replace("\"source\":\"/tests/" + messages.id(), "\"source\":\"/tests/" + messages.id() + ":b");
        post(CLOUDEVENTS, CloudEventResource.MANY, "[" + first + "," + second + "]")
                .body("results.outcome", contains("recorded", "recorded"));
    }

    @Test
    void what_is_no_object_is_no_event() {
        post(CLOUDEVENTS, CloudEventResource.ONE, "[]").statusCode(400).body("code", equalTo("wrong_type"));
        post(CLOUDEVENTS, CloudEventResource.MANY, "[[]]").statusCode(400).body("errors.pointer", contains("/0"));
    }

    @Test
    void extensions_are_let_through_and_what_is_null_is_not_there() {
        String extended = event("1", completed("success"))
                .replaceFirst("\\{", "{\"a1\":1,\"b\":true,\"c\":\"x\",\"d\":{},\"subject\":\"\",\"dataschema\":null,");
        post(CLOUDEVENTS, CloudEventResource.ONE, extended)
                .statusCode(200)
                .body("results.outcome", contains("recorded"));
    }
}
