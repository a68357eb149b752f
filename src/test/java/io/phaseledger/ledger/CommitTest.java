package io.phaseledger.ledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.database.Pulse;
import io.phaseledger.database.Space;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a commit costs, and which of those that wait comes next. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class CommitTest {

    /** The lock with the head and the rows of the identities, and the insert with the commit. */
    private static final int ROUND_TRIPS = 2;

    private static final int LARGE = 1_001;

    private final Sent sent = Sent.byNewProcessor();

    @Inject
    DataSource database;

    @Inject
    Submissions submissions;

    @Inject
    Writer writer;

    @Inject
    CompletionTable table;

    @Inject
    Positions positions;

    @Inject
    Names names;

    @Inject
    LedgerMetrics metrics;

    @Inject
    Pulse pulse;

    @Inject
    Space space;

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void takes_as_many_round_trips_for_one_report_as_for_a_thousand(int reports) {
        positions.head();
        names.at(positions.head());
        assertEquals(ROUND_TRIPS, roundTrips(reports, 201));
        assertEquals(ROUND_TRIPS, roundTrips(reports, 200), "what is there is committed by itself");
    }

    @Test
    void what_the_database_refuses_is_not_committed_and_fails_no_other() {
        CompletableFuture<List<Receipt>> refused = new CompletableFuture<>();
        CompletableFuture<List<Receipt>> recorded = new CompletableFuture<>();
        Submission odd = reports("odd", 1).get(0);
        odd.row().status = "odd";
        Submission good = reports("good", 1).get(0);
        appending(new AtomicInteger())
                .append(List.of(
                        new Writer.Pending(List.of(odd), false, refused),
                        new Writer.Pending(List.of(good), false, recorded)));
        assertTrue(refused.isCompletedExceptionally());
        assertEquals(201, recorded.join().get(0).status());
        assertTrue(table.byId(odd.row().id).isEmpty());
        assertTrue(table.byId(good.row().id).isPresent());
    }

    private Appending appending(AtomicInteger trips) {
        return new Appending(counting(DataSource.class, database, trips), positions, names, metrics, pulse, space);
    }

    private int roundTrips(int reports, int status) {
        AtomicInteger trips = new AtomicInteger();
        Appending appending = appending(trips);
        CompletableFuture<List<Receipt>> receipts = new CompletableFuture<>();
        appending.append(List.of(new Writer.Pending(reports("trip-" + reports, reports), false, receipts)));
        assertTrue(receipts.join().stream().allMatch(receipt -> receipt.status() == status));
        return trips.get();
    }

    /** Whatever is executed, committed or rolled back is one question to the server and one answer. */
    private static <T> T counting(Class<T> type, T counted, AtomicInteger trips) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (method.getName().matches("execute.*|commit|rollback")) {
                        trips.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(counted, given);
                        return switch (method.getName()) {
                            case "getConnection" -> counting(Connection.class, (Connection) result, trips);
                            case "prepareStatement" ->
                                counting(PreparedStatement.class, (PreparedStatement) result, trips);
                            default -> result;
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void a_report_waits_for_one_page_of_an_import_at_most() throws SQLException {
        CompletionStage<List<Receipt>> first;
        CompletionStage<List<Receipt>> second;
        CompletionStage<Receipt> report;
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + Positions.APPEND_LOCK + ")");
            first = writer.submit(reports("first", LARGE), false);
            await().untilAsserted(() -> assertEquals(1, waiting()));
            second = writer.submit(reports("second", LARGE), false);
            report = writer.submit(reports("report", 1).get(0));
            other.commit();
        }
        long place = position(Writer.await(report));
        assertTrue(position(Writer.await(first).get(LARGE - 1)) < place);
        assertTrue(place < position(Writer.await(second).get(0)));
    }

    private static long position(Receipt receipt) {
        return receipt.completion().position();
    }

    private int waiting() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND objid = " + Positions.APPEND_LOCK + " AND NOT granted")) {
            row.next();
            return row.getInt(1);
        }
    }

    private List<Submission> reports(String run, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> submissions.report(tree(sent.completion(run + "-" + i)), null))
                .toList();
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
