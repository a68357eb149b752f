package io.phaseledger.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key, without its secret but for the once when it is made. */
@Schema(name = "Key")
record KeyView(
        String id,
        String name,
        List<String> scopes,
        List<String> phases,
        List<String> processors,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

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
