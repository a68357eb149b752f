package io.phaseledger.imports;

import io.phaseledger.database.DatabaseClock;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of imports; each write is a transaction of its own. */
@ApplicationScoped
class ImportTable implements PanacheRepositoryBase<ImportRow, UUID> {

    /** How many of the newest are shown. */
    static final int SHOWN = 100;

    private final DatabaseClock clock;

    ImportTable(DatabaseClock clock) {
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void begin(UUID id, String kind, String recordedBy) {
        Instant now = clock.now();
        ImportRow row = new ImportRow();
        row.id = id;
        row.kind = kind;
        row.startedAt = now;
        row.updatedAt = now;
        row.recordedBy = recordedBy;
        persist(row);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void moved(UUID id, Tally.Counts counts) {
        ImportRow row = findById(id);
        set(row, counts, clock.now());
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void ended(UUID id, Tally.Counts counts, @Nullable String failure) {
        Instant now = clock.now();
        ImportRow row = findById(id);
        set(row, counts, now);
        row.finishedAt = now;
        row.failure = failure;
    }

    /** Newest first. */
    @Transactional
    List<ImportRow> newest() {
        return findAll(Sort.descending("id")).page(Page.ofSize(SHOWN)).list();
    }

    private static void set(ImportRow row, Tally.Counts counts, Instant now) {
        row.updatedAt = now;
        row.recorded = counts.recorded();
        row.replayed = counts.replayed();
        row.rejected = counts.rejected();
        row.lastLine = counts.lastLine();
    }
}
