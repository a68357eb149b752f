package io.phaseledger.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an Accept header says (RFC 9110, 12.5.1), as the framework reads it right: it takes white space for a part of a
 * type, an empty element for a type, and a quality of 0 for a low one.
 */
final class AcceptHeader {

    /** What nothing is written as. */
    private static final String NOTHING = "application/vnd.phase-ledger.nothing";

    /**
     * What stands between commas, and between semicolons; either may be part of a quoted string. They take all that they
     * can and give nothing back: otherwise Java would go one call deeper for each character.
     */
    private static final Pattern ELEMENT = Pattern.compile("(?:[^,\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\"?)++");

    private static final Pattern PART = Pattern.compile("(?:[^;\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\"?)++");
    private static final Pattern WEIGHT = Pattern.compile("0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?");
    private static final Pattern ZERO = Pattern.compile("0(?:\\.0{0,3})?");

    private AcceptHeader() {}

    /**
     * The types and their qualities in plain form, without parameters, for nothing is written differently by one; null when
     * no type is named, which is to say any.
     *
     * @throws Problem 400 {@code malformed_request} where a quality is none
     */
    static @Nullable String plain(List<String> values) {
        List<String> all = parts(ELEMENT, String.join(",", values));
        if (all.isEmpty()) {
            return null;
        }
        String accepted = all.stream()
                .map(AcceptHeader::accepted)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(","));
        return accepted.isEmpty() ? NOTHING : accepted;
    }

    /** The type and its quality; empty where that is 0, or where there is no type. */
    private static Optional<String> accepted(String element) {
        List<String> parts = parts(PART, element);
        Optional<String> weight =
                parts.stream().skip(1).flatMap(AcceptHeader::weight).findFirst();
        if (parts.isEmpty() || weight.filter(ZERO.asMatchPredicate()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(parts.get(0) + weight.map(each -> ";q=" + each).orElse(""));
    }

    private static Stream<String> weight(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0 || !parameter.substring(0, equals).strip().equalsIgnoreCase("q")) {
            return Stream.empty();
        }
        String weight = parameter.substring(equals + 1).strip();
        if (!WEIGHT.matcher(weight).matches()) {
            throw Problem.malformed(FieldError.parameter(
                    "Accept",
                    "malformed_request",
                    Quoted.of(weight) + " is no quality: 0 to 1, with three decimals at most"));
        }
        return Stream.of(weight);
    }

    private static List<String> parts(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(part -> part.group().strip())
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
