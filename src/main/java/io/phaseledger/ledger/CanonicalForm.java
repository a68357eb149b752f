package io.phaseledger.ledger;

import java.nio.charset.StandardCharsets;
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

    private final StringBuilder text = new StringBuilder(512);

    CanonicalForm(String scheme) {
        add(scheme);
    }

    CanonicalForm add(@Nullable Object value) {
        if (value == null) {
            text.append("~,");
        } else {
            netstring(text, value.toString());
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
        values.forEach(value -> netstring(nested, value));
        return add((Object) nested);
    }

    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    private static void netstring(StringBuilder to, String value) {
        to.append(utf8Length(value)).append(':').append(value).append(',');
    }

    private static int utf8Length(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }
}
