package io.phaseledger.mirror;

import io.phaseledger.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** The table that is kept equal to the ledger. */
record Target(String project, String dataset, String table) {

    /** Of the table's name within the id of a job, which may have 1,024 characters. */
    private static final int LONGEST_NAME = 200;

    private static final int HASH_DIGITS = 16;
    private static final Pattern OURS = Pattern.compile("nba_orchestration\\.phase_completions(_known|_current)?\\b");

    /** Of the configuration, where it names a project. */
    static Target of(MirrorConfig config) {
        return new Target(
                config.project()
                        .orElseThrow(() -> Problem.of(
                                409, "mirror_off", "there is no mirror: phase-ledger.mirror.project names no project")),
                config.dataset(),
                config.table());
    }

    /** As people write it, and as it is kept. */
    String name() {
        return project + "." + dataset + "." + table;
    }

    /** Who is said to have recorded what was read from it. */
    String origin() {
        return "bigquery:" + name();
    }

    /** The name of its cursor. */
    String sink() {
        return "mirror:" + name();
    }

    /** SQL that names the table and its views as the files of db/bigquery do, about these. */
    String in(String sql) {
        return OURS.matcher(sql)
                .replaceAll(found -> "`" + project + "." + dataset + "." + table
                        + found.group().substring("nba_orchestration.phase_completions".length()) + "`");
    }

    /**
     * What tells it from other tables within the id of a job: its name for people, as far as such an id may have it, and
     * a hash of its full name, for jobs of all datasets of a project have one list of ids.
     */
    String idPart() {
        String readable = table.replaceAll("[^A-Za-z0-9_]", "_");
        String hash =
                UUID.nameUUIDFromBytes(name().getBytes(StandardCharsets.UTF_8)).toString();
        return readable.substring(0, Math.min(readable.length(), LONGEST_NAME)) + "-"
                + hash.replace("-", "").substring(0, HASH_DIGITS);
    }
}
