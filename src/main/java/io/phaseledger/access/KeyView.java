package io.phaseledger.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key, without its secret but for the once when it is made. */
@Schema(name = "Key", description = "A key by which a caller is known.")
record KeyView(
        @Schema(description = "The part of the key that is no secret.", examples = "k3mmvbd2ytq7")
        String id,

        @Schema(description = "The principal, which is recorded as the sender.", examples = "phase4-processors")
        String name,

        @Schema(description = "What it may do.", examples = "[\"record\",\"read\"]")
        List<String> scopes,

        @Schema(description = "The only phases that it may record; empty for all.", examples = "[\"phase4\"]")
        List<String> phases,

        @Schema(description = "The only processors that it may record; empty for all.", examples = "[]")
        List<String> processors,

        @Schema(description = "When it was made.", examples = "2026-02-03T07:00:01Z")
        Instant createdAt,

        @Schema(description = "Who made it.", examples = "bootstrap")
        String createdBy,

        @Schema(description = "From then on it is worth nothing; null if it does not expire.") @Nullable
        Instant expiresAt,

        @Schema(description = "Since when it is worth nothing; null if it was not revoked.") @Nullable
        Instant revokedAt,

        @Schema(description = "Who revoked it; null if nobody did.") @Nullable
        String revokedBy,

        @Schema(description = "The key itself, in the answer to its making and never again.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String key) {

    static KeyView of(KeyRow row) {
        return of(row, null);
    }

    static KeyView of(KeyRow row, @Nullable String shown) {
        return new KeyView(
                row.id,
                row.name,
                List.of(row.scopes),
                List.of(row.phases),
                List.of(row.processors),
                row.createdAt,
                row.createdBy,
                row.expiresAt,
                row.revokedAt,
                row.revokedBy,
                shown);
    }
}
