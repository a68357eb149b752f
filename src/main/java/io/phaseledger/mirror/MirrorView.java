package io.phaseledger.mirror;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the mirror stands, as JSON. */
@Schema(name = "Mirror", description = "How the copy in BigQuery stands.")
record MirrorView(
        @Schema(
                description =
                        "off: no project is configured; up_to_date; waiting: rows wait for their window; loading: a load"
                                + " job is open; retrying: BigQuery did not answer, or a job failed; refused: the table has"
                                + " other columns, or is none.",
                enumeration = {"off", "up_to_date", "waiting", "loading", "retrying", "refused"},
                examples = "up_to_date")
        String state,

        @Schema(
                description = "The table: project.dataset.table; null when there is none.",
                examples = "nba-props.nba_orchestration.phase_completions")
        @Nullable
        String table,

        @Schema(description = "The table has everything up to this position.", examples = "1234")
        long position,

        @Schema(description = "Where the ledger stands.", examples = "1234")
        long head,

        @Schema(description = "How many entries of the ledger the table was not given yet.", examples = "0")
        long lag,

        @Schema(description = "How long ago the oldest of them was learned, in seconds.", examples = "0.0")
        double lagSeconds,

        @Schema(description = "Load jobs of the last 24 hours.", examples = "288")
        long jobsOfDay,

        @Schema(description = "The load job whose outcome is not known yet; null when there is none.") @Nullable
        JobView job,

        @Schema(description = "Why it stands still; null when it does not.") @Nullable
        String error,

        @Schema(description = "Since when it stands still; null when it does not.") @Nullable
        Instant errorSince,

        @Schema(description = "The newest comparison with the ledger; null when there was none.") @Nullable
        CheckView reconciliation,

        @Schema(description = "The newest ten imports from the table, newest first.")
        List<ImportRunView> imports) {

    static final String OFF = "off";

    static MirrorView off() {
        return new MirrorView(OFF, null, 0, 0, 0, 0, 0, null, null, null, null, List.of());
    }

    static MirrorView of(Target target, Standing.Snapshot seen, Link.@Nullable Trouble trouble, List<ImportRun> runs) {
        Standing.OpenJob open = seen.open();
        return new MirrorView(
                state(seen, trouble),
                target.name(),
                seen.cursor(),
                seen.head(),
                seen.lag(),
                seen.age().toMillis() / 1e3,
                seen.jobsOfDay(),
                open == null ? null : JobView.of(open),
                trouble == null ? null : trouble.reason(),
                trouble == null ? null : trouble.since(),
                seen.check() == null ? null : CheckView.of(seen.check()),
                runs.stream().map(ImportRunView::of).toList());
    }

    static String state(Standing.Snapshot seen, Link.@Nullable Trouble trouble) {
        if (trouble != null) {
            return trouble.isRefusal() ? "refused" : "retrying";
        }
        Standing.OpenJob open = seen.open();
        if (open != null) {
            return open.error() == null && open.attempt() == 1 ? "loading" : "retrying";
        }
        return seen.lag() == 0 ? "up_to_date" : "waiting";
    }

    /** A load job whose outcome is not known. */
    @Schema(name = "MirrorJob", description = "A load job whose outcome is not known yet.")
    record JobView(
            @Schema(
                    description = "What BigQuery knows it by.",
                    examples =
                            "phase-ledger-0198f1a05c3e7a3b9a630c4a4d1c2b11-0b9f7c1e-phase_completions-f1b639aaa63934db-1200-1234-1")
            String id,

            @Schema(description = "It brings what is above this position.", examples = "1200")
            long fromPosition,

            @Schema(description = "And not above this one.", examples = "1234")
            long toPosition,

            @Schema(description = "How many rows that is.", examples = "34")
            long rows,

            @Schema(description = "From 1; one more after each time that BigQuery said that it failed.", examples = "1")
            int attempt,

            @Schema(description = "When it was written down.", examples = "2026-02-03T07:05:00Z")
            Instant createdAt,

            @Schema(description = "When it was first about to be sent; null: it was not yet.") @Nullable
            Instant submittedAt,

            @Schema(description = "How often nothing could be learned of it, in a row.", examples = "0")
            int tries,

            @Schema(description = "Why not, the last time.") @Nullable
            String error) {

        static JobView of(Standing.OpenJob open) {
            return new JobView(
                    open.id(),
                    open.after(),
                    open.until(),
                    open.rows(),
                    open.attempt(),
                    open.createdAt(),
                    open.submittedAt(),
                    open.tries(),
                    open.error());
        }
    }

    /** What a comparison came to. */
    @Schema(name = "MirrorReconciliation", description = "What a comparison came to.")
    record CheckView(
            @Schema(description = "When it began.", examples = "2026-02-03T08:00:00Z")
            Instant at,

            @Schema(description = "The position up to which the table had been given everything.", examples = "1234")
            long position,

            @Schema(description = "Rows that the table lacked.", examples = "0")
            long missing,

            @Schema(description = "Rows that the table had and the ledger did not.", examples = "0")
            long extra,

            @Schema(description = "Fields that differed.", examples = "0")
            long field,

            @Schema(description = "Rows of other writers that the ledger did not know.", examples = "0")
            long foreign,

            @Schema(description = "Why it came to no end; null if it did.") @Nullable
            String error) {

        static CheckView of(Checks.Check check) {
            return new CheckView(
                    check.at(),
                    check.position(),
                    check.missing(),
                    check.extra(),
                    check.field(),
                    check.foreign(),
                    check.error());
        }
    }

    /** How far an import from the table has come. */
    @Schema(name = "MirrorImport", description = "How far an import from the table has come.")
    record ImportRunView(
            @Schema(description = "UUIDv7.", examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11")
            UUID id,

            @Schema(
                    description = "stalled: it cannot go on at the moment, and tries again.",
                    enumeration = {"running", "stalled", "finished"},
                    examples = "running")
            String state,

            @Schema(description = "The first date.", examples = "2025-10-21")
            LocalDate gameDateFrom,

            @Schema(description = "The last date.", examples = "2026-06-20")
            LocalDate gameDateTo,

            @Schema(description = "All dates before it are done.", examples = "2026-02-01")
            LocalDate nextDate,

            @Schema(description = "Rows that are new in the ledger.", examples = "98000")
            long recorded,

            @Schema(
                    description =
                            "Rows that the ledger had; after a process was killed, also some that it had just read.",
                    examples = "12")
            long replayed,

            @Schema(description = "Rows that it did not take.", examples = "2")
            long rejected,

            @Schema(description = "Rows that a ledger had brought there, which are passed over.", examples = "0")
            long own,

            @Schema(
                    type = SchemaType.ARRAY,
                    implementation = RejectedRowView.class,
                    description = "The first hundred that it did not take.")
            @JsonRawValue
            String rejections,

            @Schema(description = "Who asked for it.", examples = "operator")
            String requestedBy,

            @Schema(description = "When it began.", examples = "2026-03-01T09:00:00Z")
            Instant startedAt,

            @Schema(description = "When it last moved.", examples = "2026-03-01T09:00:40Z")
            Instant updatedAt,

            @Schema(description = "When it was done; null while it is not.") @Nullable
            Instant finishedAt,

            @Schema(description = "Why it stands still; null when it does not.") @Nullable
            String error) {

        static ImportRunView of(ImportRun run) {
            String state = run.finishedAt() != null ? "finished" : run.error() == null ? "running" : "stalled";
            return new ImportRunView(
                    run.id(),
                    state,
                    run.from(),
                    run.to(),
                    run.next(),
                    run.recorded(),
                    run.replayed(),
                    run.rejected(),
                    run.own(),
                    run.rejections(),
                    run.requestedBy(),
                    run.startedAt(),
                    run.updatedAt(),
                    run.finishedAt(),
                    run.error());
        }
    }

    /** A row that was not taken. */
    @Schema(name = "MirrorRejectedRow", description = "A row that was not taken.")
    record RejectedRowView(
            @Schema(description = "Its phase.", examples = "phase4")
            String phase,

            @Schema(description = "Its date.", examples = "2026-02-02")
            LocalDate gameDate,

            @Schema(description = "Its processor.", examples = "player_daily_cache")
            String processorName,

            @Schema(description = "Its status.", examples = "done")
            String status,

            @Schema(description = "When it was known.", examples = "2026-02-03T07:00:01Z")
            Instant insertedAt,

            @Schema(description = "Why it was not taken, for programs.", examples = "unknown_value")
            String code,

            @Schema(
                    description = "And for people.",
                    examples = "/status: `done` is not one of success, partial, failed, no_data, skipped, running")
            String detail) {}
}
