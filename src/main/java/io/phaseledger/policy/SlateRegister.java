package io.phaseledger.policy;

import io.phaseledger.access.Caller;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

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
        Head head = positions.lock();
        Optional<SlateRow> same = same(date, slate, head);
        if (same.isPresent()) {
            return new Outcome(same.get(), false);
        }
        Instant told = slate.insertedAt();
        if (told != null && told.isAfter(head.now())) {
            throw Problem.refused(FieldError.at(
                    "/inserted_at",
                    "inserted_at_in_future",
                    "must not be later than the ledger's clock, " + head.now()));
        }
        SlateRow row = row(date, slate, head);
        table.persistAndFlush(row);
        return new Outcome(row, true);
    }

    /** What is in force says it, or, for a slate told afterwards, one of that instant does. */
    private Optional<SlateRow> same(LocalDate date, PutSlate slate, Head head) {
        Instant told = slate.insertedAt();
        return told == null
                ? table.rows(date, date, head.now(), head.position()).stream()
                        .filter(row -> says(row, slate))
                        .findFirst()
                : table.list("gameDate = ?1 and insertedAt = ?2", date, told).stream()
                        .filter(row -> says(row, slate))
                        .findFirst();
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
}
