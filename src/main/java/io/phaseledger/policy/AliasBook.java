package io.phaseledger.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The aliases in force at one revision; immutable. */
final class AliasBook {

    private final long revision;
    private final Map<String, AliasRow> processors = new TreeMap<>();
    private final Map<String, AliasRow> phases = new TreeMap<>();

    /** @param changes the newest of each name last */
    AliasBook(long revision, Collection<AliasRow> changes) {
        this.revision = revision;
        changes.forEach(change -> of(change.kind).put(change.name, change));
    }

    private Map<String, AliasRow> of(String kind) {
        return kind.equals(AliasRow.PROCESSORS) ? processors : phases;
    }

    boolean covers(long aliasRevision) {
        return revision >= aliasRevision;
    }

    String processor(String reported) {
        return target(AliasRow.PROCESSORS, reported).orElse(reported);
    }

    String phase(String reported) {
        return target(AliasRow.PHASES, reported).orElse(reported);
    }

    private Optional<String> target(String kind, String name) {
        return find(kind, name).map(alias -> alias.target);
    }

    /** The alias of that name, unless it was removed. */
    Optional<AliasRow> find(String kind, String name) {
        return Optional.ofNullable(of(kind).get(name)).filter(alias -> alias.target != null);
    }

    List<AliasRow> all(String kind) {
        return of(kind).values().stream().filter(alias -> alias.target != null).toList();
    }
}
