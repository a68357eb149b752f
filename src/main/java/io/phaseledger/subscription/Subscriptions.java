package io.phaseledger.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.access.Principal;
import io.phaseledger.database.DatabaseClock;
import io.phaseledger.feed.SinkCursors;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Ids;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes subscriptions, changes them and takes them away. */
@ApplicationScoped
public class Subscriptions {

    /** No principal can be called so. */
    private static final String CONFIGURATION = "configuration:";

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final SubscriptionTable table;
    private final DeliveryTable deliveries;
    private final SinkCursors cursors;
    private final Positions positions;
    private final Channels channels;
    private final DatabaseClock clock;
    private final SubscriptionConfig config;
    private final Json json;
    private final Event<DeliveryTable.MoreIsOwed> events;

    Subscriptions(
            SubscriptionTable table,
            DeliveryTable deliveries,
            SinkCursors cursors,
            Positions positions,
            Channels channels,
            DatabaseClock clock,
            SubscriptionConfig config,
            Json json,
            Event<DeliveryTable.MoreIsOwed> events) {
        this.table = table;
        this.deliveries = deliveries;
        this.cursors = cursors;
        this.positions = positions;
        this.channels = channels;
        this.clock = clock;
        this.config = config;
        this.json = json;
        this.events = events;
    }

    /** All that is no news to most, and told to some subscribers. */
    @Transactional
    public Set<Include> included() {
        Set<Include> included = EnumSet.noneOf(Include.class);
        table.kept().forEach(each -> included.addAll(each.interest().include()));
        return included;
    }

    /** Sees to it that there is a subscription for each of these, from now on, and for no others that were ordered before. */
    @Transactional
    public void keep(List<ConfiguredSubscription> orders) {
        Map<UUID, SubscriptionRow> before =
                table.createdBy(CONFIGURATION).stream().collect(Collectors.toMap(row -> row.id, row -> row));
        if (orders.isEmpty() && before.isEmpty()) {
            return;
        }
        cursors.hold(FanOut.NAME);
        Instant now = clock.now();
        for (ConfiguredSubscription order : orders) {
            SubscriptionRow row = before.remove(order.id());
            if (row == null) {
                table.save(fresh(order.id(), order.definition(), CONFIGURATION, now));
            } else if (row.deletedAt != null) {
                table.restore(row.id, positions.head().position());
            }
        }
        before.values().stream().filter(row -> row.deletedAt == null).forEach(row -> table.delete(row.id, now));
    }

    /**
     * Makes one that begins at the head of the ledger: what is recorded after it is told.
     *
     * @throws Problem 422 with all that is wrong
     */
    @Transactional
    SubscriptionView create(SubscriptionDefinition asked, Principal by) {
        asked.check();
        cursors.hold(FanOut.NAME);
        Instant now = clock.now();
        SubscriptionRow row = fresh(ids.generate(), asked, by.name(), now);
        checkTarget(row, now);
        table.save(row);
        return SubscriptionView.of(row, Backlog.NONE, row.secret);
    }

    /** One that begins at the head. */
    private SubscriptionRow fresh(UUID id, SubscriptionDefinition asked, String by, Instant now) {
        SubscriptionRow row = new SubscriptionRow();
        row.id = id;
        row.definition = asked.kept();
        if (asked.url() != null) {
            row.secret = asked.secret() == null ? Secrets.generate() : asked.secret();
        }
        row.enabled = true;
        if (!asked.isEnabled()) {
            row.disable(SubscriptionRow.Disabled.BY_REQUEST, now);
        }
        row.createdAt = now;
        row.createdBy = by;
        row.updatedAt = now;
        row.startedAfter = positions.head().position();
        return row;
    }

    private void checkTarget(SubscriptionRow row, Instant now) {
        channels.objection(row.target(now)).ifPresent(why -> {
            throw Problem.refused(
                    FieldError.at(row.definition.url() == null ? "/pubsub_topic" : "/url", "unreachable_target", why));
        });
    }

