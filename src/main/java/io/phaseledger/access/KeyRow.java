package io.phaseledger.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A key; the columns are described in the migration. */
@Entity
@Table(schema = "nba_orchestration", name = "api_keys")
class KeyRow {

    @Id
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

    Principal principal() {
        Set<Scope> may = Arrays.stream(scopes).map(Scope::of).collect(Collectors.toSet());
        return new Principal(name, may, Set.of(phases), Set.of(processors));
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
