package io.phaseledger.http;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The parameters that a resource method declares, itself or in classes that gather some.
 *
 * @param queries whether it may be given more than once, by the name of each query parameter
 * @param headers the names of the headers that it reads
 */
record DeclaredParameters(Map<String, Boolean> queries, Set<String> headers) {

    static DeclaredParameters of(Method method) {
        var queries = new TreeMap<String, Boolean>();
        Arrays.stream(method.getParameters())
                .flatMap(DeclaredParameters::declaredBy)
                .forEach(query -> queries.put(query.name(), query.repeatable()));
        var headers = Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getAnnotation(HeaderParam.class))
                .filter(Objects::nonNull)
                .map(HeaderParam::value)
                .collect(Collectors.toSet());
        return new DeclaredParameters(queries, headers);
    }

    private static Stream<Query> declaredBy(Parameter parameter) {
        var own = query(parameter, parameter.getName(), parameter.getType());
        if (own.isPresent()) {
            return own.stream();
        }
        return parameter.isAnnotationPresent(BeanParam.class) ? fields(parameter.getType()) : Stream.empty();
    }

    /** Fields cover records too: an annotation on a component is one on its field. Inherited ones are declared above. */
    private static Stream<Query> fields(Class<?> gathering) {
        return Stream.<Class<?>>iterate(gathering, Objects::nonNull, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .flatMap(field -> query(field, field.getName(), field.getType()).stream());
    }

    private static Optional<Query> query(AnnotatedElement element, String ownName, Class<?> type) {
        var repeatable = Collection.class.isAssignableFrom(type) || type.isArray();
        var rest = element.getAnnotation(RestQuery.class);
        if (rest != null) {
            return Optional.of(new Query(rest.value().isEmpty() ? ownName : rest.value(), repeatable));
        }
        var jakarta = element.getAnnotation(QueryParam.class);
        return Optional.ofNullable(jakarta).map(query -> new Query(query.value(), repeatable));
    }

    private record Query(String name, boolean repeatable) {}
}
