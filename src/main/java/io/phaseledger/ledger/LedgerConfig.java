package io.phaseledger.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much the ledger takes at once. */
@ConfigMapping(prefix = "phase-ledger.ledger")
public interface LedgerConfig {

    /** How many requests may wait for the next commit; one more is answered 503 and may be sent again. */
    @WithDefault("10000")
    int queueLimit();

    /**
     * How many rows one commit takes from requests that bring no more than that; a request that brings more is
     * committed by itself. A larger number makes a busy ledger faster, and the first requests of a commit wait longer.
     */
    @WithDefault("1000")
    int commitLimit();

    /**
     * How long an append waits for the lock while another instance or an operator holds it; then it is answered 503.
     */
    @WithDefault("10s")
    Duration lockTimeout();

    /**
     * How long a holder of the lock may send nothing to the database before the database takes the lock back. Only a
     * holder that is gone is silent for so long, such as one behind a network that drops all packets; the others wait
     * for it, even when the network is back.
     */
    @WithDefault("6s")
    Duration holdTimeout();

    /** How long a single report waits for its commit before it is answered 503; it may still be committed then. */
    @WithDefault("10s")
    Duration commitTimeout();

    /**
     * The same for a batch, and for each commit of an import: ten thousand rows take a busy machine longer than one,
     * and an import that gives up must be sent again as a whole.
     */
    @WithDefault("60s")
    Duration bulkTimeout();

    /** How many rejected lines an import's answer lists; all are counted. */
    @WithDefault("10000")
    int rejectedLimit();

    /** How many bytes one line of an import may have; a longer one is rejected, and the import goes on. */
    @WithDefault("1048576")
    int lineLimit();

    /** How many bytes the metadata of one row may have, as compact JSON; more is a 422. */
    @WithDefault("262144")
    int metadataLimit();
}
