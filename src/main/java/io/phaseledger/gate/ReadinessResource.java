package io.phaseledger.gate;

import io.phaseledger.access.Caller;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Dates;
import io.phaseledger.http.Json;
import io.phaseledger.receipt.Receipts;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers whether a policy's work for a date may begin. */
@Path("/v1/readiness")
@Tag(name = "Ask")
@Produces(MediaType.APPLICATION_JSON)
class ReadinessResource {

    private final Json json;
    private final Gate gate;
    private final Waiters waiters;
    private final GateMetrics metrics;
    private final Receipts receipts;
    private final Caller caller;
    private final CurrentVertxRequest current;

    ReadinessResource(
            Json json,
            Gate gate,
            Waiters waiters,
            GateMetrics metrics,
            Receipts receipts,
            Caller caller,
            CurrentVertxRequest current) {
        this.json = json;
        this.gate = gate;
        this.waiters = waiters;
        this.metrics = metrics;
        this.receipts = receipts;
        this.caller = caller;
        this.current = current;
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{policy}/{game_date}")
    @Operation(operationId = "askReadiness")
    @Parameter(name = "If-None-Match", in = ParameterIn.HEADER, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, schema = @Schema(type = SchemaType.STRING))
    public Uni<Response> ask(
            @PathParam("policy") String name,
            @PathParam("game_date") String gameDate,
            @BeanParam Ask ask,
            @Context HttpHeaders headers) {
        LocalDate date = gameDate.equals("today") ? null : Dates.parse("game_date", gameDate);
        Inquiry inquiry = new Inquiry(name, date, ask.mode(), ask.within(), ask.applies());
        Reply reply = new Reply(ask.expect() != null, KnownTags.of(headers), WaitPreference.of(ask, headers));
        Uni<Answer> answer = ask.asOf() == null && ask.position() == null
                ? await(inquiry, reply, ask)
                : lookBack(inquiry, new AsKnown(ask.asOf(), ask.position(), ask.atLeast(), false));
        return answer.invoke(metrics::answered).map(found -> reply.to(found, json));
    }

    private Uni<Answer> await(Inquiry inquiry, Reply reply, Ask ask) {
        Waiter.Who who = new Waiter.Who(ask.consumer(), caller.principal().name(), Instant.now());
        Waiter waiter = waiters.await(inquiry, reply, ask.atLeast(), who);
        if (!reply.preference().isNone()) {
            current.getCurrent().addEndHandler(end -> waiters.leave(inquiry, waiter));
        }
        Uni<Answer> answer = Uni.createFrom().completionStage(waiter.answer());
        String consumer = ask.consumer();
        return consumer == null ? answer : answer.chain(found -> receipted(found, consumer, who.principal()));
    }

    private Uni<Answer> receipted(Answer found, String consumer, String principal) {
        return receipts.receiptFor(found.givenTo(consumer, principal))
                .map(id -> found.with(ReceiptNote.of(consumer, id.orElse(null))));
    }

    /** As things were then, for this caller alone. */
    private Uni<Answer> lookBack(Inquiry inquiry, AsKnown when) {
        return Uni.createFrom()
                .item(() -> gate.answer(inquiry, when))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
