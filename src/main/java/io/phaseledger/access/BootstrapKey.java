package io.phaseledger.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Optional;

/** The key of the configuration, if there is one. */
@ApplicationScoped
class BootstrapKey {

    static final int FEWEST_CHARACTERS = 32;

    private static final Principal PRINCIPAL = Principal.operator("bootstrap");

    private final Optional<byte[]> hash;

    BootstrapKey(AccessConfig config) {
        this.hash = config.bootstrapKey().map(KeyText::sha256);
    }

    Optional<Principal> principal(String shown) {
        return hash.filter(expected -> MessageDigest.isEqual(expected, KeyText.sha256(shown)))
                .map(expected -> PRINCIPAL);
    }
}
