package io.phaseledger.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.RawAnswer;
import io.phaseledger.RawHttp;
import io.phaseledger.RawRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page of another site can make a browser send to a service that takes requests without a key. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BrowserGateTest {

    private static final String REPORT = """
            {"phase":"gate","game_date":"2026-02-02","processor_name":"browser","status":"success","execution_id":"1"}""";

    /** An empty value is a header that is not sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", nullValues = "-", textBlock = """
            # method | path                    | Sec-Fetch-Site | Origin                  | Host               | Content-Type     | status | code
            POST     | /v1/completions         | -              | -                       | localhost:8080     | application/json | 200    | -
            POST     | /v1/completions         | same-origin    | http://localhost:8080   | localhost:8080     | application/json | 200    | -
            POST     | /v1/completions         | none           | -                       | 127.0.0.1:8080     | application/json | 200    | -
            POST     | /v1/completions         | same-origin    | https://127.8.0.1:8080  | 127.8.0.1:8080     | application/json | 200    | -
            POST     | /v1/completions         | same-origin    | http://[::1]:8080       | [::1]:8080         | application/json | 200    | -
            POST     | /v1/completions         | same-origin    | http://ledger.test:8080 | ledger.test:8080   | application/json | 200    | -
            POST     | /v1/completions         | cross-site     | https://ops.test        | localhost:8080     | application/json | 200    | -
            POST     | /v1/completions         | cross-site     | -                       | localhost:8080     | application/json | 403    | foreign_origin
            POST     | /v1/completions         | cross-site     | http://localhost:8080   | localhost:8080     | application/json | 403    | foreign_origin
            POST     | /v1/completions         | cross-site     | https://evil.test       | localhost:8080     | application/json | 403    | foreign_origin
            POST     | /v1/completions         | -              | https://evil.test       | localhost:8080     | application/json | 403    | foreign_origin
            POST     | /v1/completions         | same-site      | http://localhost:3000   | localhost:8080     | application/json | 403    | foreign_origin
            POST     | /v1/completions         | -              | null                    | localhost:8080     | text/plain       | 403    | foreign_origin
            POST     | /v1/completions/import  | -              | https://ops.test.evil   | localhost:8080     | text/plain       | 403    | foreign_origin
            PUT      | /v1/policies/phase4     | cross-site     | -                       | localhost:8080     | -                | 403    | foreign_origin
            DELETE   | /v1/slates/2031-02-01   | cross-site     | -                       | localhost:8080     | -                | 403    | foreign_origin
            PATCH    | /v1/subscriptions/1     | cross-site     | -                       | localhost:8080     | -                | 403    | foreign_origin
            POST     | /nowhere                | cross-site     | -                       | localhost:8080     | -                | 403    | foreign_origin
            GET      | /v1/policies            | cross-site     | https://evil.test       | localhost:8080     | -                | 200    | -
            HEAD     | /v1/policies            | cross-site     | https://evil.test       | localhost:8080     | -                | 200    | -
            OPTIONS  | /v1/policies            | cross-site     | https://evil.test       | localhost:8080     | -                | 200    | -
            POST     | /v1/completions         | -              | -                       | localhost:8080     | text/plain       | 415    | unsupported_media_type
            POST     | /v1/completions         | -              | -                       | localhost:8080     | -                | 415    | unsupported_media_type
            POST     | /v1/completions/import  | -              | -                       | localhost:8080     | -                | 415    | unsupported_media_type
            POST     | /v1/completions         | same-origin    | http://evil.test        | evil.test          | application/json | 403    | foreign_host
            GET      | /v1/policies            | same-origin    | -                       | evil.test:8080     | -                | 403    | foreign_host
            GET      | /v1/policies            | -              | -                       | localhost.evil.test | -               | 403    | foreign_host
            GET      | /v1/policies            | -              | -                       | 127.0.0.1.evil.test | -               | 403    | foreign_host
            GET      | /q/metrics              | -              | -                       | evil.test          | -                | 403    | foreign_host
            GET      | /openapi.yaml           | -              | -                       | evil.test          | -                | 403    | foreign_host
            GET      | /q/health/ready         | -              | -                       | 10.1.2.3:8080      | -                | 200    | -
            GET      | /q/health/live          | -              | -                       | evil.test          | -                | 200    | -
            """)
    void a_page_of_another_site_changes_nothing(
            String method, String path, String site, String origin, String host, String type, int status, String code)
            throws IOException {
        RawRequest request = RawRequest.of(method, path).without("Host").with("Host", host);
        request = site == null ? request : request.with("Sec-Fetch-Site", site);
        request = origin == null ? request : request.with("Origin", origin);
        request = type == null ? request : request.with("Content-Type", type);
        RawAnswer answer =
                send(method.equals("POST") ? request.withBody(REPORT.getBytes(StandardCharsets.UTF_8)) : request);
        assertEquals(status, answer.status() == 201 ? 200 : answer.status(), answer::toString);
        assertTrue(code == null || answer.body().contains("\"code\":\"" + code + "\""), answer::body);
    }

    private static RawAnswer send(RawRequest request) throws IOException {
        return new RawHttp(RestAssured.port).send(request.bytes()).get(0);
    }
}
