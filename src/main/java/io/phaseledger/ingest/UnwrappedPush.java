package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A push of Pub/Sub's without its envelope: the body is the data, and headers say the rest
 * (https://cloud.google.com/pubsub/docs/payload-unwrapping).
 */
@ApplicationScoped
class UnwrappedPush {

    private static final String ID = "x-goog-pubsub-message-id";
    private static final String TIME = "x-goog-pubsub-publish-time";
    private static final String SUBSCRIPTION = "x-goog-pubsub-subscription-name";

    /** After the limits, before the resources are matched. */
    private static final int ORDER = -7_000;

    /**
     * The type of such a body is an attribute of its message, if the publisher gave it one, and says nothing. A page of
     * another site cannot send these headers without being asked first.
     */
    void register(@Observes Router router) {
        router.route(PubSubResource.PATH).order(ORDER).handler(UnwrappedPush::passType);
    }

    private static void passType(RoutingContext context) {
        if (context.request().getHeader(ID) != null) {
            context.request().headers().set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
        context.next();
    }

    /** The envelope that it would have come in; null where the headers are of none. */
    static @Nullable ObjectNode envelope(HttpHeaders headers, byte[] body) {
        String id = headers.getHeaderString(ID);
        if (id == null) {
            return null;
        }
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        ObjectNode message = envelope.putObject("message")
                .put("data", Base64.getEncoder().encodeToString(body))
                .put("messageId", id)
                .put("publishTime", headers.getHeaderString(TIME));
        BinaryEvent.attributes(headers).forEach(message.withObjectProperty("attributes")::put);
        return envelope.put("subscription", headers.getHeaderString(SUBSCRIPTION));
    }
}
