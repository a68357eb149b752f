package io.phaseledger.ledger;

import static io.phaseledger.ledger.RecordedHistory.accepting;
import static io.phaseledger.ledger.Sent.BATCH;
import static io.phaseledger.ledger.Sent.NDJSON;
import static io.phaseledger.ledger.Sent.post;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HistoryPagesTest {

    private static final Pattern NEXT = Pattern.compile("<(http://[^>]+)>; rel=\"next\"");
    private static final int ROWS = 7;

    /** Together they are larger than a page may be. */
    private static final int LARGE_ROWS = 20;

    private final Sent sent = Sent.byNewProcessor();

    private void recordRows() {
        String rows = IntStream.rangeClosed(1, ROWS)
                .mapToObj(i -> sent.completion(Integer.toString(i)))
                .collect(Collectors.joining("\n"));
        post(BATCH + "?atomic=true", NDJSON, rows).statusCode(201);
    }

    private Response page(String query) {
        return accepting("application/json")
                .get(Sent.COMPLETIONS + "?processor_name=" + sent.processor() + query)
                .then()
                .extract()
                .response();
    }

    private JsonNode largePage(String query) throws IOException {
        return new ObjectMapper().readTree(page(query).asByteArray());
    }

    private String cursor(String query) {
        return page(query).path("next_cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&limit=1", "&limit=2", "&limit=3&order=asc", "&limit=6&kind=all", "&limit=7", "&limit=8"})
    void followingTheLinkGivesEachRowOnceAndThenEnds(String query) {
        recordRows();
        List<Integer> positions = new ArrayList<>();
        int limit = Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1"));
        Response page = page(query);
        int pages = 1;
        Matcher next = NEXT.matcher(String.valueOf(page.header("Link")));
        while (next.matches() && pages <= ROWS) {
            assertTrue(next.group(1).endsWith("cursor=" + page.path("next_cursor")));
            positions.addAll(page.path("items.position"));
            page = accepting("application/json").get(next.group(1));
            pages++;
            next = NEXT.matcher(String.valueOf(page.header("Link")));
        }
        positions.addAll(page.path("items.position"));
        assertNull(page.path("next_cursor"));
        assertEquals((ROWS + limit - 1) / limit, pages);
        assertEquals(ROWS, positions.size());
        List<Integer> inOrder = positions.stream().sorted().distinct().toList();
        assertEquals(
                inOrder,
                query.contains("asc")
                        ? positions
                        : IntStream.rangeClosed(1, ROWS)
                                .mapToObj(i -> positions.get(ROWS - i))
                                .toList());
    }

    @Test
    void aCursorKeepsItsOrderAndMayChangeItsLimit() {
        recordRows();
        String cursor = cursor("&limit=2&order=asc");
        assertEquals(List.of("3", "4", "5"), page("&limit=3&cursor=" + cursor).path("items.execution_id"));
        assertEquals(List.of("3"), page("&limit=1&order=asc&cursor=" + cursor).path("items.execution_id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&limit=2&phase=phase4",
                "&limit=2&kind=all",
                "&limit=2&game_date=2031-02-02",
                "&limit=2&completed_to=2199-01-01T00:00:00Z",
                "&limit=2&status=success",
                "&limit=2&order=asc"
            })
    void aCursorOfAnotherSelectionIsRefused(String other) {
        recordRows();
        page(other + "&cursor=" + cursor("&limit=2&order=desc"))
                .then()
                .statusCode(400)
                .body("code", equalTo("cursor_mismatch"))
                .body("errors[0].parameter", equalTo("cursor"));
    }

    @Test
    void aCursorOfAnotherProcessorIsRefused() {
        recordRows();
        Sent other = Sent.byNewProcessor();
        accepting("application/json")
                .get(Sent.COMPLETIONS + "?processor_name=" + other.processor() + "&cursor=" + cursor("&limit=2"))
                .then()
                .statusCode(400)
                .body("code", equalTo("cursor_mismatch"));
    }

    @Test
    void aBrokenCursorIsRefused() {
        recordRows();
        String cursor = cursor("&limit=2");
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        List<String> broken = List.of(
                "x",
                cursor.substring(0, cursor.length() - 4),
                cursor.substring(4),
                cursor + "AAAA",
                encoded(text.replace("1.DESC", "2.DESC")),
                encoded(text.replace("DESC", "desc")),
                encoded(text.replaceFirst("\\d+\\.", "").replaceFirst("\\.\\d+\\.", ".-1.")),
                encoded(text.replaceFirst("\\.\\d+\\.", ".9999999999999999999.")));
        for (String each : broken) {
            page("&cursor=" + each).then().statusCode(400).body("code", equalTo("invalid_cursor"));
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theLinkKeepsWhatWasAskedAsItWasEncoded() {
        Sent odd = Sent.byNewProcessor();
        String correlation = "a&b={c}+ü " + odd.processor();
        for (String run : List.of("1", "2")) {
            post(odd.completion(run, "success", ",\"correlation_id\":\"" + correlation + "\""))
                    .statusCode(201);
        }
        Response page = accepting("application/json")
                .get(Sent.COMPLETIONS + "?limit=1&completed_from=2020-01-01T00:00:00%2B01:00&correlation_id="
                        + "a%26b%3D%7Bc%7D%2B%C3%BC%20" + odd.processor());
        page.then().body("items.execution_id", equalTo(List.of("2")));
        Matcher next = NEXT.matcher(page.header("Link"));
        assertTrue(next.matches());
        accepting("application/json").get(next.group(1)).then().body("items.execution_id", equalTo(List.of("1")));
    }

    @Test
    void aPageOfLargeRowsEndsEarlyAndTheNextGoesOn() throws IOException {
        String large = ",\"metadata\":{\"text\":\"" + "x".repeat(250_000) + "\"}";
        List<String> runs =
                IntStream.rangeClosed(1, LARGE_ROWS).mapToObj(Integer::toString).toList();
        runs.forEach(run -> post(sent.completion(run, "success", large)).statusCode(201));
        JsonNode first = largePage("&order=asc");
        JsonNode second = largePage("&cursor=" + first.path("next_cursor").asText());
        List<String> found = new ArrayList<>(first.path("items").findValuesAsText("execution_id"));
        assertTrue(found.size() > 1 && found.size() < LARGE_ROWS, () -> found.size() + " on the first page");
        found.addAll(second.path("items").findValuesAsText("execution_id"));
        assertEquals(runs, found);
        assertTrue(second.path("next_cursor").isNull());
        String stream = accepting(NDJSON)
                .get(Sent.COMPLETIONS + "?order=asc&processor_name=" + sent.processor())
                .asString();
        assertEquals(LARGE_ROWS, stream.lines().count());
    }
}
