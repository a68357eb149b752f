package io.phaseledger.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.access.Caller;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.database.DatabaseClock;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Positions;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a subscription was told and is owed. */
@Path("/v1/subscriptions/{id}")
@Tag(name = "Subscriptions")
@Produces(MediaType.APPLICATION_JSON)
class DeliveryResource {

    private static final int LONGEST_PAGE = 1000;
    private static final int USUAL_PAGE = 100;

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
    @Operation(
            operationId = "listDeliveries",
            summary = "What a subscription was told and is owed",
            description = "Newest first, each with what became of its last attempt.")
    @APIResponse(responseCode = "200", ref = "Deliveries")
    @APIResponse(responseCode = "404", ref = "UnknownSubscription")
    @APIResponse(responseCode = "422", ref = "DeliveriesRefused")
    public DeliveryList deliveries(
            @Parameter(description = SubscriptionResource.ID, example = SubscriptionResource.EXAMPLE) @PathParam("id")
                    String id,
            @Parameter(
                            description = "Only those in this state.",
                            schema = @Schema(implementation = DeliveryStatus.class),
                            example = "dead")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Parameter(
                            description = "At most so many, 1 to 1000.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(
                            description = "next_cursor of the page before.",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"),
                            example = "17")
                    @QueryParam("cursor")
                    @Nullable
                    String cursor) {
        DeliveryStatus wanted = status == null ? null : Parameters.oneOf("status", status, DeliveryStatus.class);
        int most = limit == null ? USUAL_PAGE : Parameters.integer("limit", limit, 1, LONGEST_PAGE);
        long below = cursor == null ? Long.MAX_VALUE : Parameters.position("cursor", cursor);
        List<Delivery> page = table.page(subscriptions.known(id), below, wanted == null ? null : wanted.word(), most);
        return new DeliveryList(
                page,
                page.size() < most
                        ? null
                        : Long.toString(page.get(page.size() - 1).id()));
    }

    @POST
    @Path("/replay")
    @Needs(Scope.OPERATE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "replayDeliveries", summary = "Tell again", description = """
                    Owes again what was told, given up or skipped between two sequences, with the ids that it had. They come before
                    what is owed already.""")
    @APIResponse(responseCode = "200", ref = "Replayed")
    @APIResponse(responseCode = "404", ref = "UnknownSubscription")
    @APIResponse(responseCode = "422", ref = "ReplayRefused")
    public Replayed replay(
            @Parameter(description = SubscriptionResource.ID, example = SubscriptionResource.EXAMPLE) @PathParam("id")
                    String id,
            @RequestBody(ref = "Replay") byte[] body) {
        Replay asked = json.read(body, Replay.class);
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
    @Operation(operationId = "testSubscription", summary = "Try a subscription", description = """
                    Sends an event of the type io.phaseledger.test at once, enabled or not, and answers what became of it. It is not
                    tried again, and has no part in the sequence.""")
    @APIResponse(responseCode = "200", ref = "Tested")
    @APIResponse(responseCode = "404", ref = "UnknownSubscription")
    public Uni<Tested> test(
            @Parameter(description = SubscriptionResource.ID, example = SubscriptionResource.EXAMPLE) @PathParam("id")
                    String id) {
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
    @Schema(name = "DeliveryList", description = "Deliveries, newest first.")
    record DeliveryList(
            @Schema(description = "At most as many as were asked for.")
            List<Delivery> items,

            @Schema(description = "Where the next page begins; null at the end.", examples = "17") @Nullable
            String nextCursor) {}

    /** What shall be told again. */
    @Schema(additionalProperties = Schema.False.class, description = "What shall be told again.")
    record Replay(
            @Schema(description = "The first sequence.", examples = "1234") @NotNull @PositiveOrZero
            Long fromSequence,

            @Schema(description = "The last, itself included; left out, all from the first on.", examples = "1240")
            @PositiveOrZero
            @Nullable
            Long toSequence) {}

    /** How much is told again. */
    @Schema(name = "Replayed", description = "How much is told again.")
    record Replayed(
            @Schema(description = "How many deliveries.", examples = "3")
            int replayed) {}

    /** What became of a test. */
    @Schema(name = "Tested", description = "What became of a test.")
    record Tested(
            @Schema(description = "Whether it was taken.") boolean delivered,

            @Schema(description = "The id of the event.", examples = "test:4f6a…")
            String eventId,

            @Schema(description = "The HTTP status that came.", examples = "204") @Nullable
            Integer code,

            @Schema(description = "The first 500 bytes of what came with it.") @Nullable
            String response,

            @Schema(description = "Why it failed.") @Nullable
            String error,

            @Schema(description = "How long it took.", examples = "0.021")
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
