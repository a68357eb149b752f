package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Fails where an answer, or a request that should be allowed, is not as the contract says.
 *
 * @param requests whether requests are held against it too
 */
record HeldAgainstContract(ContractDocument contract, boolean requests) implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        ContractDocument.Operation operation = contract.operation(
                request.getMethod(), URI.create(request.getURI()).getPath());
        if (requests && request.getBody() != null) {
            String type = request.getContentType();
            JsonNode content = operation.requestBody().path("content").path(bare(type));
            assertEquals(List.of(), contract.faults(content.path("schema"), json(request.getBody())), "request");
        }
        String status = Integer.toString(response.statusCode());
        check(response, operation.responses().getOrDefault(status, MissingNode.getInstance()));
        return response;
    }

    private void check(Response response, JsonNode documented) {
        String all = response.statusLine() + "\n" + response.headers() + "\n" + response.asString();
        assertFalse(documented.isMissingNode(), () -> "not a documented status: " + all);
        for (Map.Entry<String, JsonNode> header : documented.path("headers").properties()) {
            boolean required =
                    contract.followed(header.getValue()).path("required").asBoolean();
            assertTrue(!required || response.header(header.getKey()) != null, () -> header.getKey() + " of " + all);
        }
        assertEquals(documented.has("content"), !response.asString().isEmpty(), all);
        if (documented.has("content")) {
            JsonNode content = documented.path("content").path(bare(response.contentType()));
            assertTrue(content.has("schema"), () -> "not a documented media type: " + all);
            if (response.contentType().contains("json")
                    && !response.contentType().contains("ndjson")) {
                assertEquals(
                        List.of(), contract.closed().faults(content.path("schema"), json(response.asString())), all);
            }
        }
    }

    private static String bare(String type) {
        return type.replaceAll(";.*", "");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
