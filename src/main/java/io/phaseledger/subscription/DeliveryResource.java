package io.phaseledger.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.access.Caller;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.database.DatabaseClock;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Positions;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a subscription was told and is owed. */
@Path("/v1/subscriptions/{id}")
@Tag(name = "Subscriptions")
@Produces(MediaType.APPLICATION_JSON)
class DeliveryResource {

    private final Json json;
    private final Subscriptions subscriptions;
    private final DeliveryTable table;
    private final Channels channels;
    private final Messages messages;
    private final Positions positions;
    private final DatabaseClock clock;
    private final Caller caller;

    DeliveryResource(
            Json json,
            Subscriptions subscriptions,
            DeliveryTable table,
            Channels channels,
            Messages messages,
            Positions positions,
            DatabaseClock clock,
            Caller caller) {
        this.json = json;
        this.subscriptions = subscriptions;
        this.table = table;
        this.channels = channels;
        this.messages = messages;
        this.positions = positions;
        this.clock = clock;
        this.caller = caller;
    }

    @GET
    @Path("/deliveries")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "listDeliveries")
    public DeliveryList deliveries(
            @PathParam("id") String id,
            @QueryParam("status") Delivery.@Nullable DeliveryStatus status,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @PositiveOrZero @Nullable Long cursor) {
        long below = cursor == null ? Long.MAX_VALUE : cursor;
        List<Delivery> page =
                table.page(subscriptions.known(id), below, status == null ? null : EnumNames.of(status), limit);
        return new DeliveryList(
                page,
                page.size() < limit
                        ? null
                        : Long.toString(page.get(page.size() - 1).id()));
    }

    @POST
    @Path("/replay")
    @Needs(Scope.OPERATE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "replayDeliveries")
    public Replayed replay(@PathParam("id") String id, @RequestBody(ref = "Replay") Replay asked) {
        long last = asked.toSequence() == null ? Long.MAX_VALUE : asked.toSequence();
        if (last < asked.fromSequence()) {
            throw Problem.refused(
                    FieldError.at("/to_sequence", "out_of_range", "must not be before " + asked.fromSequence()));
        }
        return new Replayed(subscriptions.replay(id, asked.fromSequence(), last));
    }

    @POST
    @Path("/test")
    @Needs(Scope.OPERATE)
    @Blocking
    @Operation(operationId = "testSubscription")
    public Uni<Tested> test(@PathParam("id") String id) {
        Target target = subscriptions.target(id);
        Instant now = clock.now();
        JsonNode data = json.mapper()
                .createObjectNode()
                .put("subscription", target.subscription().toString())
                .put("asked_by", caller.principal().name());
        Message message = messages.test("test:" + UUID.randomUUID(), now, positions.headView(), data);
        long started = System.nanoTime();
        return Uni.createFrom()
                .completionStage(() -> channels.call(target, message))
                .map(attempt -> Tested.of(message, attempt, Duration.ofNanos(System.nanoTime() - started)));
    }

    /** Deliveries, newest first. */
    @Schema(name = "DeliveryList")
    record DeliveryList(List<Delivery> items, @Nullable String nextCursor) {}

    /** What shall be told again. */
    @Schema(additionalProperties = Schema.False.class)
    record Replay(
            @NotNull @PositiveOrZero Long fromSequence,
            @PositiveOrZero @Nullable Long toSequence) {}

    /** How much is told again. */
    @Schema(name = "Replayed")
    record Replayed(int replayed) {}

    /** What became of a test. */
    @Schema(name = "Tested")
    record Tested(
            boolean delivered,
            String eventId,
            @Nullable Integer code,
            @Nullable String response,
            @Nullable String error,
            double seconds) {

        static Tested of(Message message, Attempt attempt, Duration took) {
            return new Tested(
                    attempt.outcome() == Attempt.Outcome.DELIVERED,
                    message.id(),
                    attempt.code(),
                    attempt.response(),
                    attempt.error(),
                    took.toMillis() / 1000.0);
        }
    }
}
