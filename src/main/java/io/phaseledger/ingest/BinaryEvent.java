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
import java.util.Map;
import java.util.TreeMap;
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

    /** Whether these are the attributes of one, as a message of Pub/Sub has them. */
    static boolean is(Map<String, String> attributes) {
        return attributes.containsKey(PREFIX + CloudEventV1.SPECVERSION);
    }

    /** Its attributes, in lower case and with their prefix, as they are in the headers. */
    static Map<String, String> attributes(HttpHeaders headers) {
        Map<String, String> attributes = new TreeMap<>();
        headers.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX)) {
                attributes.put(lower, values.get(0));
            }
        });
        return attributes;
    }

    /**
     * The event in its JSON form; a body that is no JSON is in it as base64.
     *
     * @throws Problem 400 {@code invalid_event} when a header is not percent-encoded
     */
    static ObjectNode document(Json json, HttpHeaders headers, byte[] body) {
        Map<String, String> attributes = attributes(headers);
        attributes.replaceAll(BinaryEvent::decoded);
        return document(json, attributes, body);
    }

    /** The same with attributes that are not encoded. */
    static ObjectNode document(Json json, Map<String, String> attributes, byte[] body) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.startsWith(PREFIX + "data")) {
                document.put(name.substring(PREFIX.length()), value);
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
