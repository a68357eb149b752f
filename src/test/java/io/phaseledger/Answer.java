package io.phaseledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.readiness.Numbers;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario can expect of an answer, whether the rule gave it or the service.
 *
 * @param warnings their codes
 */
public record Answer(
        String state,
        boolean ready,
        List<Finding> reasons,
        List<Finding> waived,
        List<String> warnings,
        @Nullable BigDecimal dataAgeSeconds,
        @Nullable Instant decidedAt,
        @Nullable Instant expiresAt) {

    /**
     * A reason, in short.
     *
     * @param processorName null when it is about no single one
     */
    public record Finding(String code, @Nullable String processorName) {}

    static Answer of(Verdict verdict) {
        return new Answer(
                word(verdict.state()),
                verdict.ready(),
                verdict.reasons().stream().map(Answer::finding).toList(),
                verdict.waived().stream().map(Answer::finding).toList(),
                verdict.warnings().stream().map(each -> word(each.code())).toList(),
                verdict.dataAge() == null ? null : Numbers.seconds(verdict.dataAge()),
                verdict.decidedAt(),
                verdict.expiresAt());
    }

    /** The service's answer, whose numbers are read as they are written. */
    static Answer of(String answer) throws JsonProcessingException {
        JsonNode json = Scenario.JSON.readTree(answer);
        return new Answer(
                json.required("state").textValue(),
                json.required("ready").booleanValue(),
                findings(json.required("reasons")),
                findings(json.required("waived")),
                findings(json.required("warnings")).stream().map(Finding::code).toList(),
                json.required("data_age_seconds").isNull()
                        ? null
                        : json.get("data_age_seconds").decimalValue(),
                instant(json.required("decided_at")),
                instant(json.required("expires_at")));
    }

    private static Finding finding(Reason reason) {
        return new Finding(word(reason.code()), reason.processorName());
    }

    private static List<Finding> findings(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> new Finding(
                        each.required("code").textValue(),
                        each.required("processor_name").textValue()))
                .toList();
    }

    private static @Nullable Instant instant(JsonNode text) {
        return text.isNull() ? null : Instant.parse(text.textValue());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
