package io.phaseledger.access;

import io.phaseledger.http.PipelineName;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key that is asked for. */
@Schema(additionalProperties = Schema.False.class)
record CreateKey(
        @NotNull
        @Pattern(
                regexp = "[A-Za-z][A-Za-z0-9_.@-]{0,127}",
                message =
                        "invalid_name: must begin with an ASCII letter, then at most 127 letters, digits, '_', '.', '@' or '-'")
        String name,

        @NotEmpty @Size(max = 3) List<@NotNull Scope> scopes,

        @Size(min = 1, max = MAX_NAMES, message = NOT_SO_MANY) @Nullable
        List<@NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE) String> phases,

        @Size(min = 1, max = MAX_NAMES, message = NOT_SO_MANY) @Nullable
        List<@NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE) String> processors,

        @Nullable Instant expiresAt) {

    static final int MAX_NAMES = 100;

    CreateKey {
        phases = PipelineName.normal(phases);
        processors = PipelineName.normal(processors);
    }

    /** None at all would be a limit that lets nothing through, and is stored as the one that lets all through. */
    private static final String NOT_SO_MANY =
            "invalid_size: must name 1 to " + MAX_NAMES + "; left out, there is no limit";
}
