package io.phaseledger.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The app with HTTP alone; nothing here asks the database. */
public class WithoutDatabase implements QuarkusTestProfile {

    /** The largest body in these tests, in bytes. */
    static final int MAX_BODY = 20_000;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.active", "false",
                "quarkus.hibernate-orm.active", "false",
                "quarkus.flyway.active", "false",
                "phase-ledger.http.max-body-size", Integer.toString(MAX_BODY),
                "quarkus.http.test-port", "0");
    }
}
