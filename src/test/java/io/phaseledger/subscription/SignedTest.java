package io.phaseledger.subscription;

import static io.phaseledger.subscription.Subscribed.change;
import static io.phaseledger.subscription.Subscribed.show;
import static io.phaseledger.subscription.Subscribed.taken;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.Receiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpHeaders;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls are signed by the Standard Webhooks specification, and what nobody could call is refused. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SignedTest {

    private static final String COMPLETIONS = ", \"events\": [\"completion\"]";
    private static final String OWN = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Subscribed subscribed = new Subscribed();

    private static void verify(String secret, Receiver.Call call) throws Exception {
        Map<String, List<String>> headers = Map.of(
                "webhook-id", List.of(call.id()),
                "webhook-timestamp", List.of(call.timestamp()),
                "webhook-signature", List.of(call.signature()));
        new Webhook(secret).verify(call.body(), HttpHeaders.of(headers, (name, value) -> true));
    }

    @Test
    void while_a_secret_is_changed_both_sign() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS + ", \"secret\": \"" + OWN + "\"");
            assertEquals(OWN, subscription.getString("secret"));
            subscribed.complete("2031-08-01", "");
            verify(OWN, taken(receiver, 1).get(0));
            assertNull(show(subscription).get("secret"));
            String next = change(subscription, "{\"secret\": null, \"description\": \"d\"}")
                    .getString("secret");
            assertNull(next, "nothing was said of it");
            String other = "whsec_" + "b".repeat(32);
            assertEquals(
                    other,
                    change(subscription, "{\"secret\": \"" + other + "\"}").getString("secret"));
            subscribed.complete("2031-08-01", "");
            Receiver.Call call = taken(receiver, 2).get(1);
            verify(OWN, call);
            verify(other, call);
            assertThrows(WebhookVerificationException.class, () -> verify("whsec_" + "c".repeat(32), call));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'url': 'https://10.0.0.1/hook', 'events': ['slate']} | unreachable_target | /url",
                "{'url': 'https://[fd00::1]/hook', 'events': ['slate']} | unreachable_target | /url",
                "{'url': 'https://[::ffff:169.254.169.254]/', 'events': ['slate']} | unreachable_target | /url",
                "{'url': 'https://2130706433.example:0/', 'events': ['slate']} | unreachable_target | /url",
                "{'url': 'ftp://example.com/', 'events': ['slate']} | unreachable_target | /url",
                "{'url': 'https://a:b@example.com/', 'events': ['slate']} | unreachable_target | /url",
                "{'url': 'https://example.com/#a', 'events': ['slate']} | unreachable_target | /url",
                "{'url': 'no url', 'events': ['slate']} | unreachable_target | /url",
                "{'events': ['slate']} | required | /url",
                "{'url': 'https://example.com/', 'pubsub_topic': 'topic', 'events': ['slate']} | contradiction | /pubsub_topic",
                "{'url': 'https://example.com/'} | required | /events",
                "{'url': 'https://example.com/', 'events': ['ready']} | unknown_value | /events/0",
                "{'url': 'https://example.com/', 'events': ['slate'], 'policies': ['1']} | invalid_name | /policies/0",
                "{'url': 'https://example.com/', 'events': ['slate'], 'deliver': 'settled'} | required | /settle",
                "{'url': 'https://example.com/', 'events': ['slate'], 'settle': 'PT1M'} | contradiction | /settle",
                "{'url': 'https://example.com/', 'events': ['slate'], 'deliver': 'settled', 'settle': 'P2D'} | out_of_range | /settle",
                "{'url': 'https://example.com/', 'events': ['slate'], 'secret': 'whsec_short'} | invalid_secret | /secret",
                "{'url': 'https://example.com/', 'events': ['slate'], 'include': ['all']} | unknown_value | /include/0",
                "{'url': 'https://example.com/', 'events': ['slate'], 'game_date_from': 'TODAY'} | relative_date | /game_date_from",
            })
    void what_nobody_could_call_is_refused(String body, String code, String pointer) {
        given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/v1/subscriptions")
                .then()
                .statusCode(422)
                .body("code", equalTo(code))
                .body("errors[0].pointer", equalTo(pointer));
    }

    @ParameterizedTest
    @CsvSource({
        "22,false",
        "23,false",
        "24,true",
        "25,true",
        "26,true",
        "62,true",
        "63,true",
        "64,true",
        "65,false",
        "66,false"
    })
    void a_secret_of_ones_own_has_24_to_64_bytes(int bytes, boolean taken) {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
        assertEquals(taken, secret.matches(Secrets.PATTERN));
    }
}
