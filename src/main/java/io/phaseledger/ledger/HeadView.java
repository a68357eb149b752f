package io.phaseledger.ledger;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where the ledger ends, as it is told to whoever keeps it: what is there now cannot be changed later without notice. */
@Schema(name = "LedgerHead", description = "Where the ledger ends, and the hash of all that is in it.")
public record HeadView(
        @Schema(description = "The position of the newest entry; 0 when there is none.", examples = "1234")
        long position,

        @Schema(
                description =
                        "A SHA-256, in hexadecimal, over all that the ledger has up to there; it is the same for that"
                                + " position for ever. An alias is in it from the next position on.",
                examples = "93a0d4a6a7f0a62d1f8f3f2b6f4a5de0d7c1be4a0e3b1c9d8f7e6a505d1c6a4c")
        String hash,

        @Schema(description = "When that entry was learned.", examples = "2026-02-03T07:00:01Z")
        Instant learnedAt) {}
