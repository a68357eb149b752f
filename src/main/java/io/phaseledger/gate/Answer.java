package io.phaseledger.gate;

import io.phaseledger.http.Json;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Judgement;
import io.phaseledger.readiness.Numbers;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Readiness;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.Timeliness;
import io.phaseledger.readiness.Verdict;
import io.phaseledger.receipt.GivenAnswer;
import io.phaseledger.timeliness.Timed;
import jakarta.ws.rs.core.EntityTag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer to an inquiry, and what could change it. Shared by all who wait for it: its tag and text are made once. */
final class Answer {

    private final Gathered gathered;
    private final Verdict verdict;
    private final Timed timed;
    private final ReceiptNote receipt;
    private volatile @Nullable EntityTag tag;
    private volatile byte @Nullable [] text;

    Answer(Gathered gathered, Verdict verdict, Timed timed) {
        this(gathered, verdict, timed, ReceiptNote.NONE_ASKED);
    }

    private Answer(Gathered gathered, Verdict verdict, Timed timed, ReceiptNote receipt) {
        this.gathered = gathered;
        this.verdict = verdict;
        this.timed = timed;
        this.receipt = receipt;
    }

    /** The same, for one who asked for a receipt. */
    Answer with(ReceiptNote note) {
        Answer same = new Answer(gathered, verdict, timed, note);
        same.tag = tag;
        return same;
    }

    ReceiptNote receipt() {
        return receipt;
    }

    /** What a receipt says of it. */
    GivenAnswer givenTo(String consumer, String principal) {
        Question question = verdict.question();
        Policy policy = verdict.policy();
        return new GivenAnswer(
                new GivenAnswer.Key(
                        consumer, Objects.requireNonNull(policy.name()), question.gameDate(), tag().getValue()),
                principal,
                policy.version(),
                question.mode(),
                question.within(),
                question.applies(),
                verdict.state(),
                verdict.reasons().stream().map(Reason::code).toList(),
                verdict.dataAge() == null ? null : Numbers.seconds(verdict.dataAge()),
                verdict.judgements().stream()
                        .flatMap(judgement -> Stream.ofNullable(judgement.deciding()))
                        .map(Completion::id)
                        .distinct()
                        .toList(),
                snapshot().asOf(),
                snapshot().position());
    }

    Verdict verdict() {
        return verdict;
    }

    Snapshot snapshot() {
        return gathered.snapshot();
    }

    EntityTag tag() {
        EntityTag made = tag;
        if (made == null) {
            String slate =
                    gathered.evidence().units(verdict.question().gameDate()).toString();
            made = tagOf(verdict, slate, timed.timeliness());
            tag = made;
        }
        return made;
    }

    /**
     * What two answers must have in common to be one for a caller that asked before: state, codes, deciding rows, policy
     * version, slate, expiry and timeliness. Clocks and ages, and with them what is expected, differ every time and are
     * left out, so the tag is a weak one.
     */
    private static EntityTag tagOf(Verdict verdict, String slate, @Nullable Timeliness timeliness) {
        String essence = String.join(
                "|",
                verdict.state().name(),
                codes(verdict.reasons()),
                codes(verdict.warnings()),
                codes(verdict.waived()),
                verdict.judgements().stream().map(Answer::row).collect(Collectors.joining(",")),
                String.valueOf(verdict.policy().version()),
                slate,
                String.valueOf(verdict.expiresAt()),
                String.valueOf(timeliness));
        String digest =
                UUID.nameUUIDFromBytes(essence.getBytes(StandardCharsets.UTF_8)).toString();
        return new EntityTag(digest, true);
    }

    private static String codes(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> reason.code() + "/" + reason.phase() + "/" + reason.processorName() + "/"
                        + reason.gameDate() + "/" + reason.policy())
                .collect(Collectors.joining(","));
    }

    private static String row(Judgement judgement) {
        return judgement.gameDate() + "/" + judgement.minRecords() + "/"
                + (judgement.deciding() == null ? "" : judgement.deciding().id());
    }

    /** The view as JSON. */
    byte[] text(Json json) {
        byte[] made = text;
        if (made == null) {
            made = json.bytes(view());
            text = made;
        }
        return made;
    }

    VerdictView view() {
        return VerdictView.of(verdict, timed, snapshot(), receipt);
    }

    /** A row of one of these may change it. */
    Set<EvidenceKey> cells() {
        return gathered.cells();
    }

    /**
     * When it may be another by the clock alone, the earliest.
     *
     * @param ofToday whether it was asked about whichever date it is
     */
    Optional<Instant> nextTurn(boolean ofToday) {
        Policy policy = verdict.policy();
        Instant now = snapshot().asOf();
        Set<String> names =
                new HashSet<>(snapshot().upstreamsOf(List.of(policy)).keySet());
        names.add(Objects.requireNonNull(policy.name()));
        LocalDate tomorrow = policy.dateAt(now).plusDays(1);
        return Stream.of(
                        Readiness.nextTurn(policy, verdict.question(), gathered.evidence()),
                        snapshot().book().nextInForce(names, now),
                        ofToday
                                ? Optional.of(
                                        tomorrow.atStartOfDay(policy.zone()).toInstant())
                                : Optional.<Instant>empty(),
                        Optional.ofNullable(timed.nextTurn()))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }
}
