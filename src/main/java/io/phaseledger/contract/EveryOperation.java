package io.phaseledger.contract;

import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/** The answers that every operation can give, and the header that every good one has. */
final class EveryOperation {

    private static final String POSITION = "Ledger-Position";

    private static final Map<String, String> ANSWERS = Map.of(
            "400", "Malformed",
            "401", "Unauthenticated",
            "403", "Forbidden",
            "406", "NotAcceptable",
            "500", "InternalError",
            "503", "LedgerUnavailable");

    private static final DotName OPERATION =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.Operation.class);

    private static final DotName STREAM = DotName.createSimple(InputStream.class);

    private final OpenAPI contract;
    private final Set<String> unbounded;

    EveryOperation(OpenAPI contract, IndexView index) {
        this.contract = contract;
        this.unbounded = index.getAnnotations(OPERATION).stream()
                .filter(operation -> takesStream(operation.target().asMethod()))
                .map(operation -> operation.value("operationId").asString())
                .collect(Collectors.toSet());
    }

    private static boolean takesStream(MethodInfo method) {
        return method.parameterTypes().stream().anyMatch(type -> type.name().equals(STREAM));
    }

    void complete() {
        contract.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(this::complete);
    }

    private void complete(Operation operation) {
        APIResponses responses = named(operation.getResponses());
        operation.setResponses(responses);
        ANSWERS.forEach((status, name) -> add(responses, status, name));
        if (operation.getRequestBody() != null) {
            add(responses, "408", "BodyTooSlow");
            add(responses, "415", "UnsupportedMediaType");
            add(responses, "413", unbounded.contains(operation.getOperationId()) ? "BodyInflates" : "BodyTooLarge");
        }
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                addPosition(response.getRef());
            }
        });
    }

    /** Each answer is written down once, under a name; what the framework concludes from the return type is none. */
    private static APIResponses named(@Nullable APIResponses supposed) {
        APIResponses named = OASFactory.createAPIResponses();
        if (supposed == null) {
            return named; // Only described, and no method's: ContractTest says so.
        }
        supposed.getAPIResponses().forEach((status, response) -> {
            if (response.getRef() != null) {
                named.addAPIResponse(status, OASFactory.createAPIResponse().ref(response.getRef()));
            }
        });
        return named;
    }

    private static void add(APIResponses responses, String status, String name) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(name));
        }
    }

    private void addPosition(String ref) {
        APIResponse response = Objects.requireNonNull(
                contract.getComponents().getResponses().get(ref.substring(ref.lastIndexOf('/') + 1)),
                () -> "the contract has no answer " + ref);
        if (response.getHeaders() == null || !response.getHeaders().containsKey(POSITION)) {
            response.addHeader(POSITION, OASFactory.createHeader().ref(POSITION));
        }
    }
}
