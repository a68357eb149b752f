package io.phaseledger.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.Head;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;

/** All versions of all policies, kept in memory; only those that are new are read. */
@ApplicationScoped
public class Policies implements PanacheRepositoryBase<PolicyVersionRow, Long> {

    private final Json json;
    private volatile PolicyBook book = new PolicyBook(0, List.of());

    Policies(Json json) {
        this.json = json;
    }

    /** A book that holds at least the versions up to this head. */
    @Transactional
    public PolicyBook at(Head head) {
        PolicyBook kept = book;
        return kept.covers(head.policyPosition()) ? kept : readOn(head.policyPosition());
    }

    private synchronized PolicyBook readOn(long policyPosition) {
        if (book.covers(policyPosition)) {
            return book;
        }
        List<PolicyVersion> all = new ArrayList<>(book.all());
        long newest = all.stream().mapToLong(PolicyVersion::position).max().orElse(0);
        list("position > ?1 and position <= ?2 order by position", newest, policyPosition)
                .forEach(row -> all.add(PolicyVersion.of(row, definition(row))));
        book = new PolicyBook(policyPosition, all);
        return book;
    }

    private PolicyDefinition definition(PolicyVersionRow row) {
        try {
            return json.mapper().readValue(row.definition, PolicyDefinition.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("version " + row.version + " of " + row.name + " cannot be read", e);
        }
    }

    String text(PolicyDefinition definition) {
        try {
            return json.mapper().writeValueAsString(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition that was read can be written", e);
        }
    }
}
