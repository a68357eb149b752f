package io.phaseledger.feed;

import io.phaseledger.ledger.CompletionTable;
import io.phaseledger.policy.Policies;
import io.phaseledger.policy.SlateTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What entries say in full, as it is shown where each can be asked for. */
@ApplicationScoped
public class EntryBodies {

    private final CompletionTable completions;
    private final Policies policies;
    private final SlateTable slates;
    private final ReadinessChanges changes;

    EntryBodies(CompletionTable completions, Policies policies, SlateTable slates, ReadinessChanges changes) {
        this.completions = completions;
        this.policies = policies;
        this.slates = slates;
        this.changes = changes;
    }

    /** The body of each, by position; to be written as JSON. */
    @Transactional
    public Map<Long, Object> of(Collection<Entry> entries) {
        return at(entries.stream().collect(Collectors.toMap(Entry::position, Entry::type)));
    }

    /** The same, for who knows where they are and what they are. */
    @Transactional
    public Map<Long, Object> at(Map<Long, Entry.Type> entries) {
        Map<Long, Object> bodies = new HashMap<>();
        bodies.putAll(completions.at(positions(entries, Entry.Type.COMPLETION, Entry.Type.RETRACTION)));
        bodies.putAll(policies.shown(positions(entries, Entry.Type.POLICY)));
        bodies.putAll(slates.shown(positions(entries, Entry.Type.SLATE)));
        bodies.putAll(changes.at(positions(entries, Entry.Type.READINESS)));
        return bodies;
    }

    private static List<Long> positions(Map<Long, Entry.Type> entries, Entry.Type... types) {
        List<Entry.Type> wanted = List.of(types);
        return entries.keySet().stream()
                .filter(position -> wanted.contains(entries.get(position)))
                .toList();
    }
}
