package io.phaseledger.access;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A key; the columns are described in the migration. */
@SuppressWarnings("NullAway.Init") // Filled field by field.
class KeyRow {

    String id;
    String name;
    String[] scopes;
    String[] phases;
    String[] processors;
    byte[] secretHash;
    Instant createdAt;
    String createdBy;

    @Nullable
    Instant expiresAt;

    @Nullable
    Instant revokedAt;

    @Nullable
    String revokedBy;

    static KeyRow read(ResultSet from) throws SQLException {
        KeyRow row = new KeyRow();
        row.id = from.getString("id");
        row.name = from.getString("name");
        row.scopes = Statements.texts(from, "scopes");
        row.phases = Statements.texts(from, "phases");
        row.processors = Statements.texts(from, "processors");
        row.secretHash = from.getBytes("secret_hash");
        row.createdAt = Objects.requireNonNull(Statements.instant(from, "created_at"));
        row.createdBy = from.getString("created_by");
        row.expiresAt = Statements.instant(from, "expires_at");
        row.revokedAt = Statements.instant(from, "revoked_at");
        row.revokedBy = from.getString("revoked_by");
        return row;
    }

    Principal principal() {
        Set<Scope> may = Arrays.stream(scopes)
                .map(each -> EnumNames.constant(Scope.class, each))
                .collect(Collectors.toSet());
        return new Principal(name, may, Set.of(phases), Set.of(processors));
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
