package io.phaseledger.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link Problem}. */
@Schema(
        name = "Problem",
        description = "Why a request was not answered as asked (RFC 9457). Some problems have further members.",
        additionalProperties = Schema.True.class)
public record ProblemView(
        @Schema(
                description = "Names the kind of problem: a URN that ends in the code.",
                required = true,
                examples = "urn:phase-ledger:problem:unknown_field")
        String type,

        @Schema(description = "The reason phrase of the status.", required = true, examples = "Bad Request")
        String title,

        @Schema(description = "The HTTP status.", required = true, examples = "400")
        int status,

        @Schema(
                description = "What is wrong this time, for people.",
                required = true,
                examples = "/recrod_count: `recrod_count` is not a field here; did you mean `record_count`?")
        String detail,

        @Schema(description = "The path that was asked.", required = true, examples = "/v1/completions")
        String instance,

        @Schema(
                description = "What is wrong, for programs; the first error's code where there are errors.",
                required = true,
                examples = "unknown_field")
        String code,

        @Schema(description = "Each field or parameter that is at fault.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<FieldError> errors,

        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> members) {}
