/**
 * Receipts: what consumers were told, so that it can be shown later by which answer a run began.
 *
 * <p>{@code Receipts} stores a {@link io.phaseledger.receipt.GivenAnswer} and remembers that it did, so that a consumer
 * which asks again and gets the same answer costs no statement. Two instances that store the same at once have one row,
 * because {@code ReceiptTable} leaves that to a unique constraint. Receipts are no part of the ledger: they take no
 * position, and no answer depends on them. So one that cannot be stored is only missing.
 *
 * <p>A receipt is overtaken when a row that decided the answer was retracted, or its processor has said something newer
 * for the date that the policy accepts.
 */
@NullMarked
package io.phaseledger.receipt;

import org.jspecify.annotations.NullMarked;
