package io.phaseledger.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a body is compressed: by gzip, once, or not at all. */
final class ContentCoding {

    private ContentCoding() {}

    /**
     * Whether it is.
     *
     * @param headers the values of Content-Encoding
     * @throws Problem 415 {@code unsupported_encoding}
     */
    static boolean isPacked(@Nullable List<String> headers) {
        var coding = headers == null ? "" : String.join(",", headers).trim().toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                throw Problem.of(
                                415,
                                "unsupported_encoding",
                                "The Content-Encoding " + Quoted.of(coding) + " is not read here; gzip is, or none.")
                        .withHeader("Accept-Encoding", "gzip, identity");
        };
    }
}
