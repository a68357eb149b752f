package io.phaseledger.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.Head;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** All versions of all policies, kept in memory; only those that are new are read. */
@ApplicationScoped
public class Policies implements PanacheRepositoryBase<PolicyVersionRow, Long> {

    private static final String NEWER = """
            SELECT name, version, effective_from, definition, position, inserted_at, recorded_by
            FROM nba_orchestration.policy_versions WHERE position > ? AND position <= ? ORDER BY position
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
        return book.covers(head.policyPosition())
                ? book
                : statements.use(connection -> at(head.policyPosition(), connection));
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

    String text(PolicyDefinition definition) {
        try {
            return json.mapper().writeValueAsString(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition that was read can be written", e);
        }
    }
}
