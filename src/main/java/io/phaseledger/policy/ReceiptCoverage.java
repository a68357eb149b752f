package io.phaseledger.policy;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many runs of a policy's consumers had a receipt.
 *
 * @param dates with work that were looked at
 * @param runs of the consumers for those dates
 * @param withReceipt how many of them had one
 */
@Schema(name = "ReceiptCoverage")
public record ReceiptCoverage(int dates, int runs, int withReceipt) {}
