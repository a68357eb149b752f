package io.phaseledger.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.phaseledger.feed.Entry;
import io.phaseledger.feed.EntryBodies;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.HeadView;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts what is told into words: CloudEvents 1.0 in JSON. */
@ApplicationScoped
class Messages {

    /** Before the names of our events. */
    static final String TYPE = "io.phaseledger.";

    private final EntryBodies bodies;
    private final Json json;
    private final SubscriptionConfig config;
    private final JsonFormat format = new JsonFormat();

    Messages(EntryBodies bodies, Json json, SubscriptionConfig config) {
        this.bodies = bodies;
        this.json = json;
        this.config = config;
    }

    /** A message for each delivery, in their order. */
    List<Message> of(List<Delivery> deliveries) {
        Map<Long, Object> said = bodies.at(deliveries.stream()
                .collect(Collectors.toMap(
                        Delivery::sequence, each -> EventName.type(each.event()), (one, same) -> one)));
        return deliveries.stream()
                .map(each -> of(each, Objects.requireNonNull(said.get(each.sequence()))))
                .toList();
    }

    private Message of(Delivery delivery, Object body) {
        JsonNode data = json.tree(json.bytes(body));
        return message(
                delivery.eventId(),
                delivery.event(),
                delivery.sequence(),
                delivery.ledgerHash(),
                delivery.previousSequence(),
                at(data, delivery.createdAt()),
                subject(EventName.type(delivery.event()), data),
                data);
    }

    /** One that tells of nothing, to try a subscription. */
    Message test(String id, Instant now, HeadView head, JsonNode data) {
        return message(id, "test", head.position(), head.hash(), null, now, "test", data);
    }

    private Message message(
            String id,
            String event,
            long sequence,
            String ledgerHash,
            @Nullable Long previous,
            Instant at,
            String subject,
            JsonNode data) {
        CloudEventBuilder builder = CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create(config.source()))
                .withType(TYPE + event)
                .withSubject(subject)
                .withTime(at.atOffset(ZoneOffset.UTC))
                .withData("application/json", JsonCloudEventData.wrap(data))
                .withExtension("sequence", integer(sequence))
                .withExtension("ledgerhash", ledgerHash);
        CloudEvent told =
                (previous == null ? builder : builder.withExtension("previoussequence", integer(previous))).build();
        return new Message(
                id,
                event,
                sequence,
                ledgerHash,
                previous,
                at,
                subject,
                data,
                new String(format.serialize(told), StandardCharsets.UTF_8));
    }

    /** As a number: the SDK writes those of 64 bits as text, for CloudEvents knows 32. */
    private static Integer integer(long position) {
        return Math.toIntExact(position);
    }

    private static Instant at(JsonNode data, Instant otherwise) {
        String at = data.path("inserted_at").asText("");
        return at.isEmpty() ? otherwise : Instant.parse(at);
    }

    private static String subject(Entry.Type type, JsonNode data) {
        Stream<String> fields = switch (type) {
            case COMPLETION, RETRACTION -> Stream.of("phase", "game_date", "processor_name");
            case SLATE -> Stream.of("game_date");
            case POLICY -> Stream.of("name");
            case READINESS -> Stream.of("policy", "game_date");
        };
        return fields.map(field -> segment(data.path(field).asText())).collect(Collectors.joining("/"));
    }

    /** A name may hold a slash, which must not look like the end of it. */
    private static String segment(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }
}
