package io.phaseledger.ingest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Says to senders of CloudEvents who ask before they send, as Azure Event Grid does, that they may, at any rate
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md, 4). It gives no access: each request still
 * has to show who sends it.
 */
final class Handshake {

    private static final String REQUESTED = "WebHook-Request-Origin";
    private static final String ANY_RATE = "*";

    private final CloudEventConfig config;

    Handshake(CloudEventConfig config) {
        this.config = config;
    }

    @ServerResponseFilter
    void answer(ContainerRequestContext request, ContainerResponseContext response) {
        String origin = request.getHeaderString(REQUESTED);
        if (origin != null
                && request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getUriInfo().getPath().equals(CloudEventResource.PATH)
                && config.allows(origin)) {
            response.getHeaders().putSingle("WebHook-Allowed-Origin", origin);
            response.getHeaders().putSingle("WebHook-Allowed-Rate", ANY_RATE);
        }
    }
}
