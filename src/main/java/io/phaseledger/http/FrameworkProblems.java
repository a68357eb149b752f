package io.phaseledger.http;

import io.netty.handler.codec.http.HttpResponseStatus;
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
            414, "The URL is longer than this server takes.",
            415, "The media type of the body is not one that is read here.",
            431, "The headers are together longer than this server takes.");

    private FrameworkProblems() {}

    static Problem of(int status) {
        var phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
        return Problem.of(status, code(status, phrase), DETAILS.getOrDefault(status, phrase + "."));
    }

    private static String code(int status, String phrase) {
        return switch (status) {
            case 400 -> "malformed_request";
            case 413 -> "body_too_large";
            case 414 -> "url_too_long";
            case 431 -> "headers_too_long";
            default -> phrase.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        };
    }
}
