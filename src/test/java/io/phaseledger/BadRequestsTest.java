package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation of the contract, with each of its fields and parameters wrong in each way. */
@Tag("proof")
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BadRequestsTest {

    private static final List<String> UNSEEN = List.of("a\0b", "\0", "\ufffd", "\u200b", " ");

    /** An alias may have a name of any characters that can be seen. */
    private static final List<String> NO_ID_OR_WORD =
            Stream.concat(UNSEEN.stream(), Stream.of("\ud83c\udfc0", "'", "%")).toList();

    private static final ContractDocument CONTRACT = ContractDocument.read();
    private static final AnswerCheck CHECK = new AnswerCheck(CONTRACT);

    /** Fewer would mean that the contract is no longer understood here. */
    private static final int LEAST_REQUESTS = 1_500;

    static Stream<ContractDocument.Operation> operations() {
        return CONTRACT.operations().stream();
    }

    static List<BadRequest> requests(ContractDocument.Operation operation) {
        SampleRequest sample = SampleRequest.of(operation);
        List<BadRequest> all = new ArrayList<>(BadParameters.of(sample));
        all.addAll(BadBodies.of(sample));
        return all;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void what_is_wrong_is_refused_by_its_name(ContractDocument.Operation operation) throws IOException {
        List<String> faults = new ArrayList<>();
        for (BadRequest bad : requests(operation)) {
            RawAnswer answer =
                    new RawHttp(RestAssured.port).send(bad.request().bytes()).get(0);
            List<String> found = new ArrayList<>(CHECK.faults(operation, answer));
            found.addAll(isRowWise(operation, answer) ? rejectionFaults(bad, answer) : refusalFaults(bad, answer));
            found.forEach(fault -> faults.add(bad + ": " + fault + "\n    " + answer));
        }
        assertEquals(List.of(), faults, () -> faults.size() + " faults:\n" + String.join("\n", faults));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_path_that_nothing_can_have_leads_nowhere(ContractDocument.Operation operation) throws IOException {
        SampleRequest sample = SampleRequest.of(operation);
        for (String part : sample.path().keySet()) {
            for (String value : operation.path().startsWith("/v1/aliases/") ? UNSEEN : NO_ID_OR_WORD) {
                RawRequest request = sample.withPath(part, value).raw();
                RawAnswer answer =
                        new RawHttp(RestAssured.port).send(request.bytes()).get(0);
                assertTrue(answer.status() >= 400 && answer.status() < 500, () -> request.target() + "\n" + answer);
                assertEquals(List.of(), CHECK.faults(operation, answer), () -> request.target() + "\n" + answer);
            }
        }
    }

    @Test
    void the_table_is_large() {
        int size = operations().mapToInt(each -> requests(each).size()).sum();
        assertTrue(size > LEAST_REQUESTS, () -> "only " + size);
    }

    /** An import goes on without the rows that are wrong, and says so in a good answer. */
    private static boolean isRowWise(ContractDocument.Operation operation, RawAnswer answer) {
        return operation.path().endsWith("/import") && answer.status() == 200;
    }

    private static List<String> rejectionFaults(BadRequest bad, RawAnswer answer) {
        JsonNode rejected = AnswerCheck.tree(answer).path("rejected").path(0);
        String pointer = bad.place().replaceFirst("^/0", "");
        boolean named = pointer.isEmpty()
                ? rejected.path("detail").asText().startsWith("the body")
                : rejected.path("detail").asText().contains(pointer);
        return named || (bad.place().isEmpty() && rejected.has("code")) ? List.of() : List.of("not named: " + rejected);
    }

    private static List<String> refusalFaults(BadRequest bad, RawAnswer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() < 400 || answer.status() >= 500) {
            return List.of("not refused");
        }
        JsonNode problem = AnswerCheck.tree(answer);
        List<JsonNode> named = StreamSupport.stream(problem.path("errors").spliterator(), false)
                .filter(error -> names(error, bad.place()))
                .toList();
        if (named.isEmpty()) {
            faults.add("not named");
        }
        if (!bad.codes().isEmpty()
                && named.stream()
                        .noneMatch(
                                error -> bad.codes().contains(error.path("code").asText()))) {
            faults.add("another code than " + bad.codes());
        }
        if (bad.nearest() != null
                && named.stream()
                        .noneMatch(error ->
                                error.path("detail").asText().contains("did you mean `" + bad.nearest() + "`"))) {
            faults.add("not offered: " + bad.nearest());
        }
        return faults;
    }

    /** What is wrong with a part of a field is named at the part. */
    private static boolean names(JsonNode error, String place) {
        return (place.startsWith("/") || place.isEmpty())
                ? error.has("pointer") && (error.path("pointer").asText() + "/").startsWith(place + "/")
                : error.path("parameter").asText().equals(place);
    }
}
