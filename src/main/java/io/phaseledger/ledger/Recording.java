package io.phaseledger.ledger;

import static io.phaseledger.http.FieldError.at;

import io.phaseledger.access.Principal;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
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
    private final IdentityHashMap<Submission, byte[]> identities;
    private final Map<ByteBuffer, CompletionRow> said;
    private final List<CompletionRow> rows = new ArrayList<>();

    /** Looked for once a phase and name: a page may have ten thousand rows of one, and the lock is held meanwhile. */
    private final Map<List<String>, Optional<String>> nearest = new HashMap<>();

    private long position;
    private Instant learnedAt;
    private byte[] hash;

    /**
     * @param identities of every submission that will be decided, computed once
     * @param said the rows that have an identity of one of the submissions, by {@link #key}
     */
    Recording(
            Head head,
            Names.Known names,
            IdentityHashMap<Submission, byte[]> identities,
            Map<ByteBuffer, CompletionRow> said) {
        this.head = head;
        this.names = names;
        this.identities = identities;
        this.said = new HashMap<>(said);
        this.position = head.position();
        this.learnedAt = head.nextLearnedAt();
        this.hash = head.rowHash() == null ? CHAIN_START : HexFormat.of().parseHex(head.rowHash());
    }

    /** The new rows, in position order. */
    List<CompletionRow> rows() {
        return rows;
    }

    /** One receipt per submission; if the unit is atomic and one of them is not in the ledger, none becomes a row. */
    List<Receipt> decide(Unit unit) {
        int before = rows.size();
        List<Receipt> receipts = unit.submissions().stream().map(this::decide).toList();
        if (unit.atomic() && !receipts.stream().allMatch(Receipt::isInLedger)) {
            takeBack(before);
        }
        return receipts;
    }

    private Receipt decide(Submission submission) {
        String phase = submission.phase(names);
        String processor = submission.processor(names);
        if (!mayRecord(submission.by(), phase, processor)) {
            return new Receipt.Forbidden(submission.by().name(), phase, processor);
        }
        byte[] identity = Objects.requireNonNull(identities.get(submission));
        byte[] content = submission.content();
        CompletionRow original = said.get(key(identity));
        if (original != null) {
            return found(original, content, submission);
        }
        FieldError early = aheadOfClock(submission);
        if (early != null) {
            return new Receipt.Refused(early);
        }
        CompletionRow row = row(submission, identity, content);
        append(row);
        return new Receipt.Recorded(row, warnings(submission, row));
    }

    /** An Idempotency-Key names no processor, so a row that has it may be another's, whom the sender must not read so. */
    private Receipt found(CompletionRow original, byte[] content, Submission submission) {
        if (Arrays.equals(original.contentHash, content)) {
            return new Receipt.AlreadyRecorded(original, replayWarnings(submission, original));
        }
        return submission.by().has(Scope.READ) || mayRecord(submission.by(), original.phase, original.processorName)
                ? new Receipt.Conflicting(original)
                : new Receipt.Taken();
    }

    /** By the names as they are recorded, and by what those stand for: some were no aliases yet when they were given. */
    private boolean mayRecord(Principal by, String phase, String processor) {
        return by.mayRecord(phase, processor)
                || by.limitedTo(names::phase, names::processor)
                        .mayRecord(names.phase(phase), names.processor(processor));
    }

    private CompletionRow row(Submission submission, byte[] identity, byte[] content) {
        CompletionRow row = new CompletionRow();
        row.position = position + 1;
        row.id = submission.id();
        row.insertedAt = learnedAt;
        row.completedAt = head.clock();
        row.identityKey = identity;
        row.contentHash = content;
        row.recordedBy = submission.by().name();
        submission.fill(row, names);
        row.prevHash = hash;
        row.rowHash = row.computeHash();
        return row;
    }

    private void append(CompletionRow row) {
        rows.add(row);
        said.put(key(row.identityKey), row);
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
        undone.clear();
    }

    private @Nullable FieldError aheadOfClock(Submission submission) {
        if (submission instanceof Submission.Report report) {
            return completedTooLate(report.facts().said().completedAt(), head.clock());
        }
        if (submission instanceof Submission.History history) {
            return history.insertedAt().isAfter(head.now())
                    ? at(
                            "/inserted_at",
                            "inserted_at_in_future",
                            "must not be later than the ledger's clock, " + head.now())
                    : completedTooLate(history.facts().said().completedAt(), history.insertedAt());
        }
        return null;
    }

    private static @Nullable FieldError completedTooLate(@Nullable Instant completedAt, Instant clock) {
        if (completedAt == null || !completedAt.isAfter(clock.plus(Head.CLOCK_TOLERANCE))) {
            return null;
        }
        return at("/completed_at", "completed_at_in_future", "must be at most 5 minutes ahead of " + clock);
    }

    private List<Warning> warnings(Submission submission, CompletionRow row) {
        List<Warning> warnings = new ArrayList<>();
        if (!row.isRetraction() && !names.isAwaited(row.phase, row.processorName)) {
            String likely = nearest.computeIfAbsent(
                            List.of(row.phase, row.processorName), each -> names.nearest(row.phase, row.processorName))
                    .orElse(null);
            warnings.add(Warning.unknownProcessor(row.phase, row.processorName, likely));
        }
        if (submission instanceof Submission.Report report && report.isNewEveryTime()) {
            warnings.add(Warning.notIdempotent(report.facts().said().executionId() != null));
        }
        return warnings;
    }

    private List<Warning> replayWarnings(Submission submission, CompletionRow original) {
        List<Warning> warnings = new ArrayList<>();
        if (submission instanceof Submission.Report report
                && !original.completedAt.equals(report.facts().said().completedAt())) {
            warnings.add(Warning.completedAtKept(original));
        }
        if (original.retractedBy != null) {
            warnings.add(Warning.retracted(original));
        }
        return warnings;
    }

    /** An identity as the key of a map. */
    static ByteBuffer key(byte[] identity) {
        return ByteBuffer.wrap(identity);
    }
}
