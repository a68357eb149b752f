package io.phaseledger.stream;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Says soon that it is there, and waits for nobody for long. */
public class ShortTempered implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "phase-ledger.events.heartbeat", "1s",
                "phase-ledger.events.stall-timeout", "2s",
                "phase-ledger.events.limit", "2",
                "quarkus.http.test-port", "0");
    }
}
