package io.phaseledger.mirror;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The copy of the ledger in BigQuery. */
@ConfigMapping(prefix = "phase-ledger.mirror")
interface MirrorConfig {

    /**
     * The Google Cloud project of the table that mirrors the ledger; without it there is no mirror, and its classes are
     * not loaded. Credentials are found as Google's libraries find them.
     */
    Optional<String> project();

    /** The dataset of the table; it is created if it is missing. */
    @WithDefault("nba_orchestration")
    String dataset();

    /** The table; it is created if it is missing, and refused if its columns differ. */
    @WithDefault("phase_completions")
    String table();

    /** The location of the dataset. */
    @WithDefault("US")
    String location();

    /** How long new rows wait, so that many of them are one load job. */
    @WithDefault("5m")
    Duration interval();

    /** The most load jobs in any 24 hours; BigQuery allows 1,500 a table, for all its writers together. */
    @WithDefault("400")
    int jobsPerDay();

    /** The most entries of the ledger that one load job covers; if more are waiting, the next job follows at once. */
    @WithDefault("50000")
    int window();

    /** How often the table is compared with the ledger; 0 compares on request only. */
    @WithDefault("24h")
    Duration reconcileInterval();

    /** How long one request to BigQuery may take. */
    @WithDefault("60s")
    Duration timeout();

    /** The pause after a first failure; it doubles with each one that follows. */
    @WithDefault("1s")
    Duration firstBackoff();

    /** The longest pause after failures in a row. */
    @WithDefault("1m")
    Duration longestBackoff();

    /** The `host:port` of an emulator to use instead of Google: no credentials, plain text. */
    @WithDefault("${BIGQUERY_EMULATOR_HOST:}")
    Optional<String> emulatorHost();
}
