package io.phaseledger.access;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.stream.Listener;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AccessTest.Locked.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class TokensTest {

    private static final Duration MOMENT = Duration.ofSeconds(30);

    private static ValidatableResponse ask(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/v1/policies")
                .then();
    }

    private static ValidatableResponse record(String token, String phase) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(
                        "{\"phase\":\"%s\",\"game_date\":\"2026-02-02\",\"processor_name\":\"p_%s\",\"status\":\"success\"}"
                                .formatted(phase, UUID.randomUUID().toString().substring(0, 8)))
                .post("/v1/completions")
                .then();
    }

    private static void refused(String token) {
        ask(token)
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_token"))
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
    }

    @Test
    void what_a_grant_allows_the_subject_of_a_token_may_do_and_its_name_is_recorded() {
        record(Issuer.token(Issuer.PROCESSORS), "phase4")
                .statusCode(201)
                .body("recorded_by", equalTo(Issuer.PROCESSORS));
        record(Issuer.token(Issuer.PROCESSORS), "phase3").statusCode(403).body("code", equalTo("not_yours"));
        record(Issuer.token(Issuer.DASHBOARD), "phase4").statusCode(403).body("code", equalTo("insufficient_scope"));
        ask(Issuer.token(Issuer.DASHBOARD)).statusCode(200);
    }

    @Test
    void any_claim_can_tell_the_subject() {
        JwtClaims claims = Issuer.claims("nobody@example.com");
        claims.setSubject("robot-17");
        given().header("Authorization", "Bearer " + Issuer.signed(claims))
                .get("/v1/keys")
                .then()
                .statusCode(200);
    }

    @Test
    void a_good_token_without_a_grant_may_do_nothing() {
        ask(Issuer.token("stranger@example.com"))
                .statusCode(403)
                .header("WWW-Authenticate", equalTo("Bearer realm=\"phase-ledger\", error=\"insufficient_scope\""))
                .body("code", equalTo("no_grant"))
                .body(
                        "detail",
                        equalTo("The token is good, and no grant names its email, stranger@example.com;"
                                + " no grant names its sub, 1234567890."));
    }

    @Test
    void an_address_that_was_not_verified_is_nobody() {
        JwtClaims claims = Issuer.claims(Issuer.DASHBOARD);
        claims.setClaim("email_verified", false);
        ask(Issuer.signed(claims))
                .statusCode(403)
                .body("code", equalTo("no_grant"))
                .body("detail", containsString(Issuer.DASHBOARD + ", does not count, as email_verified is not true"));
    }

    @Test
    void an_expired_token_is_refused() {
        JwtClaims claims = Issuer.claims(Issuer.DASHBOARD);
        claims.setExpirationTimeMinutesInTheFuture(-10);
        refused(Issuer.signed(claims));
    }

    @Tag("proof")
    @Test
    void a_stream_ends_once_its_token_has_expired() throws Exception {
        JwtClaims claims = Issuer.claims(Issuer.DASHBOARD);
        NumericDate soon = NumericDate.now();
        soon.addSeconds(4);
        claims.setExpirationTime(soon);
        String url = RestAssured.baseURI + ":" + RestAssured.port + "/v1/events";
        try (Listener listener = Listener.as(Issuer.signed(claims), url);
                Listener other = Listener.as(Issuer.token(Issuer.DASHBOARD), url)) {
            await().atMost(MOMENT).until(listener::isEnded);
            assertTrue(listener.lastComment().contains("not good any more"), listener.lastComment());
            assertFalse(other.isEnded());
        }
    }

    @Test
    void a_token_for_another_service_is_refused() {
        JwtClaims claims = Issuer.claims(Issuer.DASHBOARD);
        claims.setAudience("https://another.test");
        refused(Issuer.signed(claims));
    }

    @Test
    void a_token_of_another_issuer_is_refused() {
        JwtClaims claims = Issuer.claims(Issuer.DASHBOARD);
        claims.setIssuer("https://accounts.example.com");
        refused(Issuer.signed(claims));
    }

    @Test
    void a_token_that_another_key_signed_is_refused() {
        refused(Issuer.signed(Issuer.claims(Issuer.DASHBOARD), Issuer.newKey("strange")));
    }

    @Test
    void a_token_without_a_signature_or_of_another_algorithm_is_refused() {
        refused(Issuer.unsigned(Issuer.claims(Issuer.DASHBOARD)));
        refused(Issuer.confused(Issuer.claims(Issuer.DASHBOARD)));
        refused("not.a.token");
    }

    @Test
    void keys_work_beside_tokens() {
        ask(AccessTest.BOOTSTRAP).statusCode(200);
        String key = AccessTest.key("both", "read", "");
        ask(key).statusCode(200);
    }

    /** Though somebody without credentials has just used up the fetch of keys, with a token by a key of their own. */
    @Tag("proof")
    @Test
    void a_new_key_of_the_issuer_is_fetched_and_the_old_one_forgotten() {
        ask(Issuer.token(Issuer.DASHBOARD)).statusCode(200);
        String before = Issuer.token(Issuer.DASHBOARD);
        refused(Issuer.signed(Issuer.claims(Issuer.DASHBOARD), Issuer.newKey("stray-" + UUID.randomUUID())));
        Issuer.rotate("rotated-" + UUID.randomUUID());
        await().atMost(MOMENT)
                .untilAsserted(() -> assertEquals(
                        200, ask(Issuer.token(Issuer.DASHBOARD)).extract().statusCode()));
        refused(before);
    }
}
