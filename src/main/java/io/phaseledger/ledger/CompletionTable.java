package io.phaseledger.ledger;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;

/** The table of completions: every read by identity, and the one insert. */
@ApplicationScoped
class CompletionTable implements PanacheRepositoryBase<CompletionRow, Long> {

    static final String BY_IDENTITY =
            "SELECT * FROM nba_orchestration.phase_completions WHERE identity_key = ANY (:identities)";

    static final String RETRACTIONS = "SELECT * FROM nba_orchestration.phase_completions WHERE retracts = ANY (:ids)";

    Optional<CompletionRow> byId(UUID id) {
        return find("id", id).firstResultOptional();
    }

    Stream<CompletionRow> at(Collection<Long> positions) {
        return list("position in ?1", positions).stream();
    }

    Optional<CompletionRow> retractionOf(UUID id) {
        return find("retracts", id).firstResultOptional();
    }

    /** The rows that have one of these identities, by {@link Recording#key}. */
    Map<ByteBuffer, CompletionRow> byIdentity(List<byte[]> identities) {
        List<CompletionRow> rows = getSession()
                .createNativeQuery(BY_IDENTITY, CompletionRow.class)
                .setParameter("identities", identities.toArray(new byte[0][]))
                .getResultList();
        return rows.stream().collect(Collectors.toMap(row -> Recording.key(row.identityKey), row -> row));
    }

    /** What retracts those of these rows that were retracted. */
    Map<UUID, UUID> retractions(Collection<CompletionRow> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        return getSession()
                .createNativeQuery(RETRACTIONS, CompletionRow.class)
                .setParameter("ids", rows.stream().map(row -> row.id).toArray(UUID[]::new))
                .getResultStream()
                .collect(Collectors.toMap(row -> row.retracts, row -> row.id));
    }

    /** Appends rows whose positions were taken in the caller's transaction, under the lock. */
    void insert(List<CompletionRow> rows) {
        Session session = getSession();
        session.doWork(connection -> insert(connection, rows));
    }

    private static void insert(Connection connection, List<CompletionRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(Column.INSERT)) {
            Column.bind(rows, insert);
            insert.executeUpdate();
        }
    }
}
