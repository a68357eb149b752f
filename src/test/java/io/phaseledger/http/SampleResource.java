package io.phaseledger.http;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.Separator;
import org.jspecify.annotations.Nullable;

/** A resource that exists for the tests of this package: it reads, answers and fails in each way. */
@Path("/sample")
public class SampleResource {

    record Answer(
            Instant evaluatedAt,
            LocalDate gameDate,
            Duration maxAge,
            BigDecimal share,
            RecordSample.Colour colour,
            Map<RecordSample.Colour, Integer> counts,
            @Nullable String nothing) {}

    record Unwritable(String text) {
        @Override
        public String text() {
            throw new IllegalStateException(text);
        }
    }

    /** Query parameters gathered in a record. */
    public record Window(
            @QueryParam("game_date_from") @Nullable LocalDate gameDateFrom,
            @QueryParam("game_date_to") @Nullable LocalDate gameDateTo,

            @QueryParam("limit") @DefaultValue("3") @Min(1) @Max(9)
            int limit,

            @QueryParam("colour") @Separator(",") Set<RecordSample.Colour> colour,
            @QueryParam("day") @Separator(",") List<LocalDate> day,

            @QueryParam("name") @Separator(",") @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
            List<String> name,

            @HeaderParam("Last-Position") @Nullable Long lastPosition) {}

    @POST
    @Needs(Scope.READ)
    @Consumes(MediaType.APPLICATION_JSON)
    public String read(RecordSample body) {
        return body.toString();
    }

    @GET
    @Needs(Scope.READ)
    public Answer answer() {
        var counts = new HashMap<RecordSample.Colour, Integer>();
        counts.put(RecordSample.Colour.DARK_BLUE, 1);
        return new Answer(
                Instant.parse("2026-02-02T11:00:00.123456789Z"),
                LocalDate.of(2026, 2, 2),
                Duration.ofHours(6),
                new BigDecimal("1.50E-7"),
                RecordSample.Colour.DARK_BLUE,
                counts,
                null);
    }

    @GET
    @Needs(Scope.READ)
    @Path("/asked")
    @Produces("text/csv")
    public String asked(
            @QueryParam("within") @Nullable Duration within,
            @QueryParam("as_of") @Nullable Instant asOf,
            @QueryParam("all") @DefaultValue("false") boolean all,
            @QueryParam("status") List<String> status,
            @BeanParam Window window) {
        return Stream.of(within, asOf, all, status, window).map(String::valueOf).collect(Collectors.joining(" "));
    }

    @GET
    @Needs(Scope.READ)
    @Path("/dates/{date}")
    public String date(@PathParam("date") LocalDate date, @QueryParam("min_records") @NotNull Long minRecords) {
        return date + " " + minRecords;
    }

    @PUT
    @Needs(Scope.READ)
    @Path("/bound")
    @Consumes(MediaType.APPLICATION_JSON)
    public String bound(RecordSample.Part part) {
        return part.toString();
    }

    @POST
    @Needs(Scope.READ)
    @Path("/streamed")
    @Consumes(MediaType.APPLICATION_JSON)
    public long streamed(InputStream body) throws IOException {
        return body.transferTo(OutputStream.nullOutputStream());
    }

    @GET
    @Needs(Scope.READ)
    @Path("/problem")
    public String problem() {
        throw Problem.of(409, "conflict", "It is already there.")
                .with("original", Map.of("id", 1))
                .retryAfter(Duration.ofMillis(1500));
    }

    @GET
    @Needs(Scope.READ)
    @Path("/fault")
    public String fault() {
        throw new IllegalStateException("a secret");
    }

    @GET
    @Needs(Scope.READ)
    @Path("/unwritable")
    public Object unwritable() {
        return new Unwritable("a secret");
    }

    @GET
    @Needs(Scope.READ)
    @Path("/database/{state}")
    public String database(@PathParam("state") String state) {
        throw new IllegalStateException(new SQLException("a secret", state));
    }
}
