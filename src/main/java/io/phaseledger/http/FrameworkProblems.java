package io.phaseledger.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the framework refuses before any of our methods is asked, by status. */
final class FrameworkProblems {

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request cannot be read.",
            404, "There is nothing at this path.",
            405, "The path exists, and this method does not; Allow lists those that do.",
            406, "None of the media types that are accepted can be written here.",
            413, "The body is larger than this server takes.");

    private FrameworkProblems() {}

    static Problem of(int status) {
        var phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
        return Problem.of(status, code(status, phrase), DETAILS.getOrDefault(status, phrase + "."));
    }

    /**
     * A 415 that says which types are read, in {@code Accept} too (RFC 9110, 15.5.16).
     *
     * @param sent the type of the body, as it was sent; null where it has none
     */
    static Problem unsupportedType(@Nullable String sent, List<String> read) {
        String types = String.join(", ", read);
        String what = sent == null || sent.isBlank() ? "A body without a Content-Type" : Quoted.of(sent);
        return Problem.of(415, "unsupported_media_type", what + " is not read here; send it as " + types + ".")
                .with("media_types", read)
                .withHeader(HttpHeaders.ACCEPT, types);
    }

    private static String code(int status, String phrase) {
        return switch (status) {
            case 400 -> "malformed_request";
            case 413 -> "body_too_large";
            default -> phrase.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        };
    }
}
