package io.phaseledger.readiness;

import static io.phaseledger.readiness.Findings.numbers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One question, answered from one set of evidence; each upstream policy is judged once. */
final class Evaluation {

    private final Evidence evidence;
    private final Map<String, Verdict> judged = new HashMap<>();

    Evaluation(Evidence evidence) {
        this.evidence = evidence;
    }

    Verdict judge(Policy policy, Question question) {
        if (evidence.slates().hasNoWork(question.gameDate())) {
            return Verdict.notApplicable(policy, question);
        }
        List<UpstreamVerdict> upstreams = upstreams(policy, question);
        List<Judgement> judgements = policy.requirements().stream()
                .map(each -> new Judging(each, policy, question, evidence, upstreams).judge())
                .toList();
        return conclude(policy, question, upstreams, judgements);
    }

    private List<UpstreamVerdict> upstreams(Policy policy, Question question) {
        return policy.upstreams().stream()
                .map(link -> new UpstreamVerdict(link, upstream(link.policy(), question)))
                .toList();
    }

    private Verdict upstream(String name, Question question) {
        Verdict known = judged.get(name);
        if (known != null) {
            return known;
        }
        Policy policy = evidence.policy(name);
        if (policy == null) {
            throw new IllegalStateException("evidence was gathered without the upstream policy " + name);
        }
        Verdict verdict = judge(policy, question.ofUpstream());
        judged.put(name, verdict);
        return verdict;
    }

    private Verdict conclude(
            Policy policy, Question question, List<UpstreamVerdict> upstreams, List<Judgement> asJudged) {
        boolean backfill = question.mode() == Mode.BACKFILL;
        List<Reason> waived = new ArrayList<>();
        List<Judgement> judgements =
                backfill && policy.backfill() == Backfill.EXISTENCE ? waive(asJudged, waived) : asJudged;
        List<Reason> reasons = reasons(policy, upstreams, judgements);
        List<Reason> warnings = warnings(question, upstreams, judgements);
        if (backfill && policy.backfill() == Backfill.BYPASS) {
            return Verdict.of(policy, question, State.BYPASSED, List.of(), warnings, reasons, judgements);
        }
        State state = reasons.isEmpty() ? State.READY : State.NOT_READY;
        return Verdict.of(policy, question, state, reasons, warnings, List.copyOf(waived), judgements);
    }

    private static List<Judgement> waive(List<Judgement> judgements, List<Reason> waived) {
        List<Judgement> after = new ArrayList<>();
        for (Judgement judgement : judgements) {
            Reason reason = judgement.reason();
            boolean waive = reason != null && reason.code().isWaivedByExistence();
            if (waive) {
                waived.add(reason);
            }
            after.add(waive ? judgement.waived() : judgement);
        }
        return after;
    }

    private static List<Reason> reasons(Policy policy, List<UpstreamVerdict> upstreams, List<Judgement> judgements) {
        List<Reason> reasons = new ArrayList<>();
        for (Judgement judgement : judgements) {
            Reason reason = judgement.reason();
            if (reason != null && judgement.isUnmetAndRequired()) {
                reasons.add(reason);
            }
        }
        upstreams.stream()
                .filter(upstream -> upstream.isNotReady() && upstream.link().ready() == Severity.REQUIRE)
                .forEach(upstream -> reasons.add(notReady(upstream)));
        Reason quorum = quorum(policy.quorum(), judgements);
        if (quorum != null) {
            reasons.add(quorum);
        }
        return List.copyOf(reasons);
    }

    private List<Reason> warnings(Question question, List<UpstreamVerdict> upstreams, List<Judgement> judgements) {
        List<Reason> warnings = new ArrayList<>();
        if (evidence.isRetroactive()) {
            warnings.add(aboutPolicy(
                    Code.RETROACTIVE_POLICY, "the policy did not exist yet at as_of; its first version answers"));
        }
        for (Judgement judgement : judgements) {
            warnings.addAll(judgement.warnings());
            Reason reason = judgement.reason();
            if (reason != null && !judgement.isUnmetAndRequired()) {
                warnings.add(Findings.optionalUnmet(judgement, reason));
            }
        }
        upstreams.stream()
                .filter(upstream -> upstream.isNotReady() && upstream.link().ready() == Severity.WARN)
                .forEach(upstream -> warnings.add(notReady(upstream)));
        if (question.within() != null && judgements.stream().noneMatch(this::fellUnderFreshness)) {
            warnings.add(aboutPolicy(Code.WITHIN_NOT_APPLIED, "within was given, but no requirement is judged by age"));
        }
        return List.copyOf(warnings);
    }

    private boolean fellUnderFreshness(Judgement judgement) {
        return judgement.gameDate() != null
                && judgement.freshnessApplies()
                && !evidence.slates().hasNoWork(judgement.gameDate());
    }

    private static @Nullable Reason quorum(@Nullable Quorum quorum, List<Judgement> judgements) {
        if (quorum == null) {
            return null;
        }
        List<Judgement> optional = judgements.stream()
                .filter(each -> each.requirement().optional())
                .toList();
        int met = (int) optional.stream().filter(Judgement::met).count();
        if (quorum.isMetBy(met, optional.size())) {
            return null;
        }
        int least = quorum.atLeast(optional.size());
        return new Reason(
                Code.QUORUM_NOT_MET,
                null,
                null,
                null,
                null,
                numbers("min_optional", quorum.required(), "met", least),
                numbers("met", met, "of", optional.size()),
                numbers("met", least - met),
                met + " of " + optional.size() + " optional requirements are met; " + least + " are required");
    }

    private static Reason notReady(UpstreamVerdict upstream) {
        int reasons = upstream.verdict().reasons().size();
        return new Reason(
                Code.UPSTREAM_NOT_READY,
                upstream.name(),
                null,
                null,
                null,
                numbers("reasons", 0),
                numbers("reasons", reasons),
                numbers("reasons", reasons),
                upstream.name() + " is not ready, for " + reasons + " reason(s)");
    }

    private static Reason aboutPolicy(Code code, String message) {
        return new Reason(code, null, null, null, null, null, null, null, message);
    }
}
