package io.phaseledger.subscription;

import java.security.SecureRandom;
import java.util.Base64;

/** What calls are signed with, in the form of the Standard Webhooks specification. */
final class Secrets {

    /** A regular expression of 24 to 64 bytes: 8 to 21 threes of them, and one or two where that is not more than 64. */
    static final String PATTERN = "whsec_([A-Za-z0-9+/]{4}){8,20}"
            + "([A-Za-z0-9+/]{4}([A-Za-z0-9+/]{2}==)?|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";

    static final String MESSAGE = "invalid_secret: must be whsec_ and 24 to 64 bytes in base64";

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    static String generate() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }
}
