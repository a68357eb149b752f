package io.phaseledger.http;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final Json JSON = BareJson.json();

    private static RecordSample read(String body) {
        return JSON.bind(body.getBytes(UTF_8), RecordSample.class).get();
    }

    private static Problem refusal(String body) {
        return assertThrows(Problem.class, () -> read(body));
    }

    /** {@code 400 /a wrong_type, /b unknown_field}. */
    private static String summary(Problem problem) {
        return problem.errors().stream()
                .map(error -> error.pointer() + " " + error.code())
                .collect(Collectors.joining(", ", problem.status() + " ", ""));
    }

    @Test
    void reads_each_kind_of_value() {
        var sample = read("""
                {"phase":"phase4","record_count":50,"expected_count":9007199254740993,"min_coverage":0.950,
                 "is_incremental":true,"colour":"dark_blue","game_date":"2026-02-03","max_age":"6h",
                 "completed_at":"2026-02-03T02:00:00.1234567-05:00","entities_changed":["a"],
                 "requirements":[{"min_records":0}],"metadata":{"b":[1.50,null]},"part":null}
                """);
        assertEquals(9007199254740993L, sample.expectedCount());
        assertEquals(new BigDecimal("0.950"), sample.minCoverage());
        assertEquals(RecordSample.Colour.DARK_BLUE, sample.colour());
        assertEquals(LocalDate.of(2026, 2, 3), sample.gameDate());
        assertEquals(Duration.ofHours(6), sample.maxAge());
        assertEquals(Instant.parse("2026-02-03T07:00:00.123456Z"), sample.completedAt());
        assertEquals(List.of("a"), sample.entitiesChanged());
        assertEquals("{\"b\":[1.50,null]}", String.valueOf(sample.metadata()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                                   | 400  body_missing
                    `  `                                 | 400  body_missing
                    null                                 | 400  wrong_type
                    []                                   | 400  wrong_type
                    "x"                                  | 400  wrong_type
                    {                                    | 400  malformed_json
                    {'phase':'p'}                        | 400  malformed_json
                    {"phase":"p",}                       | 400 /phase malformed_json
                    {"record_count":NaN}                 | 400 /record_count malformed_json
                    {"record_count":01}                  | 400 /record_count malformed_json
                    {"metadata":{"a":1e99999999999}}     | 400 /metadata/a json_limit
                    {"phase":"p"} {}                     | 400  trailing_content
                    {"phase":"p"} x                      | 400  malformed_json
                    {"phase":"p","phase":"p"}            | 400 /phase duplicate_field
                    {"metadata":{"a":[{"b":1,"b":1}]}}   | 400 /metadata/a/0/b duplicate_field
                    """)
    void refuses_a_body_that_is_not_one_json_object(String body, String expected) {
        assertEquals(expected, summary(refusal(body)));
    }

    @Test
    void refuses_a_body_that_is_not_utf_8() {
        for (var body :
                new byte[][] {"{\"phase\":\"p\"}".getBytes(UTF_16), {'{', '"', (byte) 0xff, '"', ':', '1', '}'}}) {
            var problem = assertThrows(
                    Problem.class, () -> JSON.bind(body, RecordSample.class).get());
            assertEquals("400  malformed_json", summary(problem));
        }
    }

    @Test
    void bounds_depth_and_length() {
        var deep = "{\"metadata\":" + "[".repeat(StrictJson.DEEPEST) + "]".repeat(StrictJson.DEEPEST) + "}";
        var longNumber = "{\"min_coverage\":" + "1".repeat(StrictJson.LONGEST_NUMBER + 1) + "}";
        var longString = "{\"phase\":\"" + "x".repeat(StrictJson.LONGEST_STRING + 1) + "\"}";
        var longName = "{\"" + "x".repeat(StrictJson.LONGEST_NAME + 1) + "\":1}";
        assertTrue(summary(refusal(deep)).matches("400 /metadata(/0)+ json_limit"));
        assertEquals("400 /min_coverage json_limit", summary(refusal(longNumber)));
        assertEquals("400 /phase json_limit", summary(refusal(longString)));
        assertEquals("400  json_limit", summary(refusal(longName)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"phase":1}                          | /phase
                    {"phase":1.5}                        | /phase
                    {"phase":true}                       | /phase
                    {"phase":{"a":1}}                    | /phase
                    {"record_count":"1"}                 | /record_count
                    {"record_count":""}                  | /record_count
                    {"record_count":" "}                 | /record_count
                    {"record_count":1.5}                 | /record_count
                    {"record_count":15e-1}               | /record_count
                    {"record_count":true}                | /record_count
                    {"expected_count":"1"}               | /expected_count
                    {"expected_count":1.5}               | /expected_count
                    {"min_coverage":"0.5"}               | /min_coverage
                    {"min_coverage":false}               | /min_coverage
                    {"is_incremental":1}                 | /is_incremental
                    {"is_incremental":"true"}            | /is_incremental
                    {"is_incremental":""}                | /is_incremental
                    {"optional":0}                       | /optional
                    {"optional":"false"}                 | /optional
                    {"colour":0}                         | /colour
                    {"game_date":20260203}               | /game_date
                    {"completed_at":1770000000}          | /completed_at
                    {"completed_at":{"a":1}}             | /completed_at
                    {"max_age":21600}                    | /max_age
                    {"entities_changed":"a"}             | /entities_changed
                    {"entities_changed":[1]}             | /entities_changed/0
                    {"requirements":[{},[]]}             | /requirements/1
                    {"requirements":""}                  | /requirements
                    {"requirements":[""]}                | /requirements/0
                    """)
    void takes_nothing_for_what_it_is_not(String body, String pointer) {
        String whole = pointer.equals("/phase") ? body : body.replaceFirst("\\{", "{\"phase\":\"p\",");
        assertEquals("400 " + pointer + " wrong_type", summary(refusal(whole)));
    }

    /** As JSON Schema has it. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1.0, 1", "1e2, 100", "1.5e1, 15", "-0.0, 0", "0e999, 0", "2147483647.0, 2147483647"})
    void takes_a_whole_number_however_it_is_written(String number, int expected) {
        String body = "{\"phase\":\"p\",\"record_count\":N,\"expected_count\":N}".replace("N", number);
        assertEquals(expected, read(body).recordCount());
        assertEquals(expected, read(body).expectedCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "1e19", "1e400", "-1e2147483647", "9223372036854775808.0"})
    void refuses_whole_numbers_beyond_the_largest(String number) {
        String body = "{\"phase\":\"p\",\"record_count\":" + number + "}";
        assertEquals("422 /record_count out_of_range", summary(refusal(body)));
    }

    @Test
    void calls_no_number_too_large_where_none_belongs() {
        var large = "1".repeat(StrictJson.LONGEST_NUMBER);
        assertEquals("400 /colour wrong_type", summary(refusal("{\"phase\":\"p\",\"colour\":" + large + "}")));
        assertEquals("400 /part wrong_type", summary(refusal("{\"phase\":\"p\",\"part\":" + large + "}")));
        assertEquals(
                "422 /record_count out_of_range", summary(refusal("{\"phase\":\"p\",\"record_count\":" + large + "}")));
    }

    @ParameterizedTest
    @CsvSource({
        "io.phaseledger.http.RecordSample$Colour, 400 /n wrong_type",
        "java.lang.String,                        400 /n wrong_type",
        "java.time.Instant,                       400 /n wrong_type",
        "java.lang.Boolean,                       400 /n wrong_type",
        "java.lang.Integer,                       422 /n out_of_range",
        "java.lang.Long,                          422 /n out_of_range"
    })
    void a_field_by_itself_is_refused_like_one_of_a_body(Class<?> type, String refused) {
        var object = (ObjectNode) JSON.tree(("{\"n\":" + "1".repeat(StrictJson.LONGEST_NUMBER) + "}").getBytes(UTF_8));
        assertEquals(refused, summary(assertThrows(Problem.class, () -> JSON.take(object, "n", type))));
    }

    @Test
    void names_an_unknown_field_and_the_nearest_known_one() {
        var problem = refusal("{\"phase\":\"p\",\"recrod_count\":1}");
        assertEquals("400 /recrod_count unknown_field", summary(problem));
        assertEquals(
                "`recrod_count` is not a field here; did you mean `record_count`?",
                problem.errors().get(0).detail());
    }

    @Test
    void names_everything_that_cannot_be_read_at_once_and_400_wins() {
        var problem = refusal("""
                {"phase":"p","recordCount":1,"game_date":"2026-02-30","max_age":"x","completed_at":"2026-02-03T07:00:00",
                 "requirements":[{"min_records":"5"},{"a~/b":1}]}
                """);
        assertEquals(
                "400 /game_date invalid_date, /max_age invalid_duration, /requirements/0/min_records wrong_type,"
                        + " /requirements/1/a~0~1b unknown_field, /recordCount unknown_field, /completed_at zone_missing",
                sortedLike(problem));
    }

    private static String sortedLike(Problem problem) {
        var order = List.of(
                "/game_date",
                "/max_age",
                "/requirements/0/min_records",
                "/requirements/1/a~0~1b",
                "/recordCount",
                "/completed_at");
        return problem.errors().stream()
                .sorted(Comparator.comparingInt(error -> order.indexOf(error.pointer())))
                .map(error -> error.pointer() + " " + error.code())
                .collect(Collectors.joining(", ", problem.status() + " ", ""));
    }

    /** As a script sends it that has nothing to fill in. */
    @Test
    void an_empty_string_hides_no_other_fault() {
        var problem = refusal("""
                {"phase":"p","entities_changed":"","requirements":[""],"part":"","metadata":"","colour":"","game_date":""}
                """);
        assertEquals(
                "400 /entities_changed wrong_type, /requirements/0 wrong_type, /part wrong_type, /metadata wrong_type,"
                        + " /game_date invalid_date, /colour unknown_value",
                summary(problem));
    }

    @Test
    void names_everything_that_is_refused_at_once() {
        var problem = refusal("""
                {"processor_name":"1a","record_count":3000000000,"colour":"RED","game_date":"Today","max_age":"-6h",
                 "completed_at":"2026-02-03T07:00:00",
                 "requirements":[{"min_records":-1,"colour":"dark_bleu"}]}
                """);
        var found = problem.errors().stream().collect(Collectors.toMap(FieldError::pointer, FieldError::code));
        assertEquals(422, problem.status());
        assertEquals(
                Map.of(
                        "/phase", "required",
                        "/processor_name", "invalid_name",
                        "/record_count", "out_of_range",
                        "/colour", "unknown_value",
                        "/game_date", "relative_date",
                        "/max_age", "out_of_range",
                        "/completed_at", "zone_missing",
                        "/requirements/0/min_records", "out_of_range",
                        "/requirements/0/colour", "unknown_value"),
                found);
    }

    @Test
    void names_what_is_refused_beside_what_cannot_be_read() {
        var problem = refusal("""
                {"processor_name":"1a","record_count":"1","colour":"RED","game_date":"Today",
                 "requirements":[{"min_records":-1},{"min_records":"5"}]}
                """);
        assertEquals(
                Map.of(
                        "/phase", "required",
                        "/processor_name", "invalid_name",
                        "/record_count", "wrong_type",
                        "/colour", "unknown_value",
                        "/game_date", "relative_date",
                        "/requirements/0/min_records", "out_of_range",
                        "/requirements/1/min_records", "wrong_type"),
                problem.errors().stream().collect(Collectors.toMap(FieldError::pointer, FieldError::code)));
        assertEquals("400 wrong_type", problem.status() + " " + problem.code());
    }

    @Test
    void faults_without_number_are_named_up_to_a_bound() {
        var fields = IntStream.range(0, 1000).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
        assertEquals(BindingErrors.MOST, refusal("{" + fields + "}").errors().size());
        var nulls = "{\"phase\":\"p\",\"metadata\":{\"a\":[" + "\"\\u0000\",".repeat(1000) + "1]}}";
        assertEquals(BindingErrors.MOST, refusal(nulls).errors().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud800", "\\udc00\\ud800", "x\\udfff"})
    void refuses_characters_that_cannot_be_stored_wherever_they_are(String text) {
        assertEquals("422 /phase invalid_character", summary(refusal("{\"phase\":\"" + text + "\"}")));
        var value = "{\"phase\":\"p\",\"metadata\":{\"a/b\":[0,\"" + text + "\"]}}";
        assertEquals("422 /metadata/a~1b/1 invalid_character", summary(refusal(value)));
    }

    /** Half a surrogate pair in a name is no JSON to the parser, which looks names up by their UTF-8. */
    @ParameterizedTest
    @CsvSource({
        "a\\u0000b, invalid_character",
        "\\ud800, malformed_json",
        "\\udc00\\ud800, malformed_json",
        "x\\udfff, malformed_json"
    })
    void refuses_characters_that_cannot_be_stored_in_names(String text, String code) {
        assertEquals(
                code,
                refusal("{\"phase\":\"p\",\"metadata\":{\"" + text + "\":0}}").code());
    }

    @Test
    void keeps_a_character_beyond_the_basic_plane() {
        assertEquals("🏀", read("{\"phase\":\"\\ud83c\\udfc0\"}").phase());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "1e-999", "1e2147483647", "1e-2147483647"})
    void refuses_numbers_that_would_fill_the_memory_when_written_out(String number) {
        assertEquals(
                "422 /metadata/n out_of_range",
                summary(refusal("{\"phase\":\"p\",\"metadata\":{\"n\":" + number + "}}")));
    }

    @Test
    void writes_instants_durations_numbers_and_names_as_the_contract_does() throws JsonProcessingException {
        var values = List.of(
                Instant.parse("2026-02-02T11:00:00.123456789Z"),
                Instant.parse("2026-02-02T11:00:00Z"),
                LocalDate.of(2026, 2, 2),
                Duration.ofHours(30),
                new BigDecimal("1E+5"),
                new BigDecimal("1.50E-9"),
                RecordSample.Colour.DARK_BLUE,
                new RecordSample.Part(null, null));
        assertEquals(
                "[\"2026-02-02T11:00:00.123456Z\",\"2026-02-02T11:00:00Z\",\"2026-02-02\",\"PT30H\",100000,0.00000000150,"
                        + "\"dark_blue\",{\"min_records\":null,\"colour\":null}]",
                JSON.mapper().writeValueAsString(values));
    }

    @Test
    void a_tree_keeps_numbers_as_they_were_sent() throws JsonProcessingException {
        var body = "{\"a\":1.50,\"b\":12345678901234567890123,\"c\":0.1000000000000000000001}";
        assertEquals(body, JSON.mapper().writeValueAsString(JSON.tree(body.getBytes(UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+2147483647", "1E-2147483647", "1E+10000", "[1.50,{\"a\":\"\u00e9\"}]", "1E+400"})
    void a_tree_is_text_again_however_large_its_numbers(String body) {
        assertEquals(body, JSON.text(JSON.tree(body.getBytes(UTF_8))));
    }

    @Test
    void a_part_of_a_tree_is_read_by_itself() {
        var rows = JSON.tree("[{\"phase\":\"p\"},{\"phase\":\"\\u0000\"}]".getBytes(UTF_8));
        assertEquals("p", JSON.read(rows.get(0), RecordSample.class).phase());
        var problem = assertThrows(Problem.class, () -> JSON.read(rows.get(1), RecordSample.class));
        assertEquals("/1/phase", problem.errors().get(0).under("/1").pointer());
    }

    /** Breaks a promise of its own. */
    record Faulty(Integer number) {
        Faulty {
            Objects.checkIndex(number, 0);
        }
    }

    @Test
    void a_fault_of_ours_is_no_refusal() {
        var body = "{\"number\":1}".getBytes(UTF_8);
        var fault = assertThrows(IllegalStateException.class, () -> JSON.bind(body, Faulty.class));
        assertEquals("A value cannot be made of what was sent", fault.getMessage());
    }

    /** What cannot be stored as it is keeps its form. */
    @Test
    void text_of_half_a_surrogate_pair_is_read_as_the_same() {
        var tree = JSON.tree("{\"a\":\"\\ud800\u00e9\"}".getBytes(UTF_8));
        assertEquals("{\"a\":\"\\uD800\\u00E9\"}", JSON.text(tree));
        assertEquals(tree, JSON.keptTree(JSON.text(tree)));
    }
}
