package io.phaseledger.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.KeptVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** All versions of all policies, kept in memory; only those that are new are read. */
@ApplicationScoped
public class Policies {

    private static final String NEWER = """
            SELECT name, version, effective_from, definition, position, inserted_at, recorded_by
            FROM nba_orchestration.policy_versions WHERE position > ? AND position <= ? ORDER BY position
            """;

    private static final String INSERT = """
            INSERT INTO nba_orchestration.policy_versions
                   (name, version, effective_from, definition, position, inserted_at, recorded_by)
            VALUES (?, ?, ?, ?::jsonb, ?, ?, ?)
            """;

    private final Json json;
    private final Statements statements;
    private final KeptVersions<PolicyVersion> kept;

    Policies(Json json, Statements statements) {
        this.json = json;
        this.statements = statements;
        this.kept = new KeptVersions<>(statements, NEWER, this::version);
    }

    /** A book that holds at least the versions up to this head. */
    public PolicyBook at(Head head) {
        return new PolicyBook(kept.at(head.policyPosition()));
    }

    /** A book that holds at least the versions up to this position. */
    public PolicyBook at(long policyPosition, Connection connection) throws SQLException {
        return new PolicyBook(kept.at(policyPosition, connection));
    }

    /** The versions at these positions, as they are shown. */
    public Map<Long, Object> shown(Collection<Long> positions) {
        return positions.isEmpty()
                ? Map.of()
                : kept.at(Collections.max(positions)).all().stream()
                        .filter(version -> positions.contains(version.position()))
                        .collect(Collectors.toMap(PolicyVersion::position, PolicyView::of));
    }

    /** Appends a version, in the caller's transaction. */
    void insert(PolicyVersion version) {
        statements.update(
                INSERT,
                version.name(),
                version.version(),
                version.effectiveFrom(),
                new String(json.bytes(version.definition()), UTF_8),
                version.position(),
                version.insertedAt(),
                version.recordedBy());
    }

    private PolicyVersion version(ResultSet row) throws SQLException {
        String name = row.getString("name");
        int version = row.getInt("version");
        PolicyDefinition definition = json.ours(row.getString("definition"), PolicyDefinition.class);
        return new PolicyVersion(
                name,
                version,
                instant(row, "effective_from"),
                definition,
                row.getLong("position"),
                instant(row, "inserted_at"),
                row.getString("recorded_by"),
                definition.policy(name, version));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Statements.instant(row, column));
    }
}
