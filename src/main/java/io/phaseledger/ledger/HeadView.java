package io.phaseledger.ledger;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where the ledger ends, as it is told to operators who keep it: what is there now cannot be changed later without notice. */
@Schema(name = "LedgerHead")
public record HeadView(long position, String hash, Instant learnedAt) {}
