package io.phaseledger.gate;

import io.phaseledger.readiness.Judgement;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.Verdict;
import jakarta.ws.rs.core.EntityTag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What two answers must have in common to be one for who asked before: state, codes, deciding rows, policy version,
 * slate and expiry. Clocks and ages differ every time and are left out, so the tag is a weak one.
 */
final class VerdictTag {

    private VerdictTag() {}

    static EntityTag of(Verdict verdict, String slate) {
        String essence = String.join(
                "|",
                verdict.state().name(),
                codes(verdict.reasons()),
                codes(verdict.warnings()),
                codes(verdict.waived()),
                verdict.judgements().stream().map(VerdictTag::row).collect(Collectors.joining(",")),
                String.valueOf(verdict.policy().version()),
                slate,
                String.valueOf(verdict.expiresAt()));
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
}
