package io.phaseledger.gate;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.GameDates;
import io.phaseledger.readiness.Expectation;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Numbers;
import io.phaseledger.readiness.Timeliness;
import io.phaseledger.readiness.Verdict;
import io.phaseledger.timeliness.Landed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tells when a policy was ready for dates. */
@Path("/v1/landings")
@Tag(name = "Ask")
@Produces(MediaType.APPLICATION_JSON)
class LandingsResource {

    private final Gate gate;

    LandingsResource(Gate gate) {
        this.gate = gate;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listLandings")
    public Response list(
            @QueryParam("policy") @NotNull String policy,
            @QueryParam("from") @NotNull LocalDate from,
            @QueryParam("to") @NotNull LocalDate to,
            @QueryParam("as_of") @Nullable Instant asOf,
            @QueryParam("position") @PositiveOrZero @Nullable Long position) {
        List<LocalDate> dates = GameDates.between(from, to, (code, detail) -> FieldError.parameter("to", code, detail));
        Gathered gathered = gate.gather(
                new AsKnown(asOf, position, null, false),
                snapshot -> List.of(new Subject(snapshot.policy(policy), dates)));
        List<Verdict> verdicts = gathered.verdicts(gathered.subjects().get(0), Mode.LIVE);
        ZoneId zone = gathered.subjects().get(0).policy().policy().zone();
        List<LandingView> items = gate.landed(gathered, verdicts).stream()
                .map(each -> LandingView.of(each, gathered.evidence().units(each.gameDate())))
                .toList();
        return Response.ok(LandingList.of(policy, zone, items))
                .header("Ledger-Position", gathered.snapshot().position())
                .build();
    }

    /** When a policy was ready, date by date and in the usual case. */
    @Schema
    record LandingList(
            String policy,
            String timeZone,
            int landed,
            @Nullable LandingTime p50,
            @Nullable LandingTime p95,
            List<LandingView> items) {

        static LandingList of(String policy, ZoneId zone, List<LandingView> items) {
            List<Duration> landed =
                    items.stream().flatMap(each -> each.sinceMidnight(zone)).toList();
            return new LandingList(
                    policy,
                    zone.getId(),
                    landed.size(),
                    Expectation.median(landed).map(LandingTime::of).orElse(null),
                    Expectation.p95(landed).map(LandingTime::of).orElse(null),
                    items);
        }
    }

    /** A time of day, and how many days after the game date. */
    @Schema
    record LandingTime(
            int dayOffset,
            @Schema(implementation = String.class) String localTime) {

        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

        static LandingTime of(Duration sinceMidnight) {
            long days = sinceMidnight.toDays();
            LocalTime time = LocalTime.MIDNIGHT.plus(sinceMidnight.minusDays(days));
            return new LandingTime((int) days, TIME.format(time));
        }
    }

    /** When a policy was ready for a date. */
    @Schema
    record LandingView(
            LocalDate gameDate,
            DayOfWeek weekday,
            @Nullable Integer units,
            @Nullable Instant dueAt,
            @Nullable Instant landedAt,
            @Nullable BigDecimal lateBySeconds,
            Timeliness.@Nullable State state,
            boolean reportedLate) {

        static LandingView of(Landed landed, OptionalInt units) {
            Timeliness timeliness = landed.timeliness();
            return new LandingView(
                    landed.gameDate(),
                    landed.gameDate().getDayOfWeek(),
                    units.isPresent() ? units.getAsInt() : null,
                    timeliness == null ? null : timeliness.dueAt(),
                    landed.landedAt(),
                    timeliness == null || timeliness.late() == null ? null : Numbers.seconds(timeliness.late()),
                    timeliness == null ? null : timeliness.state(),
                    timeliness != null && timeliness.reportedLate());
        }

        /** None on a date without work. */
        private Stream<Duration> sinceMidnight(ZoneId zone) {
            return landedAt == null || (units != null && units == 0)
                    ? Stream.empty()
                    : Stream.of(Expectation.sinceMidnight(gameDate, landedAt, zone));
        }
    }
}
