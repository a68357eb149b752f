package io.phaseledger.stream;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Reauthorization;
import io.phaseledger.access.Scope;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Names;
import io.phaseledger.ledger.Positions;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tells what is added to the ledger, as it is added: server-sent events. */
@Path("/v1/events")
@Tag(name = "Events")
class EventsResource {

    /** How soon a client that lost the connection comes again. */
    private static final long RECONNECT_MILLIS = 1000;

    private final Streams streams;
    private final Positions positions;
    private final Names names;
    private final Reauthorization readmission;
    private final CurrentVertxRequest current;

    EventsResource(
            Streams streams,
            Positions positions,
            Names names,
            Reauthorization readmission,
            CurrentVertxRequest current) {
        this.streams = streams;
        this.positions = positions;
        this.names = names;
        this.readmission = readmission;
        this.current = current;
    }

    @GET
    @Needs(Scope.READ)
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "streamEvents")
    public Multi<?> stream(
            @BeanParam EventsAsked asked,
            @Parameter(schema = @Schema(type = SchemaType.STRING)) @HeaderParam("Last-Event-ID") @Nullable
                    Long lastEventId,
            @Context Sse sse) {
        Head now = positions.head();
        EventFilter filter = asked.filter(names.at(now));
        Long after = lastEventId == null ? asked.after() : lastEventId;
        long head = now.position();
        Positions.checkKnown(lastEventId == null ? "after" : "Last-Event-ID", after, head);
        long begin = after == null ? head : after;
        if (HttpMethod.HEAD.equals(current.getCurrent().request().method())) {
            putHeaders(head);
            return Multi.createFrom().empty(); // No client would read a stream of its answer, and it would never end.
        }
        EventStream stream = streams.open(begin, filter, client(current.getCurrent()));
        putHeaders(head);
        Multi<OutboundSseEvent> told = Multi.createBy()
                .repeating()
                .uni(stream::next)
                .whilst(each -> !each.isLast())
                .onItem()
                .transformToIterable(each -> events(sse, each))
                .onTermination()
                .invoke(() -> streams.close(stream));
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(hello(sse, begin)), told);
    }

    private void putHeaders(long head) {
        current.getCurrent()
                .response()
                .putHeader("Ledger-Position", Long.toString(head))
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
    }

    private Client client(RoutingContext request) {
        return new Client(request.request().connection(), () -> readmission.isLetIn(request, Scope.READ));
    }

    private static OutboundSseEvent hello(Sse sse, long begin) {
        return sse.newEventBuilder()
                .id(Long.toString(begin))
                .reconnectDelay(RECONNECT_MILLIS)
                .comment("from here")
                .build();
    }

    private static List<OutboundSseEvent> events(Sse sse, EventBatch told) {
        Stream<OutboundSseEvent> events = told.events().stream().map(each -> event(sse, each));
        return (told.events().isEmpty() ? Stream.of(sign(sse, told)) : events).toList();
    }

    private static OutboundSseEvent event(Sse sse, EventBatch.Event event) {
        return sse.newEventBuilder()
                .id(Long.toString(event.position()))
                .name(event.type())
                .data(String.class, event.json())
                .build();
    }

    /** An id without data moves the client's Last-Event-ID over what its filters passed by, and is no event. */
    private static OutboundSseEvent sign(Sse sse, EventBatch told) {
        return sse.newEventBuilder()
                .id(Long.toString(told.position()))
                .comment(Objects.requireNonNullElse(told.ending(), "nothing new"))
                .build();
    }
}
