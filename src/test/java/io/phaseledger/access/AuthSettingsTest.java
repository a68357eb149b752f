package io.phaseledger.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthSettingsTest {

    private static Config config(String settings) {
        Map<String, String> map = Arrays.stream(settings.trim().split(" +"))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(map, "test", 100))
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quarkus.http.host=127.0.0.1
            quarkus.http.host=localhost
            quarkus.http.host=::1
            quarkus.http.host=0.0.0.0 phase-ledger.auth=external
            quarkus.http.host=0.0.0.0 phase-ledger.auth=required
            quarkus.http.host=0.0.0.0 phase-ledger.auth.bootstrap-key=0123456789abcdef0123456789abcdef
            quarkus.http.host=0.0.0.0 quarkus.oidc.auth-server-url=https://i quarkus.oidc.token.audience=https://me
            phase-ledger.auth.grants.p4.phases=phase4 phase-ledger.auth.grants.p4.processors=a,b
            """)
    void what_is_safe_is_started(String settings) {
        assertEquals(Optional.empty(), AuthSettings.refusal(config(settings)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quarkus.http.host=0.0.0.0                            | PHASE_LEDGER_AUTH_BOOTSTRAP_KEY
            quarkus.http.host=::                                 | PHASE_LEDGER_AUTH=external
            quarkus.http.host=192.168.1.2                        | Refusing to listen on 192.168.1.2
            quarkus.http.host=0.0.0.0 phase-ledger.auth=none     | QUARKUS_HTTP_HOST=127.0.0.1
            quarkus.http.host=127.0.0.1 phase-ledger.auth=maybe  | must be required, external or none
            phase-ledger.auth.bootstrap-key=short                | at least 32
            quarkus.oidc.auth-server-url=https://i               | QUARKUS_OIDC_TOKEN_AUDIENCE
            phase-ledger.auth.grants.p4.phases=                  | phase-ledger.auth.grants.p4.phases is set to nothing
            phase-ledger.auth.grants."p.4".phases=,              | p.4
            phase-ledger.auth.grants.p4.processors=              | phase-ledger.auth.grants.p4.processors
            PHASE_LEDGER_AUTH_GRANTS_P4_PHASES=                  | PHASE_LEDGER_AUTH_GRANTS_P4_PHASES
            """)
    void what_is_not_is_refused_with_what_to_set(String settings, String named) {
        String refusal = AuthSettings.refusal(config(settings)).orElseThrow();
        assertTrue(refusal.contains(named), refusal);
    }

    @Test
    void a_key_or_an_issuer_that_is_configured_is_required() {
        assertEquals(AccessMode.NONE, new AuthSettings(config("a=b")).mode());
        assertEquals(AccessMode.REQUIRED, new AuthSettings(config("phase-ledger.auth.bootstrap-key=k")).mode());
        assertEquals(AccessMode.REQUIRED, new AuthSettings(config("quarkus.oidc.auth-server-url=https://i")).mode());
        assertEquals(AccessMode.EXTERNAL, new AuthSettings(config("phase-ledger.auth=external")).mode());
    }
}
