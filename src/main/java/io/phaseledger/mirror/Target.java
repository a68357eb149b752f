package io.phaseledger.mirror;

import io.phaseledger.http.Problem;
import java.util.regex.Pattern;

/** The table that is kept equal to the ledger. */
record Target(String project, String dataset, String table) {

    private static final Pattern OURS = Pattern.compile("nba_orchestration\\.phase_completions(_current)?\\b");

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

    /** SQL that names the table and its view as the files of db/bigquery do, about these. */
    String in(String sql) {
        return OURS.matcher(sql)
                .replaceAll(found -> "`" + project + "." + dataset + "." + table
                        + found.group().substring("nba_orchestration.phase_completions".length()) + "`");
    }

    /** The view beside it. */
    String viewTable() {
        return table + "_current";
    }
}
