package io.phaseledger.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.PipelineName;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Names;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which receipts are asked for; what is left out selects all. */
record ReceiptSelection(
        @QueryParam("consumer") @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE) @Nullable
        String consumer,

        @QueryParam("policy") @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE) @Nullable
        String policy,

        @QueryParam("game_date") @Nullable LocalDate gameDate,

        @QueryParam("from") @Nullable LocalDate from,

        @QueryParam("to") @Nullable LocalDate to,

        @QueryParam("overtaken") @Nullable Boolean overtaken) {

    ReceiptSelection {
        consumer = PipelineName.normal(consumer);
    }

    /**
     * What must hold of a receipt in SQL, each with its value; but for what overtook it.
     *
     * @param below receipts with smaller ids; null for all
     * @throws Problem 422 when a parameter contradicts another
     */
    Map<String, Object> conditions(Names.Known names, @Nullable UUID below) {
        check();
        Map<String, Object> conditions = new LinkedHashMap<>();
        put(conditions, "consumer = ANY (?)", consumer == null ? null : withTarget(consumer, names));
        put(conditions, "policy = ?", policy);
        put(conditions, "game_date = ?", gameDate);
        put(conditions, "game_date >= ?", from);
        put(conditions, "game_date <= ?", to);
        put(conditions, "id < ?", below);
        return conditions;
    }

    /** What was stored before its name became an alias has the name itself. */
    private static String[] withTarget(String name, Names.Known names) {
        return new String[] {name, names.processor(name)};
    }

    private static void put(Map<String, Object> conditions, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.put(condition, value);
        }
    }

    boolean includes(ReceiptView receipt) {
        return overtaken == null || overtaken != receipt.overtakenBy().isEmpty();
    }

    private void check() {
        if (gameDate != null && (from != null || to != null)) {
            throw refused("game_date", "contradiction", "either game_date, or from and to");
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw refused("to", "out_of_range", "must not be before " + from);
        }
    }

    private static Problem refused(String parameter, String code, String detail) {
        return Problem.refused(FieldError.parameter(parameter, code, detail));
    }

    /** What tells this selection from another, for a cursor that must not be used with another: 16 hexadecimal digits. */
    String fingerprint() {
        UUID digest = UUID.nameUUIDFromBytes(toString().getBytes(UTF_8));
        return "%016x".formatted(digest.getMostSignificantBits());
    }
}
