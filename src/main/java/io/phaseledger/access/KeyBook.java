package io.phaseledger.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.phaseledger.http.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Knows keys by their text; what was looked up is remembered for a few seconds. */
@ApplicationScoped
class KeyBook {

    static final String WORTHLESS = "This key is not known here, or no longer.";

    private final KeyTable table;
    private final InstantSource clock = InstantSource.system();
    private final AsyncCache<String, Optional<KeyRow>> known;

    KeyBook(KeyTable table, AccessConfig config) {
        this.table = table;
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(config.keyCache())
                .maximumSize(config.keyCacheSize())
                .executor(Infrastructure.getDefaultWorkerPool())
                .buildAsync();
    }

    /** Whose key it is; fails with a 401 {@link Problem} when it is nobody's, and as the database fails. */
    Uni<Principal> principal(KeyText key) {
        return Uni.createFrom()
                .completionStage(() -> known.get(key.id(), table::byId))
                .map(row -> judged(row, key));
    }

    /** What was changed here is known here at once. */
    void forget(String id) {
        known.synchronous().invalidate(id);
    }

    private Principal judged(Optional<KeyRow> row, KeyText key) {
        // The hash is compared where there is no such key too, so that time tells nothing of which there are.
        byte[] expected = row.map(found -> found.secretHash).orElseGet(() -> new byte[32]);
        boolean same = MessageDigest.isEqual(expected, key.hash());
        Instant now = clock.instant();
        return row.filter(found -> same && found.revokedAt == null && !found.isExpired(now))
                .map(KeyRow::principal)
                .orElseThrow(() -> Challenge.invalid(WORTHLESS));
    }
}
