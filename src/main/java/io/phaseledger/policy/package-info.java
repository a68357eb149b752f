/**
 * What completions are judged by: policies, slates and aliases, each an append-only history of its own.
 *
 * <p>A policy is put as a {@link io.phaseledger.policy.PolicyDefinition}; every change is a new {@link
 * io.phaseledger.policy.PolicyVersion}. All versions are few, so {@link io.phaseledger.policy.Policies} keeps them in
 * memory and reads only those that the ledger's head says are new. {@link io.phaseledger.policy.KnownSlates} answers how
 * many units of work dates were known to have at an instant. Aliases say which reported name stands for which recorded
 * one; {@code RecordedNames} tells the ledger.
 *
 * <p>Policy versions and slates take positions in the ledger's order, so "as if the ledger ended there" covers them.
 * An alias takes none: it matters only while a row is being recorded, and the row keeps what came of it.
 *
 * <p>Easy to get wrong: the version in force at an instant goes by {@code effective_from}, not by the highest number;
 * and an upstream loop must be impossible at every instant, not only now.
 */
@NullMarked
package io.phaseledger.policy;

import org.jspecify.annotations.NullMarked;
