package io.phaseledger.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Hands resources their body: a record that is read strictly and checked, or an object that stays a tree. */
@Provider
public final class BodyReader implements MessageBodyReader<Object> {

    private static final String READ = BodyReader.class.getName();

    /** Asked for when it is needed: readers are made before there is any configuration. */
    private final Instance<Json> json;

    private final CurrentVertxRequest current;

    BodyReader(Instance<Json> json, CurrentVertxRequest current) {
        this.json = json;
        this.current = current;
    }

    /** What was read of a request's body, also where something in it was refused; null where nothing could be. */
    public static @Nullable Object read(RoutingContext request) {
        return request.get(READ);
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord() || type == ObjectNode.class;
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        if (type == (Class<?>) ObjectNode.class) {
            return json.get().object(body.readAllBytes());
        }
        var bound = json.get().bind(body.readAllBytes(), type);
        current.getCurrent().put(READ, bound.value());
        return bound.get();
    }
}
