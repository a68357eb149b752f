package io.phaseledger.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.http.BareJson;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {

    private static final int LIMIT = 20;
    private static final Json JSON = BareJson.json();

    /** {@code 1 {"a":1}; 2 malformed_json}, in which a tilde stands for LF. */
    private static String read(String body) {
        return read(new ByteArrayInputStream(body.replace('~', '\n').getBytes(UTF_8)), LIMIT);
    }

    private static String read(InputStream body, int limit) {
        List<String> read = new ArrayList<>();
        var lines = JsonLines.of(JSON, body, limit, "UNSENT");
        for (var line = lines.next(); line != null; line = lines.next()) {
            read.add(line.number() + " " + valueOf(line));
        }
        return String.join("; ", read);
    }

    private static String valueOf(JsonLines.Line line) {
        try {
            return line.tree().toString();
        } catch (Problem e) {
            return e.code();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "{}~{}                                  | 1 {}; 2 {}",
                "{}~{}~                                 | 1 {}; 2 {}",
                "~~{}~  ~{}                             | 3 {}; 5 {}",
                "{~{}~]                                 | 1 malformed_json; 2 {}; 3 malformed_json",
                "1~'x'~\"y\"                            | 1 1; 2 malformed_json; 3 \"y\"",
                "{}{}~{}                                | 1 trailing_content; 2 {}",
                "12345678901234567890~{}                | 1 12345678901234567890; 2 {}",
                "123456789012345678901~{}               | 1 line_too_long; 2 {}",
                "{}~                      ~{}           | 1 {}; 2 line_too_long; 3 {}",
                "{\"a\":1,\"a\":2}~{}                   | 1 duplicate_field; 2 {}",
            })
    void reads_a_line_at_a_time(String body, String expected) {
        assertEquals(expected, read(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "[{},{}]                                | 1 {}; 2 {}",
                "~ [ {}~, {\"a\":[1,{}]} ] ~            | 1 {}; 2 {\"a\":[1,{}]}",
                "[{\"a\":\"]},\"},{\"a\":\"\\\"]\"}]    | 1 {\"a\":\"]},\"}; 2 {\"a\":\"\\\"]\"}",
                "[]                                     | ''",
                "~[~]~                                  | ''",
                "Current status: DONE~[{},{}]           | 1 {}; 2 {}",
                "~ (0s) RUNNING~ (1s) DONE   ~~  [~{}]  | 1 {}",
                "up~[07] UNSENT {}                      | 1 malformed_json; 2 {}",
                "a [{}]                                 | 1 malformed_json",
                "[                                      | 1 malformed_json",
                "[{}                                    | 1 {}; 2 malformed_json",
                "[{},                                   | 1 {}; 2 malformed_json",
                "[{},]                                  | 1 {}; 2 malformed_json",
                "[{},{\"a\"                             | 1 {}; 2 malformed_json",
                "[{},{\"a\" 1},{}]                      | 1 {}; 2 malformed_json",
                "[{} {},{}]                             | 1 {}; 2 malformed_json",
                "[{},\"abc,{}]                          | 1 {}; 2 malformed_json",
                "[{}]{}                                 | 1 {}; 2 malformed_json",
                "[{}],{}                                | 1 {}; 2 malformed_json",
                "[{},{\"a\":1,\"a\":2},{}]              | 1 {}; 2 duplicate_field; 3 {}",
                "[{},{\"a\":1e9999999999},{}]         | 1 {}; 2 json_limit; 3 {}",
                "[{},{\"a\":NaN},{}]                  | 1 {}; 2 malformed_json; 3 {}",
                "[{},\"3456789012345678901\",{}]        | 1 {}; 2 line_too_long; 3 {}",
            })
    void reads_an_array_an_element_at_a_time(String body, String expected) {
        assertEquals(expected.equals("''") ? "" : expected, read(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[07] UNSENT {\"a\":1}~[07:01] ok | 1 {\"a\":1}; 2 malformed_json",
                "[INFO] up~[WARN] UNSENT {}          | 1 malformed_json; 2 {}",
                "{1} UNSENT {\"a\":2}                | 1 {\"a\":2}",
                "{\"a\":\"UNSENT {}\"}               | 1 {\"a\":\"UNSENT {}\"}",
                "UNSENT {}                           | 1 {}",
                "UNSENT {} {}                         | 1 trailing_content",
            })
    void reads_what_follows_the_marker_of_a_log_line(String body, String expected) {
        assertEquals(expected, read(body));
    }

    @Test
    void takes_lines_that_end_with_crlf_and_a_byte_order_mark() {
        assertEquals("1 {}; 3 {}", read("\ufeff{}\r\n\r\n{}\r\n"));
        assertEquals("1 {}", read("\ufeff[{}]"));
        assertEquals("1 {}", read("{}\r"));
    }

    @Test
    void has_nothing_to_read_in_an_empty_body() {
        assertEquals("", read(""));
        assertEquals("", read("~ ~\r~"));
    }

    @Test
    void reads_lines_that_begin_with_a_bracket_where_only_lines_can_be() {
        var lines = JsonLines.ofLines(JSON, new ByteArrayInputStream("[{}]".getBytes(UTF_8)), LIMIT);
        assertEquals("[{}]", valueOf(Objects.requireNonNull(lines.next())));
    }

    @Test
    void does_not_read_what_is_not_utf_8() {
        byte[] body = {'{', '}', '\n', '"', (byte) 0xff, '"', '\n', '{', '}'};
        assertEquals("1 {}; 2 malformed_json; 3 {}", read(new ByteArrayInputStream(body), LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"0123456789\"}\n", "[{\"a\":\"0123456789\"},"})
    void reads_far_more_than_it_holds(String start) {
        var row = start.substring(start.indexOf('{'));
        var count = 4 * JsonLines.BUFFER / row.length();
        var body = start
                + row.repeat(count - 2)
                + row.substring(0, row.length() - 1)
                + (start.charAt(0) == '[' ? "]" : "");
        var lines = JsonLines.of(JSON, new ByteArrayInputStream(body.getBytes(UTF_8)), LIMIT, "");
        long read = 0;
        for (var line = lines.next(); line != null; line = lines.next()) {
            assertEquals("{\"a\":\"0123456789\"}", valueOf(line));
            read++;
        }
        assertEquals(count, read);
    }

    @Test
    void passes_over_a_line_that_is_longer_than_all_memory_it_may_hold() {
        var endless = "x".repeat(3 * JsonLines.BUFFER) + "\n{}";
        assertEquals("1 line_too_long; 2 {}", read(new ByteArrayInputStream(endless.getBytes(UTF_8)), LIMIT));
    }

    /** Half a surrogate pair, and numbers that a double does not hold. */
    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\u00e9\\n\"", "1.10", "1E+400"})
    void an_element_is_what_it_is_by_itself(String value) {
        String element = "{\"a\":" + value + "}";
        assertEquals("1 " + JSON.tree(element.getBytes(UTF_8)), read("[" + element + "]"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 5_000})
    void an_element_that_nests_too_deep_does_not_spoil_the_next(int levels) {
        String deep = "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
        assertEquals("1 json_limit; 2 {}", read("[" + deep + ",{}]", 1 << 20));
    }

    @Test
    void an_element_whose_string_is_longer_than_any_may_be_does_not_spoil_the_next() {
        String longer = "{\"a\":\"" + "y".repeat(1_100_000) + "\"}";
        assertEquals("1 line_too_long; 2 {}", read("[" + longer + ",{}]", 1 << 20));
    }

    private static String read(String body, int limit) {
        return read(new ByteArrayInputStream(body.getBytes(UTF_8)), limit);
    }
}
