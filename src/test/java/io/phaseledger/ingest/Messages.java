package io.phaseledger.ingest;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.response.ValidatableResponse;
import java.util.Base64;
import java.util.UUID;

/** What tests send: messages of a processor that no other test has. */
record Messages(String processor, String id) {

    static final String PUBSUB = "/v1/ingest/pubsub";
    static final String CLOUDEVENTS = "/v1/ingest/cloudevents";
    static final String OPENLINEAGE = "/v1/ingest/openlineage";
    static final String REJECTED = "/v1/ingest/rejected";

    static Messages ofNewProcessor() {
        String name = UUID.randomUUID().toString().replace("-", "");
        return new Messages("p_" + name, "m_" + name);
    }

    /** The least that is a report, with this date and status. */
    String message(String date, String status, String more) {
        return """
                {"processor_name":"%s","phase":"phase4_precompute","game_date":"%s","status":"%s"%s}""".formatted(processor, date, status, more);
    }

    ValidatableResponse push(String message) {
        return pushAs(id, Base64.getEncoder().encodeToString(message.getBytes(UTF_8)));
    }

    static ValidatableResponse pushAs(String id, String data) {
        return post(PUBSUB, "application/json", """
                {"message":{"data":"%s","attributes":{"origin":"test"},"messageId":"%s","message_id":"%s",
                            "publishTime":"2026-02-03T07:00:01.5Z","orderingKey":"a","later":1},
                 "subscription":"projects/p/subscriptions/s","deliveryAttempt":%d}""".formatted(data, id, id, System.nanoTime() % 9 + 1));
    }

    static ValidatableResponse post(String path, String type, String body) {
        return given().contentType(type).body(body.getBytes(UTF_8)).post(path).then();
    }

    /** The rows of the processor, as the list has them. */
    ValidatableResponse rows() {
        return get("/v1/completions?order=asc&processor_name=" + processor)
                .then()
                .statusCode(200);
    }

    static ValidatableResponse retry(String rejection) {
        return given().post(REJECTED + "/" + rejection + "/retry").then().statusCode(200);
    }

    /** Those that are open; the tests of a run do not fill a page. */
    static ValidatableResponse rejected(String query) {
        return get(REJECTED + "?limit=1000&" + query).then().statusCode(200);
    }
}
