package io.phaseledger.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The app with bounds on bodies and heads that a test can reach, and with HTTP/2. */
public class SmallBodies implements QuarkusTestProfile {

    /** The largest body in these tests, in bytes. */
    static final int MAX_BODY = 20_000;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "phase-ledger.http.max-body-size", Integer.toString(MAX_BODY),
                "phase-ledger.http.body-timeout", "2s",
                "phase-ledger.http.import-timeout", "2s",
                "phase-ledger.connections.head-patience", "1s",
                "quarkus.http.http2", "true",
                "quarkus.http.test-port", "0");
    }
}
