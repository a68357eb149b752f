package io.phaseledger.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.Head;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
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
    private volatile PolicyBook book = new PolicyBook(0, List.of());

    Policies(Json json, Statements statements) {
        this.json = json;
        this.statements = statements;
    }

    /** A book that holds at least the versions up to this head. */
    public PolicyBook at(Head head) {
        return at(head.policyPosition());
    }

    private PolicyBook at(long policyPosition) {
        PolicyBook kept = book;
        return kept.covers(policyPosition) ? kept : statements.use(connection -> at(policyPosition, connection));
    }

    /** A book that holds at least the versions up to this position. */
    public PolicyBook at(long policyPosition, Connection connection) throws SQLException {
        PolicyBook kept = book;
        return kept.covers(policyPosition) ? kept : readOn(policyPosition, connection);
    }

    private synchronized PolicyBook readOn(long policyPosition, Connection connection) throws SQLException {
        if (!book.covers(policyPosition)) {
            List<PolicyVersion> all = new ArrayList<>(book.all());
            long newest = all.stream().mapToLong(PolicyVersion::position).max().orElse(0);
            try (PreparedStatement select = connection.prepareStatement(NEWER)) {
                Statements.bind(select, newest, policyPosition);
                all.addAll(Statements.rows(select, this::version));
            }
            book = new PolicyBook(policyPosition, all);
        }
        return book;
    }

    private PolicyVersion version(ResultSet row) throws SQLException {
        String name = row.getString("name");
        int version = row.getInt("version");
        PolicyDefinition definition = definition(name, version, row.getString("definition"));
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

    private PolicyDefinition definition(String name, int version, String text) {
        try {
            return json.mapper().readValue(text, PolicyDefinition.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("version " + version + " of " + name + " cannot be read", e);
        }
    }

    /** Appends a version whose position was taken in the caller's transaction, under the lock. */
    void insert(PolicyVersion version) {
        int unused = statements.update(
                INSERT,
                version.name(),
                version.version(),
                version.effectiveFrom(),
                text(version.definition()),
                version.position(),
                version.insertedAt(),
                version.recordedBy());
    }

    /** Versions as they are shown, by position. */
    public Map<Long, Object> at(Collection<Long> positions) {
        return positions.isEmpty()
                ? Map.of()
                : at(Collections.max(positions)).all().stream()
                        .filter(version -> positions.contains(version.position()))
                        .collect(Collectors.toMap(PolicyVersion::position, PolicyView::of));
    }

    private String text(PolicyDefinition definition) {
        try {
            return json.mapper().writeValueAsString(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition that was read can be written", e);
        }
    }
}
