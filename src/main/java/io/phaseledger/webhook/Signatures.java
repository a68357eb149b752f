package io.phaseledger.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Signs, by the reference library of the Standard Webhooks specification. */
final class Signatures {

    private Signatures() {}

    /** The value of {@code webhook-signature}: a signature by each secret, with spaces between. */
    static String of(List<String> secrets, String id, Instant at, String body) {
        List<String> signatures = new ArrayList<>();
        for (String secret : secrets) {
            signatures.add(sign(secret, id, at, body));
        }
        return String.join(" ", signatures);
    }

    private static String sign(String secret, String id, Instant at, String body) {
        try {
            return new Webhook(secret).sign(id, at.getEpochSecond(), body);
        } catch (WebhookSigningException | EmptyWebhookSecretException e) {
            throw new IllegalStateException("a secret that was checked can sign", e);
        }
    }
}
