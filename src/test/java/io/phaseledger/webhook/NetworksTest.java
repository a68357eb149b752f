package io.phaseledger.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses may be called. */
class NetworksTest {

    static WebhookConfig allowing(String... networks) {
        return new WebhookConfig() {
            @Override
            public Duration timeout() {
                return Duration.ofSeconds(10);
            }

            @Override
            public Optional<List<String>> allowedNetworks() {
                return Optional.of(List.of(networks));
            }

            @Override
            public boolean allowPlaintext() {
                return false;
            }
        };
    }

    private static Networks networks(String... allowed) {
        return new Networks(allowing(allowed));
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "2001:4860:4860::8888, true",
        "172.15.255.255, true",
        "172.32.0.1, true",
        "127.0.0.1, false",
        "127.8.8.8, false",
        "0.0.0.0, false",
        "0.1.2.3, false",
        "10.0.0.1, false",
        "172.16.0.1, false",
        "172.31.255.255, false",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "198.18.0.1, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "::1, false",
        "::, false",
        "fe80::1, false",
        "fd00:ec2::254, false",
        "ff02::1, false",
        "::ffff:10.0.0.1, false",
        "::ffff:8.8.8.8, true",
        "64:ff9b::a00:1, false",
        "2002:a00:1::, false",
        "::8.8.8.8, false",
        "::a00:1, false",
        "::ffff:0:808:808, false",
        "192.88.99.1, false",
        "192.88.98.1, true",
        "3fff::1, false",
        "3fff:fff:ffff::1, false",
        "5f00::1, false",
        "168.63.129.16, false",
        "168.63.129.17, true",
    })
    void of_public_networks_and_no_others(String address, boolean mayBeCalled) throws UnknownHostException {
        assertEquals(mayBeCalled, networks().mayBeCalled(InetAddress.getByName(address)));
    }

    @Test
    void and_of_those_that_are_allowed() throws UnknownHostException {
        Networks some = networks("10.8.0.0/16", "::1");
        assertEquals(true, some.mayBeCalled(InetAddress.getByName("10.8.1.1")));
        assertEquals(false, some.mayBeCalled(InetAddress.getByName("10.9.1.1")));
        assertEquals(true, some.mayBeCalled(InetAddress.getByName("10.8.255.255")));
        assertThrows(IllegalArgumentException.class, () -> networks("10.8.0.0/99"));
    }

    @Test
    void a_name_that_leads_into_the_network_is_not_connected_to() {
        GuardedResolver resolver = new GuardedResolver(networks());
        assertThrows(GuardedResolver.RefusedAddress.class, () -> resolver.resolve("localhost"));
    }
}
