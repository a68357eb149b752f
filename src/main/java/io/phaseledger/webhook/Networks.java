package io.phaseledger.webhook;

import inet.ipaddr.HostName;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork;
import inet.ipaddr.IPAddressString;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses may be called: public ones, and those that configuration allows. */
@Startup // So that a setting which is no network is refused at the start.
@ApplicationScoped
class Networks {

    /**
     * Of special purpose by the registries of IANA (RFC 6890), beside what the address itself says. ::/96, ::ffff:0:0:0/96,
     * 64:ff9b::/96, 2002::/16 and 2001::/32 carry an IPv4 address to somewhere else, as 192.88.99.0/24 did; 168.63.129.16 is
     * not of them and leads to the machine beneath in one large cloud.
     */
    private static final List<IPAddress> RESERVED = Stream.of(
                    "0.0.0.0/8",
                    "100.64.0.0/10",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "240.0.0.0/4",
                    "168.63.129.16/32",
                    "::/96",
                    "::ffff:0:0:0/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16")
            .map(Networks::network)
            .toList();

    private final List<IPAddress> allowed;

    Networks(WebhookConfig config) {
        this.allowed = config.allowedNetworks().orElse(List.of()).stream()
                .map(Networks::network)
                .toList();
    }

    private static IPAddress network(String text) {
        IPAddress network = new IPAddressString(text.strip()).getAddress();
        if (network == null) {
            throw new IllegalArgumentException("not a network: " + text);
        }
        return network.toPrefixBlock();
    }

    boolean mayBeCalled(InetAddress address) {
        IPAddress called = unmapped(new IPAddressNetwork.IPAddressGenerator().from(address));
        return allowed.stream().anyMatch(network -> network.contains(called)) || isPublic(called);
    }

    /** ::ffff:10.0.0.1 is 10.0.0.1. */
    private static IPAddress unmapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }

    private static boolean isPublic(IPAddress address) {
        return !address.isLocal()
                && !address.isLoopback()
                && !address.isAnyLocal()
                && !address.isLinkLocal()
                && !address.isMulticast()
                && RESERVED.stream().noneMatch(network -> network.contains(address));
    }

    /** Whether a host is an address that may not be called; of a name, only the time of the call will tell. */
    boolean refuses(String host) {
        IPAddress address = new HostName(host).asAddress();
        return address != null && !mayBeCalled(address.toInetAddress());
    }
}
