package io.phaseledger.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which methods a path has: a 405 must list them (RFC 9110, 15.5.6), and the framework's does not. */
@ApplicationScoped
class AllowedMethods {

    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\s*[\\w.-]+\\s*(?::\\s*(?<regex>(?:[^{}]|\\{[^{}]*})+))?}");
    private static final String SEGMENT = "[^/]+";

    private final List<Route> routes;

    AllowedMethods(BeanManager beans) {
        this.routes = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(AllowedMethods::routesOf)
                .toList();
    }

    /** The value of {@code Allow} for a path, empty where there is no such path. */
    String at(String path) {
        var methods = routes.stream()
                .filter(route -> route.path().matcher(trimmed(path)).matches())
                .map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS);
        }
        return String.join(", ", methods);
    }

    private static Stream<Route> routesOf(Class<?> resource) {
        var root = path(resource.getAnnotation(Path.class));
        return Arrays.stream(resource.getDeclaredMethods()).flatMap(method -> {
            var pattern = pattern(root + path(method.getAnnotation(Path.class)));
            return names(method).stream().map(name -> new Route(pattern, name));
        });
    }

    private static Set<String> names(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(name -> name != null)
                .map(HttpMethod::value)
                .collect(Collectors.toSet());
    }

    private static String path(@Nullable Path path) {
        return path == null || trimmed(path.value()).isEmpty() ? "" : "/" + trimmed(path.value());
    }

    private static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private static Pattern pattern(String template) {
        var regex = new StringBuilder();
        var variable = VARIABLE.matcher(template);
        int end = 1; // After the slash that every template begins with.
        while (variable.find()) {
            regex.append(Pattern.quote(template.substring(end, variable.start())));
            regex.append(variable.group("regex") == null ? SEGMENT : "(?:" + variable.group("regex") + ")");
            end = variable.end();
        }
        return Pattern.compile(regex + Pattern.quote(template.substring(Math.min(end, template.length()))));
    }

    private record Route(Pattern path, String method) {}
}
