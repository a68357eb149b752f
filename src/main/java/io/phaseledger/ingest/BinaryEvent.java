package io.phaseledger.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.v1.CloudEventV1;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent in binary mode, whose attributes are headers and whose data is the body
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md), put into JSON.
 */
final class BinaryEvent {

    private static final String PREFIX = "ce-";

    private BinaryEvent() {}

    /**
     * Whether these are the headers of one. Where the body is not said to be an event, any of the attributes that one must
     * have makes it one, and the others are missing.
     */
    static boolean is(HttpHeaders headers) {
        return has(headers, CloudEventV1.SPECVERSION)
                || (!isSaidToBeEvent(headers.getMediaType())
                        && Attributes.NEEDED.stream().anyMatch(name -> has(headers, name)));
    }

    private static boolean has(HttpHeaders headers, String attribute) {
        return headers.getHeaderString(PREFIX + attribute) != null;
    }

    private static boolean isSaidToBeEvent(@Nullable MediaType body) {
        return body != null && body.isCompatible(MediaType.valueOf(CloudEventResource.ONE));
    }

    /**
     * The event in its JSON form; a body that is no JSON is in it as base64.
     *
     * @throws Problem 400 {@code invalid_event} when a header is not percent-encoded
     */
    static ObjectNode document(Json json, HttpHeaders headers, byte[] body) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        headers.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX) && !lower.startsWith(PREFIX + "data")) {
                document.put(lower.substring(PREFIX.length()), decoded(name, values.get(0)));
            }
        });
        document.put("datacontenttype", "application/json");
        if (body.length > 0) {
            addData(json, document, body);
        }
        return document;
    }

    private static void addData(Json json, ObjectNode document, byte[] body) {
        try {
            document.set("data", json.tree(body));
        } catch (Problem e) {
            document.put("data_base64", Base64.getEncoder().encodeToString(body));
        }
    }

    private static String decoded(String header, String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(
                    FieldError.at("", "invalid_event", "is no CloudEvent: " + header + " is not percent-encoded"));
        }
    }
}
