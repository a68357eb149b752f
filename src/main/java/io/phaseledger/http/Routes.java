package io.phaseledger.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Which methods each path has: a 405 must list them (RFC 9110, 15.5.6), and the framework's does not. */
@ApplicationScoped
class Routes {

    private final List<Route> routes;

    Routes(BeanManager beans) {
        this.routes = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(Routes::routesOf)
                .toList();
    }

    /** Corrects the answer to OPTIONS, in which the framework lists the methods of the paths beneath as well. */
    @ServerResponseFilter
    void correct(ContainerRequestContext request, ContainerResponseContext response) {
        String allowed = request.getMethod().equals(HttpMethod.OPTIONS)
                ? allowedAt(request.getUriInfo().getPath())
                : "";
        if (!allowed.isEmpty()) {
            response.getHeaders().putSingle(HttpHeaders.ALLOW, allowed);
        }
    }

    /** The value of {@code Allow} for a path, empty where there is no such path. */
    String allowedAt(String path) {
        var methods = matching(path).map(Route::method).collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS);
        }
        return String.join(", ", methods);
    }

    /** The media types of bodies that a method of a path reads. */
    List<String> readAt(String path, String method) {
        return matching(path)
                .filter(route -> route.method().equals(method))
                .flatMap(route -> route.types().stream())
                .toList();
    }

    /** Of two that match, such as {@code .../batch} and {@code .../{id}}, the one with fewer variables is meant. */
    private Stream<Route> matching(String path) {
        var matching = routes.stream()
                .filter(route -> route.path().matcher(path).matches())
                .toList();
        var plainest = matching.stream().mapToLong(Route::variables).min();
        return matching.stream().filter(route -> route.variables() == plainest.orElse(0));
    }

    private static Stream<Route> routesOf(Class<?> resource) {
        var root = path(resource.getAnnotation(Path.class));
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> names(method).stream()
                        .map(name -> Route.of(root + path(method.getAnnotation(Path.class)), name, types(method))));
    }

    private static List<String> types(Method method) {
        var consumes = method.getAnnotation(Consumes.class);
        return consumes == null ? List.of() : List.of(consumes.value());
    }

    private static Set<String> names(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(name -> name != null)
                .map(HttpMethod::value)
                .collect(Collectors.toSet());
    }

    private static String path(@Nullable Path path) {
        var value = path == null ? "" : path.value().replaceAll("^/+|/+$", "");
        return value.isEmpty() ? "" : "/" + value;
    }

    /** @param path what such a path looks like, with a slash at its end or none */
    private record Route(Pattern path, long variables, String method, List<String> types) {

        private static final Pattern VARIABLE = Pattern.compile("\\{[^/]+}");

        static Route of(String template, String method, List<String> types) {
            var path = Pattern.compile(VARIABLE.matcher(template).replaceAll("[^/]+") + "/?");
            return new Route(path, VARIABLE.matcher(template).results().count(), method, types);
        }
    }
}
