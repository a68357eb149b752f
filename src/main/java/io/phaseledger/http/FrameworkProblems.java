package io.phaseledger.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the framework refuses before any of our methods is asked, by status. */
final class FrameworkProblems {

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request cannot be read.",
            404, "There is nothing at this path.",
            405, "The path exists, and this method does not; Allow lists those that do.",
            406, "None of the media types that are accepted can be written here.",
            413, "The body is larger than this server takes.",
            415, "The media type of the body is not one that is read here.");

    private FrameworkProblems() {}

    static Problem of(int status) {
        var phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
        return Problem.of(status, code(status, phrase), DETAILS.getOrDefault(status, phrase + "."));
    }

    /** A 415 that says which types are read. */
    static Problem unsupportedType(List<String> read) {
        return Problem.of(
                        415,
                        "unsupported_media_type",
                        "The media type of the body is not one that is read here; " + String.join(", ", read)
                                + (read.size() == 1 ? " is." : " are."))
                .with("media_types", read);
    }

    private static String code(int status, String phrase) {
        return switch (status) {
            case 400 -> "malformed_request";
            case 413 -> "body_too_large";
            default -> phrase.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        };
    }
}
