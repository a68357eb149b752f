package io.phaseledger.mirror;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The copy of the ledger in BigQuery. */
@ConfigMapping(prefix = "phase-ledger.mirror")
interface MirrorConfig {

    /**
     * The Google Cloud project of the table that is kept equal to the ledger; without it there is no mirror, and nothing
     * is loaded for one. Credentials are found as Google's libraries find them.
     */
    Optional<String> project();

    /** The dataset of the table; it is created where there is none. */
    @WithDefault("nba_orchestration")
    String dataset();

    /** The table; it is created where there is none, and refused where its columns are others. */
    @WithDefault("phase_completions")
    String table();

    /** Where the dataset is, or is created. */
    @WithDefault("US")
    String location();

    /** How long what was recorded waits, so that many rows are one load job. */
    @WithDefault("5m")
    Duration interval();

    /** The most load jobs of any 24 hours; BigQuery takes 1,500 a table, for all who write to it. */
    @WithDefault("400")
    int jobsPerDay();

    /** The most entries of the ledger that one load job covers; where more are waiting, jobs follow at once. */
    @WithDefault("50000")
    int window();

    /** How often the table is compared with the ledger by itself; 0 for only when asked. */
    @WithDefault("24h")
    Duration reconcileInterval();

    /** How long one request to BigQuery may take. */
    @WithDefault("60s")
    Duration timeout();

    /** How long after a failure it tries again the first time; then twice as long, and so on. */
    @WithDefault("1s")
    Duration firstBackoff();

    /** The longest that it waits after failures in a row. */
    @WithDefault("1m")
    Duration longestBackoff();

    /** The `host:port` of an emulator to use instead of Google: without credentials, and in plain text. */
    @WithDefault("${BIGQUERY_EMULATOR_HOST:}")
    Optional<String> emulatorHost();
}
