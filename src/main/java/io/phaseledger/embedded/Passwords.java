package io.phaseledger.embedded;

import java.security.SecureRandom;
import java.util.Base64;
import org.postgresql.util.PasswordUtil;

/** Passwords of 256 random bits, and what the server keeps of them. */
final class Passwords {

    private static final int BYTES = 32;
    private static final int SALT_BYTES = 16;

    /** Many make it dear to guess what people choose; of 2^256 passwords none is guessed, and each connection pays. */
    private static final int ITERATIONS = 1;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** Of letters, digits, hyphens and underscores, so that it needs no quotes anywhere. */
    static String random() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(BYTES));
    }

    /** What a statement may say in place of the password: no client can log in with it. */
    static String verifier(String password) {
        return PasswordUtil.encodeScramSha256(password.toCharArray(), ITERATIONS, bytes(SALT_BYTES));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
