package io.phaseledger.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** Lets nobody hold a thread by sending a body a byte at a time. */
@Provider
final class BodyPatience implements ReaderInterceptor {

    /** Read when it is needed: interceptors are made before there is any configuration. */
    private final Instance<HttpConfig> config;

    private final CurrentVertxRequest current;

    BodyPatience(Instance<HttpConfig> config, CurrentVertxRequest current) {
        this.config = config;
        this.current = current;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        var bounds = config.get();
        var body = reading.getInputStream();
        reading.setInputStream(new PatientStream(
                body, bounds.bodyPatience(), bounds.slowestBody().asLongValue(), this::tooSlow));
        return reading.proceed();
    }

    private Problem tooSlow() {
        var detail = "The body came too slowly to wait for the rest of it; send it again.";
        return LastAnswer.of(Problem.of(408, "body_too_slow", detail), current.getCurrent());
    }
}
