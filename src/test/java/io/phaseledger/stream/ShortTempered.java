package io.phaseledger.stream;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Says soon that it is there, waits for nobody for long, and has few connections. */
public class ShortTempered implements QuarkusTestProfile {

    /** How many connections there may be. */
    public static final int CONNECTIONS = 20;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "phase-ledger.events.heartbeat", "1s",
                "phase-ledger.events.stall-timeout", "2s",
                "phase-ledger.events.limit", "2",
                "phase-ledger.connections.limit", Integer.toString(CONNECTIONS),
                "phase-ledger.connections.head-patience", "1s",
                "quarkus.http.test-port", "0");
    }
}
