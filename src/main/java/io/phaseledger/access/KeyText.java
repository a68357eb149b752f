package io.phaseledger.access;

import io.phaseledger.http.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as it is shown: {@code plk_}, twelve characters by which it is found, an underscore, and its secret.
 *
 * @param secret 32 random bytes in base64url, which cannot have the underscore's neighbours guess it
 */
record KeyText(String id, String secret) {

    static final String PREFIX = "plk_";

    private static final String ID = "[a-z2-7]{12}";
    private static final Pattern FORM = Pattern.compile("plk_(" + ID + ")_([A-Za-z0-9_-]{43})");
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;

    static KeyText generate(SecureRandom random) {
        String id = random.ints(ID_LENGTH, 0, ID_ALPHABET.length())
                .collect(StringBuilder::new, (text, at) -> text.append(ID_ALPHABET.charAt(at)), StringBuilder::append)
                .toString();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new KeyText(id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<KeyText> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new KeyText(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /** Whether a key could have it. */
    static boolean isId(String text) {
        return text.matches(ID);
    }

    byte[] hash() {
        return Sha256.of(secret);
    }

    /** As it is shown, once. */
    String shown() {
        return PREFIX + id + "_" + secret;
    }

    /** Not the secret, wherever this is printed. */
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }
}
