package io.phaseledger.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told in one call.
 *
 * @param id the effect: the same however often it is told
 * @param event what happened, such as {@code readiness.ready}
 * @param sequence the position of what is told
 * @param ledgerHash the ledger's hash at that position
 * @param previousSequence of the message before this one to the same subscription; null for the first
 * @param at when it happened
 * @param subject what it is about, such as {@code phase4/2026-02-02}
 * @param data what was added to the ledger, as it is shown elsewhere
 * @param cloudEvent all of it as a CloudEvent in JSON
 */
public record Message(
        String id,
        String event,
        long sequence,
        String ledgerHash,
        @Nullable Long previousSequence,
        Instant at,
        String subject,
        JsonNode data,
        String cloudEvent) {}
