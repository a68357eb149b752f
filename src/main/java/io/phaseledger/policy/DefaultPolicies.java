package io.phaseledger.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * The pipeline's own policies and aliases, put into an empty ledger so that the first question has an answer. A ledger that
 * an earlier version filled gets what is new of the policies that were left as they came.
 */
@ApplicationScoped
class DefaultPolicies {

    private static final Logger LOG = Logger.getLogger(DefaultPolicies.class);

    private static final String SHIPPED = "shipped/policies.json";

    /** What earlier versions came with. */
    private static final List<String> EARLIER = List.of("shipped/policies-1.json");

    private final Json json;
    private final Positions positions;
    private final Policies policies;
    private final PolicyRegister register;
    private final Aliases aliases;

    DefaultPolicies(Json json, Positions positions, Policies policies, PolicyRegister register, Aliases aliases) {
        this.json = json;
        this.positions = positions;
        this.policies = policies;
        this.register = register;
        this.aliases = aliases;
    }

    /** All or nothing, under the lock: of two instances that start together one does it. */
    @Transactional
    void load(@Observes @Priority(1) StartupEvent event) {
        Head head = positions.lock();
        if (head.position() > 0) {
            renew(policies.at(head), head.nextLearnedAt());
            return;
        }
        JsonNode shipped = read(SHIPPED);
        shipped.properties()
                .forEach(each -> register.put(PolicyPut.of(each.getKey(), definition(each.getValue())), null));
        read("shipped/aliases.json")
                .properties()
                .forEach(kind -> kind.getValue()
                        .properties()
                        .forEach(alias -> aliases.set(
                                EnumNames.constant(Alias.Kind.class, kind.getKey()),
                                alias.getKey(),
                                alias.getValue().asText())));
        LOG.infof("The ledger was empty; it has the pipeline's %d policies now", shipped.size());
    }

    /** From now on; what an operator has changed, or the clock will, is left alone. */
    private void renew(PolicyBook book, Instant now) {
        List<JsonNode> earlier = EARLIER.stream().map(this::read).toList();
        for (var each : read(SHIPPED).properties()) {
            PolicyDefinition shipped = definition(each.getValue()).alone();
            boolean isAsItCame = book.latest(each.getKey())
                    .filter(latest -> !latest.effectiveFrom().isAfter(now))
                    .filter(latest -> !latest.definition().equals(shipped))
                    .filter(latest -> earlier.stream()
                            .map(all -> all.path(each.getKey()))
                            .anyMatch(one ->
                                    one.isObject() && definition(one).alone().equals(latest.definition())))
                    .isPresent();
            if (isAsItCame
                    && new UpstreamGraph(book, now)
                            .faults(each.getKey(), shipped)
                            .isEmpty()) {
                register.put(PolicyPut.of(each.getKey(), shipped), null);
                LOG.infof(
                        "The policy %s was as an earlier version came with it; it has a new version now",
                        each.getKey());
            }
        }
    }

    private PolicyDefinition definition(JsonNode policy) {
        return json.read(policy, PolicyDefinition.class);
    }

    private JsonNode read(String resource) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return json.tree(Objects.requireNonNull(in, resource).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
