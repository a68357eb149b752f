package io.phaseledger.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses parameters that would silently change the question: one that the matched method does not declare, one that is
 * given twice, and one without a value, which the framework takes for one that is not given.
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
        var malformed = new ArrayList<FieldError>();
        var refused = new ArrayList<FieldError>();
        var query = request.getUriInfo().getQueryParameters();
        query.forEach((name, values) -> checkQuery(name, values, known, malformed, refused));
        known.headers().forEach(name -> checkHeader(name, request.getHeaders().get(name), malformed));
        settle(malformed, refused);
    }

    private static void checkQuery(
            String name,
            List<String> values,
            DeclaredParameters known,
            List<FieldError> malformed,
            List<FieldError> refused) {
        var repeatable = known.queries().get(name);
        if (repeatable == null) {
            var detail = name.isEmpty()
                    ? "a parameter has no name"
                    : Quoted.of(name) + " is not a parameter here"
                            + Nearest.didYouMeanName(name, known.queries().keySet());
            malformed.add(FieldError.parameter(name, "unknown_parameter", detail));
        } else if (values.size() > 1 && !repeatable) {
            malformed.add(repeated(name));
        } else if (values.stream().anyMatch(String::isBlank)) {
            malformed.add(blank(name));
        } else if (values.stream().anyMatch(SentParameters::isUnstorable)) {
            var detail = "has U+0000, or bytes that are not UTF-8";
            refused.add(FieldError.parameter(name, "invalid_character", detail));
        }
    }

    private static void checkHeader(String name, @Nullable List<String> values, List<FieldError> malformed) {
        if (values == null || values.isEmpty()) {
            return;
        }
        if (values.size() > 1) {
            malformed.add(repeated(name));
        } else if (values.get(0).isBlank()) {
            malformed.add(blank(name));
        }
    }

    private static FieldError repeated(String name) {
        return FieldError.parameter(name, "repeated_parameter", Quoted.of(name) + " is given more than once");
    }

    private static FieldError blank(String name) {
        return FieldError.parameter(
                name, "blank_parameter", Quoted.of(name) + " has no value; give it one or leave it out");
    }

    private static boolean isUnstorable(String value) {
        return value.indexOf('\0') >= 0 || value.indexOf(REPLACEMENT) >= 0;
    }

    private static void settle(List<FieldError> malformed, List<FieldError> refused) {
        if (!malformed.isEmpty()) {
            throw Problem.malformed(first(malformed));
        }
        if (!refused.isEmpty()) {
            throw Problem.refused(first(refused));
        }
    }

    private static List<FieldError> first(List<FieldError> errors) {
        return errors.stream().limit(BindingErrors.MOST).toList();
    }
}
