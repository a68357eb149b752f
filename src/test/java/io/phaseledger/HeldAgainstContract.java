package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fails where an answer, or a request that should be allowed, is not as the contract says. */
record HeldAgainstContract(ContractDocument contract, AnswerCheck check) implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        ContractDocument.Operation operation = contract.operation(
                request.getMethod(), URI.create(request.getURI()).getPath());
        if (request.getBody() != null) {
            String type = request.getContentType();
            JsonNode content = operation.requestBody().path("content").path(bare(type));
            assertEquals(List.of(), contract.faults(content.path("schema"), json(request.getBody())), "request");
        }
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(each -> headers.put(each.getName().toLowerCase(Locale.ROOT), each.getValue()));
        RawAnswer answer = new RawAnswer(response.statusCode(), headers, response.asString());
        assertEquals(List.of(), check.faults(operation, answer), answer::toString);
        return response;
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
