package io.phaseledger.http;

import io.phaseledger.http.DeclaredParameters.Times;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses parameters that would silently change the question: one that the matched method does not declare, one that is
 * given twice, and one without a value, which the framework takes for one that is not given. One that is needed and left out
 * is refused too.
 */
final class SentParameters {

    /** What stands in a decoded text for bytes that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    /** One entry per resource method, so it is as small as the API. */
    private final Map<Method, DeclaredParameters> declared = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ResourceInfo resource, ContainerRequestContext request) {
        OwnMethod.of(resource)
                .map(method -> declared.computeIfAbsent(method, DeclaredParameters::of))
                .ifPresent(known -> check(request, known));
    }

    private static void check(ContainerRequestContext request, DeclaredParameters known) {
        var sent = request.getUriInfo().getQueryParameters();
        sent.forEach((name, values) -> checkQuery(name, values, known.queries()));
        var missing = known.required().stream()
                .filter(name -> !sent.containsKey(name))
                .map(name -> FieldError.parameter(name, "required", "must be given"))
                .toList();
        if (!missing.isEmpty()) {
            throw Problem.refused(missing);
        }
        known.headers().forEach(name -> checkValues(name, request.getHeaders().get(name), Times.ONCE));
    }

    private static void checkQuery(String name, List<String> values, Map<String, Times> known) {
        var times = known.get(name);
        if (times == null) {
            throw malformed(name, "unknown_parameter", unknown(name, known.keySet()));
        }
        checkValues(name, values, times);
        if (values.stream().anyMatch(SentParameters::isUnstorable)) {
            throw Problem.refused(
                    FieldError.parameter(name, "invalid_character", "has U+0000, or bytes that are not UTF-8"));
        }
    }

    private static String unknown(String name, Set<String> known) {
        return name.isEmpty()
                ? "a parameter has no name"
                : Quoted.of(name) + " is not a parameter here" + Nearest.didYouMeanName(name, known);
    }

    private static void checkValues(String name, @Nullable List<String> values, Times times) {
        if (values == null) {
            return;
        }
        if (values.size() > 1 && times == Times.ONCE) {
            throw malformed(name, "repeated_parameter", Quoted.of(name) + " is given more than once");
        }
        var each = times == Times.OFTEN_AND_WITH_COMMAS
                ? values.stream().flatMap(value -> Arrays.stream(value.split(",", -1)))
                : values.stream();
        if (each.anyMatch(String::isBlank)) {
            throw malformed(name, "blank_parameter", Quoted.of(name) + " has no value; give it one or leave it out");
        }
    }

    private static boolean isUnstorable(String value) {
        return value.indexOf('\0') >= 0 || value.indexOf(REPLACEMENT) >= 0;
    }

    private static Problem malformed(String name, String code, String detail) {
        return Problem.malformed(FieldError.parameter(name, code, detail));
    }
}
