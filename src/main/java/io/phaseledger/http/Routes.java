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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which paths there are and which methods they have: a 405 must list those (RFC 9110, 15.5.6), and the framework's does
 * not; a 404 offers the paths that are near.
 */
@ApplicationScoped
class Routes {

    /** How many paths a 404 offers. */
    private static final int SUGGESTIONS = 3;

    private final List<Route> routes;

    Routes(BeanManager beans) {
        this.routes = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(Routes::routesOf)
                .toList();
    }

    /** The value of {@code Allow} for a path, empty where there is no such path. */
    String allowedAt(String path) {
        var matching =
                routes.stream().filter(route -> route.path().matches(path)).toList();
        var plainest =
                matching.stream().mapToLong(route -> route.path().variables()).min();
        var methods = matching.stream()
                .filter(route -> route.path().variables() == plainest.orElse(0)) // Such as .../batch, and not .../{id}.
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

    /** A 404 with the paths that were probably meant. */
    Problem nothingAt(String path) {
        var completed = routes.stream().flatMap(route -> route.path().completed(path).stream());
        var known = routes.stream()
                .filter(route -> route.path().isNear(path))
                .map(route -> route.path().filledFrom(path))
                .filter(each -> !each.equals(path))
                .collect(Collectors.toSet());
        var near = Stream.concat(completed, Nearest.all(path, known, SUGGESTIONS).stream())
                .distinct()
                .limit(SUGGESTIONS)
                .toList();
        return near.isEmpty()
                ? FrameworkProblems.of(404)
                : Problem.of(404, "not_found", "There is nothing at this path; did you mean `" + near.get(0) + "`?")
                        .with("nearest", near);
    }

    private static Stream<Route> routesOf(Class<?> resource) {
        var root = path(resource.getAnnotation(Path.class));
        return Arrays.stream(resource.getDeclaredMethods()).flatMap(method -> {
            var template = PathTemplate.of(root + path(method.getAnnotation(Path.class)));
            return names(method).stream().map(name -> new Route(template, name));
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
        var value = path == null ? "" : PathTemplate.trimmed(path.value());
        return value.isEmpty() ? "" : "/" + value;
    }

    private record Route(PathTemplate path, String method) {}
}
