package io.phaseledger.policy;

import io.phaseledger.access.Caller;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.imports.Tally;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds slates, under the ledger's lock. */
@ApplicationScoped
class SlateRegister {

    private final Caller caller;
    private final Positions positions;
    private final SlateTable table;

    SlateRegister(Positions positions, SlateTable table, Caller caller) {
        this.caller = caller;
        this.positions = positions;
        this.table = table;
    }

    /**
     * Appends a slate unless the same is there already.
     *
     * @throws Problem 422 when it was to be known in the future
     */
    @Transactional
    Outcome put(LocalDate date, PutSlate slate) {
        Outcome outcome = new Turn(positions.lock(), List.of(date)).put(date, slate);
        table.flush();
        return outcome;
    }

    /**
     * Appends slates in their order, all at one commit, each unless the same is there already. One that is not taken
     * does not touch the others.
     *
     * @return what became of each, in the same order
     */
    @Transactional
    List<Attempt> putAll(List<ImportSlate> slates) {
        Turn turn = new Turn(
                positions.lock(), slates.stream().map(ImportSlate::gameDate).toList());
        List<Attempt> attempts = slates.stream().map(turn::attempt).toList();
        table.flush();
        return attempts;
    }

    /** One holding of the ledger's lock: what was known of the dates when it began, and what it has added to that. */
    private final class Turn {

        private final Map<LocalDate, List<SlateRow>> known;
        private Head head;

        Turn(Head head, Collection<LocalDate> dates) {
            this.head = head;
            this.known = table.list("gameDate in ?1", Set.copyOf(dates)).stream()
                    .collect(Collectors.groupingBy(row -> row.gameDate));
        }

        Attempt attempt(ImportSlate slate) {
            try {
                return new Attempt(put(slate.gameDate(), slate.asPut()).isNew(), null);
            } catch (Problem e) {
                return new Attempt(false, e);
            }
        }

        Outcome put(LocalDate date, PutSlate slate) {
            List<SlateRow> rows = known.computeIfAbsent(date, none -> new ArrayList<>());
            Optional<SlateRow> same = told(rows, slate.insertedAt())
                    .filter(row -> says(row, slate))
                    .findFirst();
            if (same.isPresent()) {
                return new Outcome(same.get(), false);
            }
            refuseFuture(slate.insertedAt());
            SlateRow row = row(date, slate, head);
            table.persist(row);
            rows.add(row);
            head = head.afterSlate(row.learnedAt());
            return new Outcome(row, true);
        }

        /** The one in force, or, for a slate told afterwards, those of that instant. */
        private Stream<SlateRow> told(List<SlateRow> rows, @Nullable Instant at) {
            return at == null
                    ? rows.stream()
                            .filter(row -> !row.insertedAt.isAfter(head.now()))
                            .max(Comparator.<SlateRow, Instant>comparing(row -> row.insertedAt)
                                    .thenComparing(row -> row.position))
                            .stream()
                    : rows.stream().filter(row -> row.insertedAt.equals(at));
        }

        private void refuseFuture(@Nullable Instant told) {
            if (told != null && told.isAfter(head.now())) {
                throw Problem.refused(FieldError.at(
                        "/inserted_at",
                        "inserted_at_in_future",
                        "must not be later than the ledger's clock, " + head.now()));
            }
        }
    }

    private static boolean says(SlateRow row, PutSlate slate) {
        return row.units == slate.units() && Objects.equals(row.note, slate.note());
    }

    private SlateRow row(LocalDate date, PutSlate slate, Head head) {
        Instant learnedAt = head.nextLearnedAt();
        Instant told = slate.insertedAt();
        SlateRow row = new SlateRow();
        row.position = head.position() + 1;
        row.gameDate = date;
        row.units = slate.units();
        row.note = slate.note();
        row.insertedAt = told == null ? learnedAt : told;
        row.importedAt = told == null ? null : learnedAt;
        row.recordedBy = caller.principal().name();
        return row;
    }

    /**
     * What became of a slate that was put.
     *
     * @param isNew whether it is a row that was not there before
     */
    record Outcome(SlateRow row, boolean isNew) {}

    /**
     * What became of one slate of several.
     *
     * @param isNew whether it is a row that was not there before
     * @param problem why it was not taken; null when it was
     */
    record Attempt(boolean isNew, @Nullable Problem problem) implements Tally.Outcome {}
}
