package io.phaseledger.webhook;

import io.phaseledger.subscription.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver said.
 *
 * @param retryAfter what it asked for; null where it did not
 * @param body the beginning of it
 */
record Answer(
        int code, @Nullable Duration retryAfter, @Nullable String body) {

    private static final int FIRST_GOOD = 200;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;
    private static final int GONE = 410;

    static Answer of(HttpResponse head, String body) {
        Header asked = head.getFirstHeader("Retry-After");
        return new Answer(
                head.getCode(),
                RetryAfter.of(asked == null ? null : asked.getValue(), Instant.now()),
                body.isEmpty() ? null : body);
    }

    Attempt attempt() {
        if (code >= FIRST_GOOD && code < FIRST_REDIRECT) {
            return Attempt.delivered(code, body);
        }
        Attempt.Outcome outcome = code == GONE ? Attempt.Outcome.GONE : Attempt.Outcome.FAILED;
        return new Attempt(outcome, code, body, reason(), retryAfter);
    }

    private String reason() {
        if (code >= FIRST_REDIRECT && code < FIRST_ERROR) {
            return "it redirects (" + code + "), which is not followed";
        }
        return code == GONE ? "it wants to be called no more (410)" : "it answered " + code;
    }
}
