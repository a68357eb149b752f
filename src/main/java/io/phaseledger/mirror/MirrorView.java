package io.phaseledger.mirror;

import java.time.Instant;
import java.util.List;
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
        List<ImportRun> imports) {

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
                runs);
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
}
