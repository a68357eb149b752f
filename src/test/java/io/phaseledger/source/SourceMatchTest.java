package io.phaseledger.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which jobs a source matches, what it makes of them, and which sources are refused. */
class SourceMatchTest {

    @SuppressWarnings("NullAway") // What is left out is filled in by the record itself.
    private static SourceDefinition definition(
            @Nullable String namespace, @Nullable String job, @Nullable String phase, @Nullable String processor) {
        return new SourceDefinition("openlineage", namespace, job, null, phase, processor, null, null, null, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                | -                              | -               | -               | prod      | etl.load  | prod/etl.load
            prod             | -                              | phase4          | -               | prod      | etl.load  | phase4/etl.load
            prod             | -                              | phase4          | -               | prod-2    | etl.load  | -
            PROD             | -                              | phase4          | -               | prod      | etl.load  | -
            (?i)PROD         | -                              | phase4          | -               | prod      | etl.load  | phase4/etl.load
            -                | (?<dag>[^.]+)\\.(?<task>.+)    | ${dag}          | ${task}         | prod      | etl.a.b   | etl/a.b
            -                | (?P<dag>[^.]+)\\.(?P<task>.+)  | ${dag}          | ${task}         | prod      | etl.load  | etl/load
            -                | (?<dag>[^.]+)\\.(?<task>.+)    | ${dag}          | ${task}         | prod      | load      | -
            (?<env>\\w+)-.*  | (?<task>.+)                    | p-${env}-$1     | ${task}_${env}  | dev-air   | load      | p-dev-$1/load_dev
            -                | (?<a>x)?(?<b>y)?               | p               | ${a}${b}z       | prod      | y         | p/yz
            -                | (?<t>.+)                       | p               | ${t}            | prod      | $1\\      | p/$1\\
            -                | load                           | p               | -               | prod      | upload    | -
            -                | load                           | p               | -               | prod      | loads     | -
            """)
    void a_job_is_matched_as_a_whole(
            @Nullable String namespace,
            @Nullable String job,
            @Nullable String phase,
            @Nullable String processor,
            String jobNamespace,
            String jobName,
            @Nullable String expected) {
        Optional<JobMapping> mapping = Source.of("s", definition(namespace, job, phase, processor))
                .mapping("openlineage", jobNamespace, jobName);
        assertEquals(Optional.ofNullable(expected), mapping.map(each -> each.phase() + "/" + each.processorName()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            (         | -                 | -     | -       | /namespace      | invalid_pattern
            -         | a(?=b)            | -     | -       | /job            | invalid_pattern
            -         | (?<a>x)(?<a>y)    | -     | -       | /job            | invalid_pattern
            -         | (a{99}){99}       | -     | -       | /job            | invalid_pattern
            -         | a{1,101}          | -     | -       | /job            | invalid_pattern
            -         | (\\p{L}.*){99}.*  | -     | -       | -               | -
            (?<a>x)   | (?<a>y)           | -     | -       | /job            | duplicate_group
            -         | (?<task>.+)       | -     | ${tsk}  | /processor_name | unknown_group
            -         | (?<task>.+)       | ${}   | -       | /phase          | unknown_group
            -         | (?<task>.+)       | ${task| -       | /phase          | unknown_group
            -         | -                 | ${0}  | -       | /phase          | unknown_group
            """)
    void what_cannot_work_is_refused_by_its_field(
            @Nullable String namespace,
            @Nullable String job,
            @Nullable String phase,
            @Nullable String processor,
            @Nullable String pointer,
            @Nullable String code) {
        SourceDefinition definition = definition(namespace, job, phase, processor);
        if (pointer == null) {
            Source.of("s", definition);
            return;
        }
        Problem refused = assertThrows(Problem.class, () -> Source.of("s", definition));
        FieldError error = refused.errors().get(0);
        assertEquals(pointer + " " + code, error.pointer() + " " + error.code());
    }

    @Test
    void all_that_is_wrong_is_named_at_once() {
        Problem refused = assertThrows(Problem.class, () -> Source.of("s", definition("(", "[", "${a}", "${b}")));
        assertEquals(4, refused.errors().size());
    }

    /** A backtracking engine takes longer than the world has been for these; RE2 without a bound, all of the memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {"(a+)+b", "(a|a)*b", "(.*a){50}b", "((a{1000}){1000}){1000}", "(((((a{9}){9}){9}){9}){9}){9}"})
    void a_hostile_pattern_is_refused_or_takes_a_moment(String pattern) {
        String name = "a".repeat(4_000);
        try {
            assertTrue(Source.of("s", definition(null, pattern, null, null))
                    .mapping("openlineage", "n", name)
                    .isEmpty());
        } catch (Problem refused) {
            assertEquals("invalid_pattern", refused.code());
        }
    }

    @Test
    void a_name_that_is_too_long_to_be_looked_at_matches_no_pattern() {
        Source any = Source.of("s", definition(null, ".*", "p", null));
        assertTrue(any.mapping("openlineage", "n", "a".repeat(4_096)).isPresent());
        assertTrue(any.mapping("openlineage", "n", "a".repeat(4_097)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"etl.load", "a\\b\"c", "(x|y)*", "${a}", "équipe", "7", ""})
    void what_is_advised_maps_that_job_and_no_other(String job) throws Exception {
        String advice = Sources.unmapped("s3://bucket", job);
        var source = new ObjectMapper().readTree(advice.substring(advice.indexOf('{')));
        assertTrue(advice.matches("(?s).* PUT /v1/sources/[A-Za-z][A-Za-z0-9_.-]{0,127} \\{.*"), advice);
        JobPattern namespace = new JobPattern(source.path("namespace").asText());
        JobPattern pattern = new JobPattern(source.path("job").asText());
        assertTrue(namespace.match("s3://bucket").isPresent());
        assertTrue(namespace.match("s3:/bucket").isEmpty());
        assertTrue(pattern.match(job).isPresent());
        assertTrue(pattern.match(job + "x").isEmpty());
    }
}
