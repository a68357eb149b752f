package io.phaseledger.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The versions of named things up to one revision; immutable. {@link KeptVersions} says where they come from.
 *
 * @param <V> a version
 */
public final class Versions<V extends Versions.Version> {

    private final long revision;
    private final Map<String, List<V>> byName;

    private Versions(long revision, Map<String, List<V>> byName) {
        this.revision = revision;
        this.byName = byName;
    }

    /** There are none yet. */
    static <V extends Version> Versions<V> none() {
        return new Versions<>(0, Map.of());
    }

    /** These and newer ones, of which the newest comes last. */
    Versions<V> and(List<V> newer, long upTo) {
        Map<String, List<V>> all = new TreeMap<>(byName);
        newer.forEach(each -> all.merge(
                each.name(),
                List.of(each),
                (before, after) ->
                        Stream.concat(before.stream(), after.stream()).toList()));
        return new Versions<>(upTo, all);
    }

    /** Up to which these are all. */
    public long revision() {
        return revision;
    }

    /** Whether these are all that there are up to a revision. */
    public boolean covers(long upTo) {
        return revision >= upTo;
    }

    /** Every name that ever had a version, in order. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** Every version of every name. */
    public List<V> all() {
        return byName.values().stream().flatMap(Collection::stream).toList();
    }

    /** All versions of a name, the first one first; empty for a name that never had any. */
    public List<V> of(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The newest version of each name that is not closed, in the order of the names. */
    public List<V> newest() {
        return byName.keySet().stream().flatMap(name -> newest(name).stream()).toList();
    }

    /** The newest version of a name; empty for one that is closed, or never had any. */
    public Optional<V> newest(String name) {
        List<V> versions = of(name);
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(versions.get(versions.size() - 1)).filter(each -> !each.closes());
    }

    /** The same as if there were no version after a revision. */
    public Optional<V> newest(String name, long upTo) {
        return of(name).stream()
                .filter(each -> each.revision() <= upTo)
                .reduce((before, after) -> after)
                .filter(each -> !each.closes());
    }

    /** What a PUT or a DELETE appended. */
    public interface Version {

        /** Of what this is a version. */
        String name();

        /** Its place among the versions of all names: its position in the ledger, or a number of their own. */
        long revision();

        /** Whether it is a DELETE: there is nothing of that name from here on, unless it is put again. */
        default boolean closes() {
            return false;
        }
    }
}
