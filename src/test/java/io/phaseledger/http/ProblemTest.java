package io.phaseledger.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

    private static final FieldError PHASE = FieldError.at("/phase", "required", "is needed");
    private static final FieldError WITHIN = FieldError.parameter("within", "invalid_duration", "is not one");

    @Test
    void the_first_error_gives_the_code_and_a_single_one_the_detail() {
        var problem = Problem.refused(PHASE);
        assertEquals("422 required", problem.status() + " " + problem.code());
        assertEquals("/phase: is needed", problem.detail());
    }

    @Test
    void several_errors_are_named_in_the_detail() {
        var problem = Problem.malformed(WITHIN, PHASE);
        assertEquals("400 invalid_duration", problem.status() + " " + problem.code());
        assertEquals("What was sent cannot be read because of within, /phase.", problem.detail());
    }

    @Test
    void a_detail_names_at_most_ten_places() {
        var errors = IntStream.range(0, 30)
                .mapToObj(i -> FieldError.at("/" + i, "required", "is needed"))
                .toList();
        assertEquals(
                "What was sent is refused because of /0, /1, /2, /3, /4, /5, /6, /7, /8, /9 and more.",
                Problem.refused(errors).detail());
    }

    @Test
    void an_error_in_a_part_is_one_in_the_whole() {
        assertEquals("/1/phase", PHASE.under("/1").pointer());
        assertEquals(
                "/1",
                FieldError.at("", "wrong_type", "is no object").under("/1").pointer());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.2S, 1", "PT1S, 1", "PT1.000000001S, 2", "PT90S, 90"})
    void retry_after_is_in_whole_seconds_and_at_least_one(Duration delay, String expected) {
        var problem = Problem.of(503, "ledger_unavailable", "Later.").retryAfter(delay);
        assertEquals(Map.of("Retry-After", expected), problem.headers());
    }

    @Test
    void an_extension_may_not_hide_a_member_that_every_problem_has() {
        var problem = Problem.of(409, "conflict", "It is there.").with("original", 1);
        assertEquals(Map.of("original", 1), problem.members());
        assertThrows(IllegalArgumentException.class, () -> problem.with("status", 200));
    }

    @Test
    void what_cannot_be_written_as_utf_8_is_replaced() {
        assertEquals("/?", FieldError.at("/\ud800", "unknown_field", "x").pointer());
        assertEquals("?", Problem.of(404, "not_found", "\udc00").detail());
    }

    @Test
    void the_view_says_what_the_problem_says() {
        var view = Problem.refused(Collections.nCopies(2, PHASE)).view("/v1/completions");
        assertEquals("urn:phase-ledger:problem:required", view.type());
        assertEquals("Unprocessable Entity", view.title());
        assertEquals("/v1/completions", view.instance());
        assertEquals(null, Problem.of(404, "not_found", "No.").view("/").errors());
    }
}
