package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a caller waits for the answer that it hopes for.
 *
 * @param longest zero for not at all
 * @param isPreferred whether it said so as a preference, and wants to be told that it was met
 */
record WaitPreference(Duration longest, boolean isPreferred) {

    /** What lies between may give up on a connection that is silent for longer. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** RFC 7240, section 4.3: a number of seconds. */
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?", Pattern.CASE_INSENSITIVE);

    /**
     * The parameter, else the preference; a preference for longer than the longest is met as far as that.
     *
     * @throws Problem 422 when the parameter asks for longer, or about the past, which does not change
     */
    static WaitPreference of(Ask ask, HttpHeaders headers) {
        if (ask.longestWait() != null) {
            check(ask.longestWait(), ask);
            return new WaitPreference(ask.longestWait(), false);
        }
        Matcher preferred = WAIT.matcher(String.join(",", headers.getRequestHeader("Prefer")));
        if (!preferred.find() || ask.asOf() != null || ask.position() != null) {
            return new WaitPreference(Duration.ZERO, false);
        }
        Duration wished = Duration.ofSeconds(Long.parseLong(preferred.group(1)));
        return new WaitPreference(wished.compareTo(LONGEST) > 0 ? LONGEST : wished, true);
    }

    private static void check(Duration wait, Ask ask) {
        if (wait.compareTo(LONGEST) > 0) {
            throw refused("out_of_range", "is longer than " + LONGEST.toSeconds() + "s; ask again after it");
        }
        if (ask.asOf() != null || ask.position() != null) {
            throw refused("contradiction", "what was known then does not change: wait without as_of and position");
        }
    }

    private static Problem refused(String code, String detail) {
        return Problem.refused(FieldError.parameter("wait", code, detail));
    }

    boolean isNone() {
        return longest.isZero();
    }

    /** What Preference-Applied says; empty where no preference was sent. */
    Optional<String> applied() {
        return isPreferred ? Optional.of("wait=" + longest.toSeconds()) : Optional.empty();
    }
}
