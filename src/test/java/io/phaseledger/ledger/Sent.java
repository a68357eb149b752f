package io.phaseledger.ledger;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;

/** What tests send: completions of a processor that no other test has. */
record Sent(String processor) {

    static final String COMPLETIONS = "/v1/completions";
    static final String BATCH = COMPLETIONS + "/batch";
    static final String IMPORT = COMPLETIONS + "/import";
    static final String NDJSON = "application/x-ndjson";

    static Sent byNewProcessor() {
        return new Sent("p_" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** A successful completion, identified by its execution. */
    String completion(String execution) {
        return completion(execution, "success", "");
    }

    /** @param more fields, each with a comma before it */
    String completion(String execution, String status, String more) {
        return """
                {"phase":"phase4","game_date":"2031-02-02","processor_name":"%s","status":"%s","execution_id":"%s"%s}""".formatted(processor, status, execution, more);
    }

    static ValidatableResponse post(String path, String contentType, String body) {
        return given().contentType(contentType)
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(path)
                .then();
    }

    static ValidatableResponse post(String completion) {
        return post(COMPLETIONS, ContentType.JSON.toString(), completion);
    }

    static ValidatableResponse importing(String body) {
        return post(IMPORT, NDJSON, body);
    }
}
