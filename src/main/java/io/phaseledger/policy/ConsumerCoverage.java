package io.phaseledger.policy;

import io.phaseledger.ledger.Head;

/** Counts how many runs of policies' consumers had a receipt. */
public interface ConsumerCoverage {

    /** Of a policy that there is, for its last dates with work. */
    ReceiptCoverage of(String policy, Head head);
}
