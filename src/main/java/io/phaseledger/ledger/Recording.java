package io.phaseledger.ledger;

import static io.phaseledger.http.FieldError.at;

import io.phaseledger.access.Principal;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decisions of one transaction, made one after another at a head that is held: which submissions become rows. */
final class Recording {

    private static final byte[] CHAIN_START = new byte[32];

    private final Head head;
    private final Names.Known names;
    private final Map<ByteBuffer, CompletionRow> said = new HashMap<>();
    private final Outcomes outcomes = new Outcomes();
    private final List<CompletionRow> rows = new ArrayList<>();

    /** Looked for once a phase and name: a page may have ten thousand rows of one, and the lock is held meanwhile. */
    private final Map<List<String>, Optional<String>> nearest = new HashMap<>();

    private long position;
    private Instant learnedAt;
    private byte[] hash;

    /** @param said the rows that have an identity of one of the submissions */
    Recording(Head head, Names.Known names, List<CompletionRow> said) {
        this.head = head;
        this.names = names;
        said.forEach(row -> this.said.put(key(row.identityKey), row));
        this.position = head.position();
        this.learnedAt = head.nextLearnedAt();
        this.hash = head.rowHash() == null ? CHAIN_START : HexFormat.of().parseHex(head.rowHash());
    }

    /**
     * Those that have the identity of another one, which the ledger has or which comes before them, and another
     * {@code completed_at}: they are retries, or re-runs if their execution has had another outcome between.
     */
    List<Submission> inDoubt(List<Submission> submissions) {
        Map<ByteBuffer, Submission> first = new HashMap<>();
        return submissions.stream()
                .filter(each -> each.identity().by() == Identity.By.OUTCOME_OF_EXECUTION)
                .filter(each -> isInDoubt(each, first))
                .toList();
    }

    private boolean isInDoubt(Submission submission, Map<ByteBuffer, Submission> first) {
        ByteBuffer identity = key(submission.identity().hash());
        CompletionRow original = said.get(identity);
        Submission before = first.putIfAbsent(identity, submission);
        if (!submission.mayBeRerun()) {
            return false;
        }
        return original == null
                ? before != null && !Objects.equals(before.completedAt(), submission.completedAt())
                : !original.completedAt.equals(submission.completedAt());
    }

    /** @param found of the executions of those that are in doubt, the newest outcomes up to then */
    void learn(List<Submission> inDoubt, List<CompletionRow> found) {
        outcomes.learn(inDoubt, found);
    }

    /** The new rows, in position order. */
    List<CompletionRow> rows() {
        return rows;
    }

    /** One receipt per submission; if all or none is meant and one of them is not in the ledger, none becomes a row. */
    List<Receipt> decide(List<Submission> submissions, boolean allOrNone) {
        int before = rows.size();
        List<Receipt> receipts = submissions.stream().map(this::decide).toList();
        if (allOrNone && !receipts.stream().allMatch(Receipt::isInLedger)) {
            takeBack(before);
        }
        return receipts;
    }

    private Receipt decide(Submission submission) {
        String phase = submission.phase(names);
        String processor = submission.processor(names);
        if (!mayRecord(submission.by(), phase, processor)) {
            return Receipt.notYours(submission.by(), phase, processor);
        }
        CompletionRow row = submission.row();
        CompletionRow original = said.get(key(submission.identity().hash()));
        Optional<CompletionRow> newest = outcomes.newestUpTo(submission);
        boolean isRerun = original != null
                && newest.filter(each -> !each.status.equals(row.status)).isPresent();
        if (original != null && !isRerun) {
            return found(newest.filter(each -> isRerun(each, row)).orElse(original), submission);
        }
        FieldError early = aheadOfClock(submission);
        if (early != null) {
            return Receipt.refused(Problem.refused(early));
        }
        row.phase = phase;
        row.processorName = processor;
        row.identityKey = isRerun
                ? Identity.ofRerun(row, submission.completedAt())
                : submission.identity().hash();
        append(row, submission);
        List<Warning> warnings = warnings(submission);
        if (isRerun) {
            warnings.add(Warning.executionRerun(newest.get()));
        }
        return Receipt.recorded(row, warnings);
    }

