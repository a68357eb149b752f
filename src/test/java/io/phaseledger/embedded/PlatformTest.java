package io.phaseledger.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PlatformTest {

    @Test
    void saysInOneLineWhatToSetWhereTheBuildHasNoPostgres() {
        CannotStart refusal = assertThrows(CannotStart.class, () -> Platform.archive("linux", "riscv64"));
        assertEquals(
                "This build has no embedded PostgreSQL for linux on riscv64:"
                        + " set QUARKUS_DATASOURCE_JDBC_URL to a database of your own.",
                refusal.getMessage());
    }
}
