package io.phaseledger.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.Positions;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jboss.logging.Logger;

/** The pipeline's own policies and aliases, put into an empty ledger so that the first question has an answer. */
@ApplicationScoped
class DefaultPolicies {

    private static final Logger LOG = Logger.getLogger(DefaultPolicies.class);

    private final Json json;
    private final Positions positions;
    private final PolicyRegister register;
    private final Aliases aliases;

    DefaultPolicies(Json json, Positions positions, PolicyRegister register, Aliases aliases) {
        this.json = json;
        this.positions = positions;
        this.register = register;
        this.aliases = aliases;
    }

    /** All or nothing, under the lock: of two instances that start together one does it. */
    @Transactional
    void load(@Observes @Priority(1) StartupEvent event) {
        if (positions.lock().position() > 0) {
            return;
        }
        JsonNode policies = read("shipped/policies.json");
        policies.properties().forEach(each -> put(each.getKey(), each.getValue()));
        read("shipped/aliases.json")
                .properties()
                .forEach(kind -> kind.getValue()
                        .properties()
                        .forEach(alias -> aliases.set(
                                EnumNames.constant(Alias.Kind.class, kind.getKey()),
                                alias.getKey(),
                                alias.getValue().asText())));
        LOG.infof("The ledger was empty; it has the pipeline's %d policies now", policies.size());
    }

    private void put(String name, JsonNode policy) {
        register.put(PolicyPut.of(name, json.read(policy, PolicyDefinition.class)), null);
    }

    private JsonNode read(String resource) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return json.tree(Objects.requireNonNull(in, resource).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
