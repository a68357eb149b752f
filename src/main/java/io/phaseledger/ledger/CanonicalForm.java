package io.phaseledger.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Values written one after another so that no two lists of values look alike, and their SHA-256.
 *
 * <p>Each is a netstring (https://cr.yp.to/proto/netstrings.txt) of its text in UTF-8, a null is "~,". {@code
 * db/queries/verify_chain.sql} writes the same in SQL.
 */
final class CanonicalForm {

    private static final byte[] NULL = {'~', ','};

    private final MessageDigest digest;

    CanonicalForm(String scheme) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
        add(scheme);
    }

    CanonicalForm add(@Nullable Object value) {
        if (value == null) {
            digest.update(NULL);
        } else {
            netstring(value.toString().getBytes(UTF_8));
        }
        return this;
    }

    CanonicalForm add(@Nullable Instant instant) {
        return add((Object) (instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant)));
    }

    CanonicalForm add(byte[] hash) {
        return add((Object) HexFormat.of().formatHex(hash));
    }

    CanonicalForm add(Collection<String> values) {
        StringBuilder nested = new StringBuilder();
        values.forEach(value -> nested.append(value.getBytes(UTF_8).length)
                .append(':')
                .append(value)
                .append(','));
        return add((Object) nested);
    }

    /** Of all that was added; nothing can be added after it. */
    byte[] sha256() {
        return digest.digest();
    }

    private void netstring(byte[] value) {
        digest.update(Integer.toString(value.length).getBytes(ISO_8859_1));
        digest.update((byte) ':');
        digest.update(value);
        digest.update((byte) ',');
    }
}
