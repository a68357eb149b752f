package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.post;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerHash;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Where the ledger ends, told with a hash of all that is in it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HeadTest {

    @Inject
    DataSource database;

    private static Response head() {
        return given().get("/v1/ledger/head").then().statusCode(200).extract().response();
    }

    private static void alias() {
        String name = "h" + UUID.randomUUID();
        given().contentType("application/json")
                .body("{\"target\":\"" + name + "_target\"}")
                .put("/v1/aliases/processors/" + name)
                .then()
                .statusCode(201);
    }

    @Test
    void the_head_is_told_with_its_hash() {
        post(Sent.byNewProcessor().completion("1")).statusCode(201);
        Response told = head();
        long position = told.jsonPath().getLong("position");
        assertEquals(Long.toString(position), told.header("Ledger-Position"));
        assertEquals(LedgerHash.at(database, position), told.jsonPath().getString("hash"));
    }

    @Test
    void the_hash_of_a_position_stays_whatever_is_recorded_after_it() {
        long before = head().jsonPath().getLong("position");
        String hash = LedgerHash.at(database, before);
        String next = LedgerHash.at(database, before + 1);
        alias();
        assertNotEquals(next, LedgerHash.at(database, before + 1), "an alias is in the hash of the next position");
        post(Sent.byNewProcessor().completion("1")).statusCode(201);
        assertEquals(hash, LedgerHash.at(database, before));
    }
}
