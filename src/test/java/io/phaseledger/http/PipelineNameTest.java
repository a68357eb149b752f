package io.phaseledger.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineNameTest {

    private static final String LONGEST = "😀".repeat(255);

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "2024_load",
                "publish::vr_1",
                "Load task",
                "équipe",
                "kafka://kafka:9094",
                "buggy_task🕷",
                "👩‍👩‍👧",
                "تحميل",
                "می‌خواهم",
                "a,b",
                "a/b",
                "100%",
                "it's \"so\" \\",
                "a\u00a0b"
            })
    void what_can_be_seen_is_a_name(String name) {
        assertEquals(name, PipelineName.checked("name", name));
        assertEquals(name, PipelineName.fitted(name));
    }

    @Test
    void a_name_has_at_most_255_code_points() {
        assertSame(LONGEST, PipelineName.checked("name", LONGEST));
        Problem refused = assertThrows(Problem.class, () -> PipelineName.checked("name", LONGEST + "x"));
        assertEquals("invalid_name", refused.errors().get(0).code());
        assertEquals("😀".repeat(246) + "~", PipelineName.fitted(LONGEST + "x").substring(0, 246 * 2 + 1));
        assertNotEquals(PipelineName.fitted(LONGEST + "x"), PipelineName.fitted(LONGEST + "y"));
    }

    static Stream<Arguments> withWhatCannotBeSeen() {
        return Stream.of(
                arguments("load ", "load"),
                arguments(" load", "load"),
                arguments("load\u00a0\u3000", "load"),
                arguments(" ", ""),
                arguments("a\0b", "a_b"),
                arguments("a\tb", "a_b"),
                arguments("a\u0085b", "a_b"),
                arguments("a\u2028b", "a_b"),
                arguments("a\u202eb", "a_b"),
                arguments("a\u200b", "a_"),
                arguments("\ufeffa", "_a"),
                arguments("a\ufffd", "a_"));
    }

    @ParameterizedTest
    @MethodSource("withWhatCannotBeSeen")
    void what_cannot_be_seen_is_none_but_can_be_made_one(String said, String beginning) {
        assertThrows(Problem.class, () -> PipelineName.checked("name", said));
        String fitted = PipelineName.fitted(said);
        assertEquals(beginning, fitted.substring(0, fitted.length() - 9));
        assertEquals(fitted, PipelineName.checked("name", fitted));
    }

    @Test
    void a_name_is_in_normal_form_c() {
        assertEquals("\u00e9quipe", PipelineName.checked("name", "e\u0301quipe"));
        assertEquals("\u00e9quipe", PipelineName.fitted("e\u0301quipe"));
    }

    /** The digits are what {@code printf 'p ' | sha256sum} begins with. */
    @Test
    void the_whole_name_stays_in_the_metadata_where_it_was_changed() throws Exception {
        ObjectNode report = json("{'phase':'p ','processor_name':'e\u0301','metadata':{'x':1}}");
        PipelineName.fit(report);
        assertEquals(
                json("{'phase':'p~a2d93125','processor_name':'\u00e9','metadata':{'x':1,'whole_phase':'p '}}"), report);
    }

    @Test
    void what_is_no_name_is_left_for_the_ledger_to_refuse() throws Exception {
        ObjectNode report = json("{'phase':'','processor_name':7,'metadata':'text'}");
        PipelineName.fit(report);
        assertEquals(json("{'phase':'','processor_name':7,'metadata':'text'}"), report);
    }
}
