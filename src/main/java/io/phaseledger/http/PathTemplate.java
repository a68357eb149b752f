package io.phaseledger.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A path with variables that are a whole segment each, such as {@code /v1/policies/{name}}. */
record PathTemplate(List<String> segments) {

    static PathTemplate of(String template) {
        return new PathTemplate(split(template));
    }

    static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private static List<String> split(String path) {
        return Arrays.asList(trimmed(path).split("/", -1));
    }

    /** How many of its segments are variables; of two templates that match, the one with fewer is meant. */
    long variables() {
        return IntStream.range(0, segments.size()).filter(this::isVariable).count();
    }

    boolean matches(String path) {
        var asked = split(path);
        return asked.size() == segments.size()
                && IntStream.range(0, asked.size())
                        .allMatch(i -> isVariable(i)
                                ? !asked.get(i).isEmpty()
                                : segments.get(i).equals(asked.get(i)));
    }

    /** Whether another path may have been meant for it, whatever stands where this one has variables. */
    boolean isNear(String path) {
        var asked = split(path);
        if (asked.size() != segments.size()) {
            return isNear(trimmed(path), String.join("/", segments));
        }
        return isNear(literals(asked), literals(segments));
    }

    /** Another path with the variable that this one ends with, if it is this one but for that; somebody forgot it. */
    Optional<String> completed(String path) {
        var last = segments.size() - 1;
        return isVariable(last)
                        && IntStream.range(0, last).anyMatch(this::isVariable)
                        && new PathTemplate(segments.subList(0, last)).matches(path)
                ? Optional.of("/" + trimmed(path) + "/" + segments.get(last))
                : Optional.empty();
    }

    private static boolean isNear(String asked, String known) {
        return Nearest.to(asked, List.of(known)).isPresent();
    }

    private String literals(List<String> from) {
        return IntStream.range(0, from.size())
                .filter(i -> !isVariable(i))
                .mapToObj(from::get)
                .collect(Collectors.joining("/"));
    }

    /** This path with the segments of another where it has variables, as far as the other goes. */
    String filledFrom(String path) {
        var asked = split(path);
        return IntStream.range(0, segments.size())
                .mapToObj(i -> isVariable(i) && asked.size() == segments.size() ? asked.get(i) : segments.get(i))
                .collect(Collectors.joining("/", "/", ""));
    }

    private boolean isVariable(int i) {
        return segments.get(i).startsWith("{");
    }
}
