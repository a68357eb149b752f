package io.phaseledger.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link Problem}. */
@Schema(name = "Problem", additionalProperties = Schema.True.class)
public record ProblemView(
        @Schema(required = true) String type,

        @Schema(required = true) String title,

        @Schema(required = true) int status,

        @Schema(required = true) String detail,

        @Schema(required = true) String instance,

        @Schema(required = true) String code,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<FieldError> errors,

        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> members) {}
