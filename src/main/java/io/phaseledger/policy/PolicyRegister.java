package io.phaseledger.policy;

import io.phaseledger.access.Caller;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds versions of policies, under the ledger's lock. */
@ApplicationScoped
class PolicyRegister {

    private final Caller caller;
    private final Positions positions;
    private final Policies policies;
    private final Aliases aliases;

    PolicyRegister(Positions positions, Policies policies, Aliases aliases, Caller caller) {
        this.caller = caller;
        this.positions = positions;
        this.policies = policies;
        this.aliases = aliases;
    }

    /**
     * Appends a version unless it says what the latest one says.
     *
     * @param expected the version that the caller believes to be the latest; null for whichever is
     * @throws Problem 412 when another version is the latest, 422 with all that is wrong
     */
    @Transactional
    Outcome put(PolicyPut put, @Nullable ExpectedVersion expected) {
        return decide(put, expected, positions.lock(), true);
    }

    /** Says what {@link #put} would do, and does nothing. */
    @Transactional
    Outcome validate(PolicyPut put, @Nullable ExpectedVersion expected) {
        return decide(put, expected, positions.head(), false);
    }

    private Outcome decide(PolicyPut put, @Nullable ExpectedVersion expected, Head head, boolean store) {
        PolicyBook book = policies.at(head);
        Optional<PolicyVersion> latest = book.latest(put.name());
        if (expected != null) {
            expected.check(
                    "policy", put.name(), latest.map(PolicyVersion::version).orElse(0));
        }
        List<PolicyWarning> warnings = PolicyWarning.about(put.definition(), aliases.at(head));
        Instant learnedAt = head.nextLearnedAt();
        if (latest.isPresent()
                && put.says(latest.get())
                && (put.effectiveFrom() != null || isInForce(latest.get(), book, learnedAt))) {
            return new Outcome(latest.get(), false, warnings);
        }
        Instant effectiveFrom = put.effectiveFrom() == null ? learnedAt : put.effectiveFrom();
        check(put, latest, effectiveFrom, learnedAt, book);
        int number = latest.map(PolicyVersion::version).orElse(0) + 1;
        PolicyVersion version = new PolicyVersion(
                put.name(),
                number,
                effectiveFrom,
                put.definition(),
                store ? head.position() + 1 : 0,
                learnedAt,
                caller.principal().name(),
                put.definition().policy(put.name(), number));
        if (store) {
            policies.insert(version);
        }
        return new Outcome(version, true, warnings);
    }

    /** Otherwise what is meant from now on is said by a version that begins later, or that another took over from. */
    private static boolean isInForce(PolicyVersion latest, PolicyBook book, Instant at) {
        return book.inForce(latest.name(), at, latest.position())
                .filter(inForce -> !inForce.retroactive() && inForce.policy().version() == latest.version())
                .isPresent();
    }

    private static void check(
            PolicyPut put, Optional<PolicyVersion> latest, Instant effectiveFrom, Instant learnedAt, PolicyBook book) {
        List<FieldError> errors =
                new ArrayList<>(new UpstreamGraph(book, effectiveFrom).faults(put.name(), put.definition()));
        if (latest.isPresent() && effectiveFrom.isBefore(learnedAt)) {
            errors.add(FieldError.at(
                    "/effective_from",
                    "effective_from_in_past",
                    "the past was judged by version " + latest.get().version() + "; must not be before " + learnedAt));
        }
        if (!errors.isEmpty()) {
            throw Problem.refused(errors);
        }
    }

    /**
     * What became of a policy that was put.
     *
     * @param isNew whether it is a version that was not there before
     */
    record Outcome(PolicyVersion version, boolean isNew, List<PolicyWarning> warnings) {}
}
