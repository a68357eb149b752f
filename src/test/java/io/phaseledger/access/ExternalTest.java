package io.phaseledger.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("proof")
@QuarkusTest
@TestProfile(ExternalTest.Proxied.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ExternalTest {

    private static final String COMPLETION =
            "{\"phase\":\"phase4\",\"game_date\":\"2026-02-02\",\"processor_name\":\"by_proxy\",\"status\":\"success\"}";

    /** An authenticating proxy is in front. */
    public static final class Proxied implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("phase-ledger.auth", "external", "phase-ledger.auth.external-header", "X-Authenticated-User");
        }
    }

    @Test
    void whom_the_proxy_names_is_recorded() {
        given().contentType("application/json")
                .header("X-Authenticated-User", "ada@example.com")
                .body(COMPLETION)
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .body("recorded_by", equalTo("ada@example.com"));
    }

    /** A proxy may append to what its caller sent, and the first would be of the caller's choice. */
    @Test
    void who_is_named_twice_or_in_a_way_that_names_nobody_is_refused() {
        refused("mallory@example.com", "ada@example.com");
        refused("ada\texample");
        refused("a".repeat(256));
        given().header("X-Authenticated-User", "a".repeat(255))
                .get("/v1/policies")
                .then()
                .statusCode(200);
    }

    private static void refused(String first, String... more) {
        given().header("X-Authenticated-User", first, (Object[]) more)
                .get("/v1/policies")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_caller"));
    }

    @Test
    void who_comes_by_the_proxy_sees_the_metrics_and_the_contract() {
        for (String path : List.of("/q/metrics", "/q/openapi", "/q/swagger-ui/", "/openapi.yaml")) {
            given().get(path).then().statusCode(200);
        }
    }

    @Test
    void whom_it_does_not_name_is_recorded_as_coming_by_it() {
        given().contentType("application/json")
                .body(COMPLETION)
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .body("recorded_by", equalTo("external"));
    }
}
