package io.phaseledger.policy;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a start does to the policies of a ledger that an earlier version filled. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class DefaultPoliciesTest {

    private static final String NAME = "phase3_same_day";

    @Inject
    DefaultPolicies policies;

    private static ObjectNode earlier() throws IOException {
        ObjectNode policy = (ObjectNode) new ObjectMapper()
                .readTree(Objects.requireNonNull(
                        DefaultPoliciesTest.class.getResourceAsStream("/shipped/policies-1.json")))
                .required(NAME);
        policy.remove("effective_from");
        return policy;
    }

    private static int put(ObjectNode policy) {
        return given().contentType("application/json")
                .body(policy.toString())
                .put("/v1/policies/" + NAME)
                .then()
                .extract()
                .path("version");
    }

    private int startedVersion() {
        policies.load(new StartupEvent());
        return given().get("/v1/policies/" + NAME).then().extract().path("version");
    }

    @Test
    void only_a_policy_that_is_as_it_came_is_renewed_and_that_once() throws IOException {
        int before = put(earlier());
        assertEquals(before + 1, startedVersion());
        given().get("/v1/policies/" + NAME).then().body("deadline.ready_by", equalTo("06:00"));
        assertEquals(before + 1, startedVersion());

        int changed = put(earlier().put("description", "ours"));
        assertEquals(changed, startedVersion());

        put(earlier());
        startedVersion();
    }
}
