package io.phaseledger.http;

import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Optional;

/** The resource method that a request was matched with, if it is one of ours and not the framework's. */
public final class OwnMethod {

    private static final String OURS = "io.phaseledger.";

    private OwnMethod() {}

    public static Optional<Method> of(ResourceInfo resource) {
        return Optional.ofNullable(resource.getResourceMethod())
                .filter(method -> method.getDeclaringClass().getName().startsWith(OURS));
    }
}
