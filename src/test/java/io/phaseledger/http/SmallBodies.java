package io.phaseledger.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The app with a bound on bodies that a test can reach. */
public class SmallBodies implements QuarkusTestProfile {

    /** The largest body in these tests, in bytes. */
    static final int MAX_BODY = 20_000;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("phase-ledger.http.max-body-size", Integer.toString(MAX_BODY), "quarkus.http.test-port", "0");
    }
}
