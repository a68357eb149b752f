package io.phaseledger.ingest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.v1.CloudEventBuilder;
import io.cloudevents.core.v1.CloudEventV1;
import io.cloudevents.rw.CloudEventRWException;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.http.WrittenTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a CloudEvent says about itself, in version 1.0
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md). The SDK judges the attributes; given one by one,
 * it shows which of them are at fault.
 */
final class Attributes {

    /** How many faults of one event are named. */
    private static final int MOST_FAULTS = 20;

    private static final String VERSION = "1.0";

    private static final Set<String> DATA = Set.of("data", "data_base64");

    /** Without one of them it is no event. */
    static final List<String> NEEDED =
            List.of(CloudEventV1.SPECVERSION, CloudEventV1.ID, CloudEventV1.SOURCE, CloudEventV1.TYPE);

    /** Those of the specification; all others are extensions. */
    private static final Map<String, String> KNOWN = Map.of(
            CloudEventV1.SPECVERSION, "\"1.0\"",
            CloudEventV1.ID, "a string that is not empty",
            CloudEventV1.SOURCE, "a URI reference that is not empty",
            CloudEventV1.TYPE, "a string that is not empty",
            CloudEventV1.SUBJECT, "a string that is not empty",
            CloudEventV1.TIME, "a timestamp in the form of RFC 3339",
            CloudEventV1.DATASCHEMA, "a URI",
            CloudEventV1.DATACONTENTTYPE, "a media type");

    private static final String EXTENSION = "a string, true or false, or a whole number of 32 bits";

    private final CloudEventBuilder event = new CloudEventBuilder();
    private final List<FieldError> errors = new ArrayList<>();

    private Attributes() {}

    /**
     * The event without its data.
     *
     * @throws Problem 400 {@code invalid_event} that names each attribute that is missing or at fault
     */
    static CloudEvent read(ObjectNode document) {
        Attributes attributes = new Attributes();
        document.properties().stream()
                .filter(attribute -> !DATA.contains(attribute.getKey()))
                .forEach(attribute -> attributes.take(attribute.getKey(), attribute.getValue()));
        NEEDED.stream()
                .filter(name -> !document.hasNonNull(name))
                .forEach(name -> attributes.fault(name, "is missing"));
        if (!attributes.errors.isEmpty()) {
            throw Problem.malformed(attributes.errors);
        }
        return attributes.event.build();
    }

    /** One that is null is one that is not there. */
    private void take(String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        try {
            if (!isTaken(name, value)) {
                fault(name, "must be " + KNOWN.getOrDefault(name, EXTENSION));
            }
        } catch (CloudEventRWException e) {
            fault(name, said(name, e));
        }
    }

    private boolean isTaken(String name, JsonNode value) {
        if (name.equals(CloudEventV1.SPECVERSION)) {
            return value.isTextual() && value.textValue().equals(VERSION);
        }
        if (value.isTextual()) {
            event.withContextAttribute(name, name.equals(CloudEventV1.TIME) ? rfc3339(value) : value.textValue());
            return !NEEDED.contains(name) || !value.textValue().isEmpty();
        }
        return !KNOWN.containsKey(name) && isExtension(name, value);
    }

    /** Senders write offsets in other ways too; what has none stays as it is, to be refused. */
    private static String rfc3339(JsonNode time) {
        return WrittenTime.read(time.textValue())
                .filter(written -> written.offset() != null)
                .map(written -> written.instant(ZoneOffset.UTC).toString())
                .orElse(time.textValue());
    }

    /** Objects and arrays are none by the specification; as the SDK does, they are let through. */
    private boolean isExtension(String name, JsonNode value) {
        event.withContextAttribute(name, value.toString());
        return !value.isNumber() || (value.canConvertToExactIntegral() && value.canConvertToInt());
    }

    private static String said(String name, CloudEventRWException e) {
        return switch (e.getKind()) {
            case INVALID_ATTRIBUTE_NAME, INVALID_EXTENSION_NAME ->
                "is no name of an attribute, which has lower-case ASCII letters and digits";
            default -> "must be " + KNOWN.getOrDefault(name, EXTENSION);
        };
    }

    private void fault(String name, String detail) {
        if (errors.size() < MOST_FAULTS) {
            String pointer = JsonPointer.empty().appendProperty(name).toString();
            errors.add(FieldError.at(pointer, "invalid_event", detail));
        }
    }
}
