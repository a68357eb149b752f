package io.phaseledger.http;

import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.Separator;

/**
 * The parameters that a resource method declares, itself or in records that gather some.
 *
 * @param queries how often it may be given, by the name of each query parameter
 * @param required the names of the query parameters that must be given
 * @param headers the names of the headers that it reads
 */
record DeclaredParameters(Map<String, Times> queries, Set<String> required, Set<String> headers) {

    static DeclaredParameters of(Method method) {
        var declared = new DeclaredParameters(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        Arrays.stream(method.getParameters()).forEach(declared::add);
        return declared;
    }

    private void add(Parameter parameter) {
        if (parameter.isAnnotationPresent(BeanParam.class)) {
            Arrays.stream(parameter.getType().getDeclaredFields()).forEach(field -> add(field, field.getType()));
        } else {
            add(parameter, parameter.getType());
        }
    }

    private void add(AnnotatedElement element, Class<?> type) {
        var query = element.getAnnotation(QueryParam.class);
        var header = element.getAnnotation(HeaderParam.class);
        if (query != null) {
            queries.put(query.value(), times(element, type));
        }
        if (query != null && element.isAnnotationPresent(NotNull.class)) {
            required.add(query.value());
        }
        if (header != null) {
            headers.add(header.value());
        }
    }

    private static Times times(AnnotatedElement element, Class<?> type) {
        if (!Collection.class.isAssignableFrom(type)) {
            return Times.ONCE;
        }
        return element.isAnnotationPresent(Separator.class) ? Times.OFTEN_AND_WITH_COMMAS : Times.OFTEN;
    }

    /** How often a parameter may be given. */
    enum Times {
        ONCE,
        OFTEN,

        /** Or several values at once, with commas between. */
        OFTEN_AND_WITH_COMMAS
    }
}
