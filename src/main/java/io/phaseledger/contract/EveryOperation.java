package io.phaseledger.contract;

import io.phaseledger.http.UnboundedBody;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** The answers that every operation can give, and the header that every good one has. */
final class EveryOperation {

    private static final String POSITION = "Ledger-Position";

    private static final Map<String, String> ANSWERS = Map.of(
            "400", "Malformed",
            "401", "Unauthenticated",
            "403", "Forbidden",
            "406", "NotAcceptable",
            "414", "UrlTooLong",
            "431", "HeadersTooLong",
            "500", "InternalError",
            "503", "LedgerUnavailable");

    private static final DotName OPERATION =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.Operation.class);

    private final OpenAPI contract;
    private final Set<String> unbounded;

    EveryOperation(OpenAPI contract, IndexView index) {
        this.contract = contract;
        this.unbounded = index.getAnnotations(UnboundedBody.class).stream()
                .map(annotation -> annotation.target().asMethod().annotation(OPERATION))
                .filter(Objects::nonNull)
                .map(operation -> operation.value("operationId").asString())
                .collect(Collectors.toSet());
    }

    void complete() {
        contract.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(this::complete);
    }

    private void complete(Operation operation) {
        APIResponses responses = operation.getResponses();
        ANSWERS.forEach((status, name) -> add(responses, status, name));
        if (operation.getRequestBody() != null) {
            add(responses, "408", "BodyTooSlow");
            add(responses, "415", "UnsupportedMediaType");
            add(responses, "413", unbounded.contains(operation.getOperationId()) ? "BodyInflates" : "BodyTooLarge");
        }
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                addPosition(response);
            }
        });
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses())); // A Map.of has another order each time.
    }

    private static void add(APIResponses responses, String status, String name) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(name));
        }
    }

    private void addPosition(APIResponse response) {
        APIResponse own = Optional.ofNullable(response.getRef())
                .map(ref -> contract.getComponents().getResponses().get(ref.substring(ref.lastIndexOf('/') + 1)))
                .orElse(response);
        Header header = OASFactory.createHeader().ref(POSITION);
        if (own.getHeaders() == null || !own.getHeaders().containsKey(POSITION)) {
            own.addHeader(POSITION, header);
        }
    }
}
