package io.phaseledger.access;

import io.phaseledger.http.NameForm;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key that is asked for. */
@Schema(additionalProperties = Schema.False.class, description = "A key that is asked for.")
record CreateKey(
        @Schema(
                description =
                        "The principal, which is recorded as the sender. Two keys may have one name: that is how a"
                                + " caller changes from one to the other.",
                examples = "phase4-processors")
        @NotNull
        @Pattern(
                regexp = "[A-Za-z][A-Za-z0-9_.@-]{0,127}",
                message =
                        "invalid_name: must begin with an ASCII letter, then at most 127 letters, digits, '_', '.', '@' or '-'")
        String name,

        @Schema(description = "What it may do: record, read, operate. operate is all of it.", examples = "[\"record\"]")
        @NotEmpty
        @Size(max = 3)
        List<@NotNull Scope> scopes,

        @Schema(
                description = "The only phases that it may record; an alias means what it stands for. Left out, all.",
                examples = "[\"phase4\"]")
        @Size(min = 1, max = MAX_NAMES, message = NOT_SO_MANY)
        @Nullable
        List<@NotNull @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE) String> phases,

        @Schema(
                description =
                        "The only processors that it may record; an alias means what it stands for. Left out, all.",
                examples = "[\"player_daily_cache\"]")
        @Size(min = 1, max = MAX_NAMES, message = NOT_SO_MANY)
        @Nullable
        List<@NotNull @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE) String> processors,

        @Schema(
                description = "From then on it is worth nothing; left out, it does not expire.",
                examples = "2027-01-01T00:00:00Z")
        @Nullable
        Instant expiresAt) {

    static final int MAX_NAMES = 100;

    /** None at all would be a limit that lets nothing through, and is stored as the one that lets all through. */
    private static final String NOT_SO_MANY =
            "invalid_size: must name 1 to " + MAX_NAMES + "; left out, there is no limit";
}