    /** Whether an outcome was recorded as a re-run of the execution that a row is of. */
    private static boolean isRerun(CompletionRow outcome, CompletionRow row) {
        return Arrays.equals(outcome.identityKey, Identity.ofRerun(row, outcome.completedAt));
    }

    /** An Idempotency-Key names no processor, so a row that has it may be another's, whom the sender must not read so. */
    private Receipt found(CompletionRow original, Submission submission) {
        if (Arrays.equals(original.contentHash, submission.row().contentHash)) {
            return Receipt.alreadyRecorded(original, replayWarnings(submission, original));
        }
        boolean isTheirs =
                submission.by().has(Scope.READ) || mayRecord(submission.by(), original.phase, original.processorName);
        return isTheirs ? Receipt.conflicting(original) : Receipt.conflictingUnseen();
    }

    /** By the names as they are recorded, and by what those stand for: some were no aliases yet when they were given. */
    private boolean mayRecord(Principal by, String phase, String processor) {
        return mayRecord(names, by, phase, processor);
    }

    static boolean mayRecord(Names.Known names, Principal by, String phase, String processor) {
        return by.mayRecord(phase, processor)
                || by.limitedTo(names::phase, names::processor)
                        .mayRecord(names.phase(phase), names.processor(processor));
    }

    private void append(CompletionRow row, Submission submission) {
        row.position = position + 1;
        row.insertedAt = submission.insertedAt() == null ? learnedAt : submission.insertedAt();
        row.importedAt = submission.insertedAt() == null ? null : learnedAt;
        row.completedAt = submission.completedAt() == null ? head.clock() : submission.completedAt();
        row.prevHash = hash;
        row.rowHash = row.computeHash();
        rows.add(row);
        said.put(key(row.identityKey), row);
        outcomes.add(row);
        position = row.position;
        learnedAt = learnedAt.plusNanos(1000);
        hash = row.rowHash;
    }

    private void takeBack(int before) {
        List<CompletionRow> undone = rows.subList(before, rows.size());
        if (undone.isEmpty()) {
            return;
        }
        CompletionRow first = undone.get(0);
        position = first.position - 1;
        hash = first.prevHash;
        undone.forEach(row -> said.remove(key(row.identityKey)));
        outcomes.remove(undone);
        undone.clear();
    }

    private @Nullable FieldError aheadOfClock(Submission submission) {
        Instant insertedAt = submission.insertedAt();
        if (insertedAt == null) {
            return completedTooLate(submission.completedAt(), head.clock());
        }
        return insertedAt.isAfter(head.now())
                ? at(
                        "/inserted_at",
                        "inserted_at_in_future",
                        "must not be later than the ledger's clock, " + head.now())
                : completedTooLate(submission.completedAt(), insertedAt);
    }

    private static @Nullable FieldError completedTooLate(@Nullable Instant completedAt, Instant clock) {
        if (completedAt == null || !completedAt.isAfter(clock.plus(Head.CLOCK_TOLERANCE))) {
            return null;
        }
        return at("/completed_at", "completed_at_in_future", "must be at most 5 minutes ahead of " + clock);
    }

    private List<Warning> warnings(Submission submission) {
        CompletionRow row = submission.row();
        List<Warning> warnings = new ArrayList<>();
        if (!row.isRetraction() && !names.isAwaited(row.phase, row.processorName)) {
            String likely = nearest.computeIfAbsent(
                            List.of(row.phase, row.processorName), each -> names.nearest(row.phase, row.processorName))
                    .orElse(null);
            warnings.add(Warning.unknownProcessor(row.phase, row.processorName, likely));
        }
        if (submission.isNewEveryTime()) {
            warnings.add(Warning.notIdempotent(row.executionId != null));
        }
        return warnings;
    }

    private List<Warning> replayWarnings(Submission submission, CompletionRow original) {
        List<Warning> warnings = new ArrayList<>();
        boolean isReport = submission.insertedAt() == null && !submission.row().isRetraction();
        if (isReport && !original.completedAt.equals(submission.completedAt())) {
            warnings.add(Warning.completedAtKept(original));
        }
        if (original.retractedBy != null) {
            warnings.add(Warning.retracted(original));
        }
        return warnings;
    }

    /** An identity as the key of a map. */
    private static ByteBuffer key(byte[] identity) {
        return ByteBuffer.wrap(identity);
    }
}
