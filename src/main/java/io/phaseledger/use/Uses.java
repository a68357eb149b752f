package io.phaseledger.use;

import io.phaseledger.database.Statements;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Names;
import io.phaseledger.policy.ConsumerCoverage;
import io.phaseledger.policy.ConsumerDefinition;
import io.phaseledger.policy.Policies;
import io.phaseledger.policy.PolicyBook;
import io.phaseledger.policy.ReceiptCoverage;
import io.phaseledger.policy.SlateBook;
import io.phaseledger.readiness.History;
import io.phaseledger.readiness.SlateHistory;
import io.phaseledger.timeliness.Extent;
import io.phaseledger.timeliness.Histories;
import io.phaseledger.timeliness.Known;
import io.phaseledger.timeliness.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the runs of policies' consumers and what was said when they began; each costs a fixed number of statements. */
@ApplicationScoped
class Uses implements ConsumerCoverage {

    /** Rows of consumers that one question may be about. */
    static final int MAX_ROWS = 20_000;

    /** Reports of each status of a processor for a date that are read at first; a run that needs more costs another statement. */
    private static final int MOST_REPORTS = 200;

    /** Dates with work of which the receipts are counted, and how far back they are looked for. */
    private static final int COVERED_DATES = 14;

    private static final int LOOKED_BACK = 400;

    private final Statements statements;
    private final Policies policies;
    private final SlateBook slates;
    private final Names names;

    Uses(Statements statements, Policies policies, SlateBook slates, Names names) {
        this.statements = statements;
        this.policies = policies;
        this.slates = slates;
        this.names = names;
    }

    /**
     * The runs of a policy's consumers for dates, both ends included, with what was known as of an instant.
     *
     * @throws Problem 404 for an unknown policy; 422 when there are more rows than {@link #MAX_ROWS}
     */
    List<UseView> of(String policy, LocalDate from, LocalDate to, Instant asOf, Head head) {
        PolicyBook book = policies.at(head);
        Map<String, ConsumerDefinition> consumers = consumers(book, policy, asOf, head);
        return statements.use(connection -> {
            List<ConsumerRun> runs = runs(connection, consumers.keySet(), from, to, asOf, head);
            Map<ConsumerRun, UUID> receipts = UseTable.receipts(connection, policy, runs, asOf);
            Known known = new Known(asOf, head.position(), book, slates(connection, head));
            Map<ConsumerRun, History> histories = histories(connection, known, policy, runs);
            return runs.stream()
                    .map(run -> UseView.of(
                            Use.of(run, Objects.requireNonNull(histories.get(run)), maxAge(consumers, run)),
                            receipts.get(run)))
                    .toList();
        });
    }

    @Override
    public ReceiptCoverage of(String policy, Head head) {
        PolicyBook book = policies.at(head);
        Set<String> consumers = consumers(book, policy, head.now(), head).keySet();
        LocalDate today = book.inForce(policy, head.now(), head.position())
                .orElseThrow(() -> book.unknown(policy))
                .policy()
                .dateAt(head.now());
        return statements.use(connection -> {
            List<LocalDate> dates =
                    slates(connection, head).lastWithWork(today.plusDays(1), COVERED_DATES, head.now()).stream()
                            .filter(date -> date.isAfter(today.minusDays(LOOKED_BACK)))
                            .toList();
            if (dates.isEmpty() || consumers.isEmpty()) {
                return new ReceiptCoverage(dates.size(), 0, 0);
            }
            LocalDate first = dates.get(dates.size() - 1);
            List<ConsumerRun> runs = runs(connection, consumers, first, dates.get(0), head.now(), head).stream()
                    .filter(run -> dates.contains(run.gameDate()))
                    .toList();
            int withReceipt =
                    UseTable.receipts(connection, policy, runs, head.now()).size();
            return new ReceiptCoverage(dates.size(), runs.size(), withReceipt);
        });
    }

    /** By their names, and by what those stand for. */
    private Map<String, ConsumerDefinition> consumers(PolicyBook book, String policy, Instant asOf, Head head) {
        Names.Known known = names.at(head);
        Map<String, ConsumerDefinition> consumers = new HashMap<>();
        for (ConsumerDefinition each : book.consumers(policy, asOf, head.position())) {
            consumers.put(each.processorName(), each);
            consumers.putIfAbsent(known.processor(each.processorName()), each);
        }
        return consumers;
    }

    private static @Nullable Duration maxAge(Map<String, ConsumerDefinition> consumers, ConsumerRun run) {
        ConsumerDefinition consumer = consumers.get(run.processor());
        return consumer == null ? null : consumer.maxAge();
    }

    private static List<ConsumerRun> runs(
            Connection connection, Set<String> consumers, LocalDate from, LocalDate to, Instant asOf, Head head)
            throws SQLException {
        List<RunRow> rows = UseTable.rows(connection, consumers, from, to, asOf, head.position(), MAX_ROWS + 1);
        if (rows.size() > MAX_ROWS) {
            throw Problem.refused(FieldError.parameter(
                    "to", "too_many_rows", "consumers have more than " + MAX_ROWS + " rows; ask about fewer dates"));
        }
        return ConsumerRun.of(rows);
    }

    private SlateHistory slates(Connection connection, Head head) throws SQLException {
        return slates.upTo(head.position(), UseTable.newestSlate(connection), connection);
    }

    /** By one statement for all dates, and another for those runs before which more was reported than is read at first. */
    private static Map<ConsumerRun, History> histories(
            Connection connection, Known known, String policy, List<ConsumerRun> runs) throws SQLException {
        Map<LocalDate, Wanted> dates = runs.stream()
                .map(ConsumerRun::gameDate)
                .distinct()
                .collect(Collectors.toMap(date -> date, date -> new Wanted(policy, date, null)));
        Map<Wanted, History> found =
                new HashMap<>(Histories.read(connection, known, dates.values(), Extent.WHOLE, MOST_REPORTS));
        Map<ConsumerRun, Wanted> wanted = new HashMap<>();
        for (ConsumerRun run : runs) {
            Wanted ofDate = Objects.requireNonNull(dates.get(run.gameDate()));
            Instant start = Use.judgedAt(run, known.asOf());
            boolean isKnown = Objects.requireNonNull(found.get(ofDate)).isKnownAt(start);
            wanted.put(run, isKnown ? ofDate : new Wanted(policy, run.gameDate(), start));
        }
        Set<Wanted> more = new HashSet<>(wanted.values());
        more.removeAll(found.keySet());
        found.putAll(more.isEmpty() ? Map.of() : Histories.read(connection, known, more, Extent.WHOLE, MOST_REPORTS));
        Map<ConsumerRun, History> histories = new HashMap<>();
        wanted.forEach((run, which) -> histories.put(run, Objects.requireNonNull(found.get(which))));
        return histories;
    }
}
