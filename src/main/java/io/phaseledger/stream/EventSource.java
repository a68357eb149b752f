package io.phaseledger.stream;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.phaseledger.feed.Entry;
import io.phaseledger.feed.EntryBodies;
import io.phaseledger.feed.FeedReader;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Entries, and what they say: written once for all who are told of them at about the same time. */
@ApplicationScoped
class EventSource {

    /** Entries that are read at once. */
    private static final int PAGE = 500;

    /** Entries whose words are kept; they never change. */
    private static final int KEPT = 5_000;

    private final FeedReader reader;
    private final EntryBodies bodies;
    private final Json json;
    private final LoadingCache<Entry, String> words =
            Caffeine.newBuilder().maximumSize(KEPT).build(CacheLoader.bulk(this::written));

    EventSource(FeedReader reader, EntryBodies bodies, Json json) {
        this.reader = reader;
        this.bodies = bodies;
        this.json = json;
    }

    /** The entries that come next after a position, in order; none at the end. */
    List<Entry> after(long position) {
        return reader.after(position, PAGE);
    }

    /** The events of entries, in their order. */
    List<EventBatch.Event> events(List<Entry> entries) {
        Map<Entry, String> said = words.getAll(entries);
        return entries.stream()
                .map(entry -> new EventBatch.Event(
                        entry.position(), EnumNames.of(entry.type()), Objects.requireNonNull(said.get(entry))))
                .toList();
    }

    private Map<Entry, String> written(Set<? extends Entry> entries) {
        Map<Long, Object> said = bodies.of(Set.copyOf(entries));
        return entries.stream()
                .collect(Collectors.toMap(
                        entry -> entry, entry -> written(Objects.requireNonNull(said.get(entry.position())))));
    }

    private String written(Object body) {
        return new String(json.bytes(body), StandardCharsets.UTF_8);
    }
}
