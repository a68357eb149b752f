package io.phaseledger.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values written one after another so that no two lists of values look alike, and their SHA-256.
 *
 * <p>Each is a netstring (https://cr.yp.to/proto/netstrings.txt) of its text in UTF-8, a null is "~,". {@code
 * db/queries/verify_chain.sql} writes the same in SQL.
 */
final class CanonicalForm {

    private static final byte[] NULL = {'~', ','};
    private static final byte[] END = {','};

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
            netstring(digest::update, value.toString().getBytes(UTF_8));
        }
        return this;
    }

    CanonicalForm add(@Nullable Instant instant) {
        return add((Object) micros(instant));
    }

    CanonicalForm add(byte[] hash) {
        return add((Object) HexFormat.of().formatHex(hash));
    }

    CanonicalForm add(Collection<String> values) {
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        values.forEach(value -> netstring(nested::writeBytes, value.getBytes(UTF_8)));
        netstring(digest::update, nested.toByteArray());
        return this;
    }

    /** Of all that was added; nothing can be added after it. */
    byte[] sha256() {
        return digest.digest();
    }

    /** An instant as the ledger keeps it: in microseconds since 1970. */
    static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static void netstring(Consumer<byte[]> to, byte[] value) {
        to.accept((value.length + ":").getBytes(ISO_8859_1));
        to.accept(value);
        to.accept(END);
    }
}
