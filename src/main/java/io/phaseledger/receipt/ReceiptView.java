package io.phaseledger.receipt;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Code;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.State;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A receipt, as it is shown. */
@Schema(name = "Receipt")
record ReceiptView(
        UUID id,
        String consumer,
        String reportedConsumer,
        String principal,
        String policy,
        int policyVersion,
        LocalDate gameDate,
        String etag,

        Mode mode,
        @Nullable Duration within,
        @Nullable Applies applies,
        State state,
        List<Code> reasons,
        @Nullable BigDecimal dataAgeSeconds,
        List<UUID> completionIds,
        Instant asOf,
        long position,
        String rowHash,
        Instant insertedAt,
        List<Overtaking> overtakenBy) {

    /** Without what overtook it. */
    static ReceiptView read(ResultSet row) throws SQLException {
        String within = row.getString("within");
        String applies = row.getString("applies");
        return new ReceiptView(
                row.getObject("id", UUID.class),
                row.getString("consumer"),
                row.getString("reported_consumer"),
                row.getString("principal"),
                row.getString("policy"),
                row.getInt("policy_version"),
                row.getObject("game_date", LocalDate.class),
                "W/\"" + row.getString("etag") + "\"",
                EnumNames.constant(Mode.class, row.getString("mode")),
                within == null ? null : Duration.parse(within),
                applies == null ? null : EnumNames.constant(Applies.class, applies),
                EnumNames.constant(State.class, row.getString("state")),
                Arrays.stream(Statements.texts(row, "reasons"))
                        .map(code -> EnumNames.constant(Code.class, code))
                        .toList(),
                row.getBigDecimal("data_age_seconds"),
                List.of((UUID[]) row.getArray("completion_ids").getArray()),
                Objects.requireNonNull(Statements.instant(row, "as_of")),
                row.getLong("position"),
                row.getString("row_hash"),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")),
                List.of());
    }

    ReceiptView overtakenBy(List<Overtaking> rows) {
        return new ReceiptView(
                id,
                consumer,
                reportedConsumer,
                principal,
                policy,
                policyVersion,
                gameDate,
                etag,
                mode,
                within,
                applies,
                state,
                reasons,
                dataAgeSeconds,
                completionIds,
                asOf,
                position,
                rowHash,
                insertedAt,
                rows);
    }
}
