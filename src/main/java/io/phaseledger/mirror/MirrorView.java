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
@Schema(name = "Mirror")
record MirrorView(
        @Schema(enumeration = {"off", "up_to_date", "waiting", "loading", "retrying", "refused"})
        String state,

        @Nullable String table,
        long position,
        long head,
        long lag,
        double lagSeconds,
        long jobsOfDay,
        MirrorStatus.@Nullable OpenJob job,
        @Nullable String error,
        @Nullable Instant errorSince,
        Checks.@Nullable Check reconciliation,
        List<ImportRunView> imports) {

    static final String OFF = "off";

    static MirrorView off() {
        return new MirrorView(OFF, null, 0, 0, 0, 0, 0, null, null, null, null, List.of());
    }

    static MirrorView of(
            Target target,
            MirrorStatus.Snapshot seen,
            BigQueryConnection.@Nullable Trouble trouble,
            List<ImportRun> runs) {
        return new MirrorView(
                state(seen, trouble),
                target.name(),
                seen.cursor(),
                seen.head(),
                seen.lag(),
                seen.age().toMillis() / 1e3,
                seen.jobsOfDay(),
                seen.open(),
                trouble == null ? null : trouble.reason(),
                trouble == null ? null : trouble.since(),
                seen.check(),
                runs.stream().map(ImportRunView::of).toList());
    }

    static String state(MirrorStatus.Snapshot seen, BigQueryConnection.@Nullable Trouble trouble) {
        if (trouble != null) {
            return trouble.isRefusal() ? "refused" : "retrying";
        }
        MirrorStatus.OpenJob open = seen.open();
        if (open != null) {
            return open.error() == null && open.attempt() == 1 ? "loading" : "retrying";
        }
        return seen.lag() == 0 ? "up_to_date" : "waiting";
    }

    /** How far an import from the table has come. */
    @Schema(name = "MirrorImport")
    record ImportRunView(
            UUID id,

            @Schema(enumeration = {"running", "stalled", "finished"})
            String state,

            LocalDate gameDateFrom,
            LocalDate gameDateTo,
            LocalDate nextDate,
            long recorded,
            long replayed,
            long rejected,
            long own,

            @Schema(type = SchemaType.ARRAY, implementation = RejectedRowView.class) @JsonRawValue
            String rejections,

            String requestedBy,
            Instant startedAt,
            Instant updatedAt,
            @Nullable Instant finishedAt,
            @Nullable String error) {

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
    @Schema(name = "MirrorRejectedRow")
    record RejectedRowView(
            String phase,
            LocalDate gameDate,
            String processorName,
            String status,
            Instant insertedAt,
            String code,
            String detail) {}
}
