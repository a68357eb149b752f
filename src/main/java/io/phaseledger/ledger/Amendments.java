package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Caller;
import io.phaseledger.access.Principal;
import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows and takes others back together, in a transaction of the caller's that writes more than these.
 *
 * <p>The ledger is held from then on until that transaction ends, so this is its last step but a few short ones.
 */
@ApplicationScoped
public class Amendments {

    private final Submissions submissions;
    private final CompletionTable table;
    private final Positions positions;
    private final Names names;
    private final LedgerMetrics metrics;
    private final Caller caller;

    Amendments(
            Submissions submissions,
            CompletionTable table,
            Positions positions,
            Names names,
            LedgerMetrics metrics,
            Caller caller) {
        this.submissions = submissions;
        this.table = table;
        this.positions = positions;
        this.names = names;
        this.metrics = metrics;
        this.caller = caller;
    }

    /**
     * A row to be.
     *
     * @param report the fields of a POST to /v1/completions
     * @param identity what makes it the same when it is given again
     * @param by the principal that is said to have recorded it
     */
    public record Added(ObjectNode report, String identity, String by) {}

    /**
     * A row that is to be retracted, and with it each that says it again under another name.
     *
     * @param by the principal that is said to have done so
     */
    public record Retracted(UUID completion, String reason, String by) {}

    /**
     * Does all of it that can be done.
     *
     * @return what became of each that was to be added
     * @throws jakarta.transaction.TransactionalException when called outside a transaction
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Receipt> amend(List<Added> added, List<Retracted> retracted) {
        List<@Nullable Submission> reports = new ArrayList<>();
        List<@Nullable Receipt> refused = new ArrayList<>();
        for (Added each : added) {
            try {
                reports.add(submissions.ofRun(each.report(), each.identity(), Principal.operator(each.by())));
                refused.add(null);
            } catch (Problem e) {
                reports.add(null);
                refused.add(Receipt.refused(e));
            }
        }
        List<Submission> all = new ArrayList<>();
        reports.stream().filter(each -> each != null).forEach(all::add);
        int rows = all.size();
        for (Retracted each : retracted) {
            table.withRepetitions(each.completion()).stream()
                    .map(row -> submissions.retraction(row, each.reason(), Principal.operator(each.by())))
                    .forEach(all::add);
        }
        List<Receipt> receipts = all.isEmpty() ? List.of() : append(all);
        List<Receipt> inOrder = new ArrayList<>();
        var decided = receipts.subList(0, rows).iterator();
        refused.forEach(each -> inOrder.add(each == null ? decided.next() : each));
        return inOrder;
    }

    private List<Receipt> append(List<Submission> all) {
        Head head = positions.lock();
        Names.Known known = names.at(head);
        Recording recording = new Recording(head, known, table.byIdentity(all));
        List<Receipt> receipts = recording.decide(all, false);
        if (!recording.rows().isEmpty()) {
            table.insert(recording.rows());
        }
        metrics.committed(recording.rows(), List.of(receipts), known);
        return receipts;
    }

    /**
     * Whether the caller may record completions of this processor of this phase, by the names as they are sent.
     *
     * @throws Problem 403 {@code not_yours} when not
     */
    public void check(String phase, String processor) {
        Names.Known known = names.at(positions.head());
        Principal by = caller.principal();
        String standsFor = known.phase(phase);
        String processorStandsFor = known.processor(processor);
        if (!Recording.mayRecord(known, by, standsFor, processorStandsFor)) {
            throw Objects.requireNonNull(
                    Receipt.notYours(by, standsFor, processorStandsFor).problem());
        }
    }
}
