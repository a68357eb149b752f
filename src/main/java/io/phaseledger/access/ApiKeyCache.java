package io.phaseledger.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.phaseledger.http.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Optional;

/** Knows keys by their text; what was looked up is remembered for a few seconds. */
@ApplicationScoped
class ApiKeyCache {

    static final String WORTHLESS = "This key is not known here, or no longer.";

    private final KeyTable table;
    private final AsyncCache<String, Optional<LookedUp>> known;

    ApiKeyCache(KeyTable table, AccessConfig config) {
        this.table = table;
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(config.keyCache())
                .maximumSize(config.keyCacheSize())
                .executor(Infrastructure.getDefaultWorkerPool())
                .buildAsync();
    }

    /** Whose key it is; fails with a 401 {@link Problem} when it is no one's, and as the database fails. */
    Uni<Principal> principal(KeyText key) {
        return Uni.createFrom()
                .completionStage(() -> known.get(key.id(), table::lookUp))
                .map(found -> judged(found, key));
    }

    /**
     * To be called when a change of the key has been committed. A look-up that began before is forgotten too, even where
     * it is not done yet; a request that comes from now on begins another.
     */
    void forget(String id) {
        known.synchronous().invalidate(id);
    }

    private static Principal judged(Optional<LookedUp> found, KeyText key) {
        // The hash is compared where there is no such key too, so that time tells nothing of which there are.
        byte[] expected = found.map(known -> known.row().secretHash).orElseGet(() -> new byte[32]);
        boolean same = MessageDigest.isEqual(expected, key.hash());
        return found.filter(known -> same && known.isGood())
                .map(known -> known.row().principal())
                .orElseThrow(() -> Challenge.invalid(WORTHLESS));
    }
}