    /**
     * Changes what is given and leaves the rest as it is (a JSON merge patch, RFC 7396).
     *
     * @throws Problem 404, or 422 with all that is wrong
     */
    @Transactional
    SubscriptionView change(String id, ObjectNode patch) {
        DeliveryTable.Resume resume = json.take(patch, "resume", DeliveryTable.Resume.class);
        checkAlone(patch);
        // The order in which the fan-out takes them, too.
        cursors.hold(FanOut.NAME);
        SubscriptionRow row = held(id);
        SubscriptionDefinition asked = json.read(merged(row, patch), SubscriptionDefinition.class);
        asked.check();
        Instant now = clock.now();
        row.definition = asked.kept();
        @Nullable String shown = changeSecret(row, asked, now);
        boolean wasEnabled = row.enabled;
        if (wasEnabled && !asked.isEnabled()) {
            row.disable(SubscriptionRow.Disabled.BY_REQUEST, now);
        } else if (!wasEnabled && asked.isEnabled()) {
            row.enable();
        }
        if (resume != null && !row.enabled) {
            throw Problem.refused(
                    FieldError.at("/resume", "contradiction", "only one that is enabled goes on; enable it with this"));
        }
        row.updatedAt = now;
        checkTarget(row, now);
        table.save(row);
        if (row.enabled && (!wasEnabled || resume != null)) {
            deliveries.resume(row.id, resume == null ? DeliveryTable.Resume.FROM : resume);
            events.fire(new DeliveryTable.MoreIsOwed());
        }
        return SubscriptionView.of(row, backlog(row), shown);
    }

    /** What is wrong whatever it is applied to; asked before whether there is anything to apply it to. */
    private void checkAlone(ObjectNode patch) {
        JsonNode whole = json.mapper()
                .createObjectNode()
                .<ObjectNode>set("events", someEvents())
                .setAll(patch);
        SubscriptionDefinition unused = json.read(whole, SubscriptionDefinition.class, List.of("resume"));
    }

    private JsonNode someEvents() {
        return json.mapper().createArrayNode().add(EventName.READINESS);
    }

    /** The secret apart, which stays where nothing is said of it. */
    private JsonNode merged(SubscriptionRow row, ObjectNode patch) {
        ObjectNode merged = json.mapper().valueToTree(row.definition);
        merged.put("enabled", row.enabled);
        merged.setAll(patch);
        return merged;
    }

    /** The one before signs too for a while, so that the receiver may change at its leisure. */
    private @Nullable String changeSecret(SubscriptionRow row, SubscriptionDefinition asked, Instant now) {
        if (row.definition.url() == null) {
            row.secret = null;
            row.previousSecret = null;
            row.previousSecretUntil = null;
            return null;
        }
        if (row.secret != null && (asked.secret() == null || asked.secret().equals(row.secret))) {
            return null;
        }
        if (row.secret != null) {
            row.previousSecret = row.secret;
            row.previousSecretUntil = now.plus(config.secretOverlap());
        }
        row.secret = asked.secret() == null ? Secrets.generate() : asked.secret();
        return row.secret;
    }

    /** It is told nothing more, and its secrets are forgotten. Taken away again, it is unknown. */
    @Transactional
    void delete(String id) {
        table.delete(held(id).id, clock.now());
    }

    @Transactional
    SubscriptionView get(String id) {
        SubscriptionRow row = existing(id);
        return SubscriptionView.of(row, backlog(row), null);
    }

    /** Newest first. */
    @Transactional
    List<SubscriptionView> all() {
        List<SubscriptionRow> rows = table.kept();
        Map<UUID, Backlog> backlogs = deliveries.backlogs(ids(rows));
        return rows.stream()
                .map(row -> SubscriptionView.of(row, backlogs.getOrDefault(row.id, Backlog.NONE), null))
                .toList();
    }

    private static Collection<UUID> ids(List<SubscriptionRow> rows) {
        return rows.stream().map(row -> row.id).toList();
    }

    /**
     * Owes again what was owed before.
     *
     * @return how many calls
     */
    @Transactional
    int replay(String id, long first, long last) {
        SubscriptionRow row = held(id);
        int replayed = deliveries.replay(row.id, first, last);
        if (row.enabled) {
            events.fire(new DeliveryTable.MoreIsOwed());
        }
        return replayed;
    }

    /** Where it leads now. */
    @Transactional
    Target target(String id) {
        return existing(id).target(clock.now());
    }

    /** The id of one that is there. */
    @Transactional
    UUID known(String id) {
        return existing(id).id;
    }

    private Backlog backlog(SubscriptionRow row) {
        return deliveries.backlogs(List.of(row.id)).getOrDefault(row.id, Backlog.NONE);
    }

    private SubscriptionRow existing(String id) {
        return Ids.parse(id).flatMap(table::kept).orElseThrow(() -> unknown(id));
    }

    private SubscriptionRow held(String id) {
        return Ids.parse(id).flatMap(table::held).orElseThrow(() -> unknown(id));
    }

    private static Problem unknown(String id) {
        return Problem.of(404, "unknown_subscription", "there is no subscription " + id);
    }
}
