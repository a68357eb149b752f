package io.phaseledger.access;

import io.phaseledger.http.Sha256;
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
        this.hash = config.bootstrapKey().map(Sha256::of);
    }

    Optional<Principal> principal(String shown) {
        return hash.filter(expected -> MessageDigest.isEqual(expected, Sha256.of(shown)))
                .map(expected -> PRINCIPAL);
    }
}
