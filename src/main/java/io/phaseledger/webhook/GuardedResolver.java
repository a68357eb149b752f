package io.phaseledger.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Finds the addresses of a name and leaves out those that may not be called.
 *
 * <p>The client connects to what is returned and resolves nothing itself, so a name cannot mean one thing when it is
 * looked at and another when it is called.
 */
@ApplicationScoped
class GuardedResolver implements DnsResolver {

    private final Networks networks;

    GuardedResolver(Networks networks) {
        this.networks = networks;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = all(host);
        InetAddress[] callable =
                Arrays.stream(all).filter(networks::mayBeCalled).toArray(InetAddress[]::new);
        if (callable.length == 0) {
            throw new RefusedAddress(host);
        }
        return callable;
    }

    /** Java says why only the first time, and remembers for a while that there is none. */
    private static InetAddress[] all(String host) throws UnknownHostException {
        try {
            return SystemDefaultDnsResolver.INSTANCE.resolve(host);
        } catch (UnknownHostException e) {
            UnknownHostException explained = new UnknownHostException("no address of " + host + " is known");
            explained.initCause(e);
            throw explained;
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return host;
    }

    /** A name that leads to nowhere but addresses which may not be called. */
    static final class RefusedAddress extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        RefusedAddress(String host) {
            super(host + " is in a private, loopback, link-local or reserved network, and"
                    + " phase-ledger.webhooks.allowed-networks does not allow it");
        }
    }
}
