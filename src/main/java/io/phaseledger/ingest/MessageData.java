package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.util.Base64;

/** What a message carries, read as the JSON object that it should be; whatever goes wrong is a 400 {@link Problem}. */
final class MessageData {

    private MessageData() {}

    /** In either alphabet (RFC 4648, 4 and 5), padded or not. */
    static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(FieldError.at("", "invalid_base64", "is not base64: " + e.getMessage()));
        }
    }

    static ObjectNode object(Json json, byte[] data) {
        return object(json.tree(data));
    }

    static ObjectNode object(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw Problem.malformed(FieldError.at("", "wrong_type", "must be an object"));
    }
}
