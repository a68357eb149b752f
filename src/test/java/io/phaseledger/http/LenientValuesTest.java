package io.phaseledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LenientValuesTest {

    private static final Json JSON = BareJson.json();

    record Row(
            @Nullable Long count,
            @Nullable Integer units,
            @Nullable Boolean flag,
            @Nullable Instant at,
            @Nullable LocalDate date,
            @Nullable String text,
            @Nullable List<String> entities,
            @Nullable ObjectNode object) {}

    /** The one field that was sent, or why it is none. */
    private static String read(Json json, String field) {
        try {
            Row row = json.read(JSON.tree(("{" + field + "}").getBytes(UTF_8)), Row.class);
            return Arrays.stream(Row.class.getRecordComponents())
                    .map(component -> value(component, row))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(Object::toString)
                    .orElse("nothing");
        } catch (Problem e) {
            return e.code();
        }
    }

    private static @Nullable Object value(java.lang.reflect.RecordComponent component, Row row) {
        try {
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            "count":123                                 | 123
            "count":123.0                               | 123
            "count":"123"                               | 123
            "count":"123.0"                             | 123
            "count":"1.5E3"                             | 1500
            "count":"-1"                                | -1
            "count":"9007199254740993"                  | 9007199254740993
            "count":123.5                               | wrong_type
            "count":"123.5"                             | wrong_type
            "count":"99999999999999999999"              | out_of_range
            "count":"1,234"                             | wrong_type
            "count":""                                  | wrong_type
            "count":true                                | wrong_type
            "units":"12"                                | 12
            "units":12.0                                | 12
            "units":"2147483648"                        | out_of_range
            "flag":"true"                               | true
            "flag":"False"                              | false
            "flag":"yes"                                | wrong_type
            "flag":1                                    | wrong_type
            "at":"2026-02-03T07:00:00Z"                 | 2026-02-03T07:00:00Z
            "at":"2026-02-03T07:00:00+0000"             | 2026-02-03T07:00:00Z
            "at":"2026-02-03T02:00:00-05"               | 2026-02-03T07:00:00Z
            "at":"2026-02-03T12:30:00.5+05:30"          | 2026-02-03T07:00:00.500Z
            "at":"2026-02-03 07:00:00 UTC"              | 2026-02-03T07:00:00Z
            "at":"2026-02-03 07:00:00.123456789+00:00"  | 2026-02-03T07:00:00.123456Z
            "at":"2026-02-03t07:00:00,25z"              | 2026-02-03T07:00:00.250Z
            "at":"2026-02-03T07:00Z[UTC]"               | 2026-02-03T07:00:00Z
            "at":"2026-02-03T08:00+01:00[Europe/Paris]" | 2026-02-03T07:00:00Z
            "at":"2026-02-03 07:00:00"                  | 2026-02-03T07:00:00Z
            "at":"2026-02-03T07:00:00"                  | zone_missing
            "at":"2026-02-03 07:00:00 EST"              | invalid_instant
            "at":"2026-02-03 24:00:00Z"                 | invalid_instant
            "at":"2026-02-30 07:00:00Z"                 | invalid_instant
            "at":"1969-12-31 23:59:59Z"                 | out_of_range
            "at":"1.7701020E9"                          | 2026-02-03T07:00:00Z
            "at":"1.770102000123456E9"                  | 2026-02-03T07:00:00.123456Z
            "at":1770102000                             | 2026-02-03T07:00:00Z
            "at":1770102000.5                           | 2026-02-03T07:00:00.500Z
            "at":1770102000123                          | 2026-02-03T07:00:00.123Z
            "at":"1770102000123456"                     | 2026-02-03T07:00:00.123456Z
            "at":1770102000123456789                    | 2026-02-03T07:00:00.123456Z
            "at":20260203070000                         | invalid_instant
            "at":1                                      | invalid_instant
            "at":"1e99"                                 | invalid_instant
            "at":true                                   | wrong_type
            "date":"2026-01-15"                         | 2026-01-15
            "date":"2026-01-15T00:00:00.000"            | 2026-01-15
            "date":"2026-01-15 00:00:00"                | 2026-01-15
            "date":"2026-01-15T00:00:00.000Z"           | 2026-01-15
            "date":"2026-01-15T00:00:00+08:00"          | 2026-01-15
            "date":1768435200000                        | 2026-01-15
            "date":"2026-01-15T00:00:01"                | invalid_date
            "date":1768435201000                        | invalid_date
            "date":20260115                             | invalid_date
            "date":"TODAY"                              | relative_date
            "date":"2300-01-15T00:00:00"                | out_of_range
            "text":17                                   | wrong_type
            "text":17.0                                 | wrong_type
            "text":12345678901234567890123              | wrong_type
            "text":"17.0"                               | 17.0
            "text":1.5                                  | wrong_type
            "text":true                                 | wrong_type
            "text":"a\\u0000"                           | invalid_character
            "entities":["LAL",203507]                   | [LAL, 203507]
            "object":{"a":1}                            | {"a":1}
            "object":"{\\"a\\":1.50}"                   | {"a":1.50}
            "object":"null"                             | nothing
            "object":"[1]"                              | wrong_type
            "object":"{a}"                              | malformed_json
            "object":"{\\"a\\":\\"\\\\u0000\\"}"        | invalid_character
            """)
    void reads_what_other_programs_write(String field, String expected) {
        assertEquals(expected, read(JSON.lenient(), field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            "count":"123"                       | wrong_type
            "count":123.0                       | 123
            "flag":"true"                       | wrong_type
            "at":"2026-02-03 07:00:00Z"         | invalid_instant
            "at":1770102000                     | wrong_type
            "date":"2026-01-15T00:00:00.000"    | invalid_date
            "text":17                           | wrong_type
            "object":"{}"                       | wrong_type
            """)
    void only_where_it_is_asked_to(String field, String expected) {
        assertEquals(expected, read(JSON, field));
    }

    @Test
    void text_of_json_that_is_none_is_refused_at_its_field() {
        ObjectNode row = (ObjectNode) JSON.tree("{\"object\":\"{a}\",\"count\":\"x\"}".getBytes(UTF_8));
        try {
            JSON.lenient().read(row, Row.class);
        } catch (Problem e) {
            assertEquals(
                    List.of("/object", "/count"),
                    e.errors().stream().map(FieldError::pointer).toList());
            return;
        }
        throw new AssertionError("it was read");
    }
}
