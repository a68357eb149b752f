package io.phaseledger.access;

import io.phaseledger.database.DatabaseClock;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes keys and revokes them. */
@ApplicationScoped
class Keys {

    private final SecureRandom random = new SecureRandom();
    private final KeyTable table;
    private final ApiKeyCache book;
    private final DatabaseClock clock;

    Keys(KeyTable table, ApiKeyCache book, DatabaseClock clock) {
        this.table = table;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Stores a new key, of which only the caller will ever know the secret.
     *
     * @throws Problem 422 when it would have expired already
     */
    KeyView create(CreateKey asked, Principal by) {
        Instant now = clock.now();
        if (asked.expiresAt() != null && !asked.expiresAt().isAfter(now)) {
            throw Problem.refused(FieldError.at("/expires_at", "in_the_past", "must be later than " + now));
        }
        KeyText text = KeyText.generate(random);
        KeyRow row = new KeyRow();
        row.id = text.id();
        row.name = asked.name();
        row.scopes = asked.scopes().stream().distinct().map(EnumNames::of).toArray(String[]::new);
        row.phases = names(asked.phases());
        row.processors = names(asked.processors());
        row.secretHash = text.hash();
        row.createdAt = now;
        row.createdBy = by.name();
        row.expiresAt = asked.expiresAt();
        table.insert(row);
        return KeyView.of(row, text.shown());
    }

    /** The key as it is now: worth nothing. Asked again, it is the same. */
    KeyView revoke(String id, Principal by) {
        try {
            String known = existing(id).id;
            table.revoke(known, by.name());
            return get(known);
        } finally {
            // After the commit: before it, a request could look the key up as it was, and that would be remembered.
            // Where the commit failed too, for it may have been carried out.
            book.forget(id);
        }
    }

    KeyView get(String id) {
        return KeyView.of(existing(id));
    }

    private KeyRow existing(String id) {
        return Optional.of(id)
                .filter(KeyText::isId)
                .flatMap(table::find)
                .orElseThrow(() -> Problem.of(404, "unknown_key", "there is no key " + id));
    }

    private static String[] names(@Nullable List<String> asked) {
        return Objects.requireNonNullElse(asked, List.<String>of()).stream()
                .distinct()
                .toArray(String[]::new);
    }
}
