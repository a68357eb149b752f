package io.phaseledger.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The ports at which an embedded server may listen. */
final class Ports {

    static final String HOST = "127.0.0.1";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /**
     * Below the ports that systems hand out to clients: among those, a client that retries while the server is down
     * may be given the server's own port, and then connects to itself and keeps it.
     */
    private static final int FIRST = 15432;

    private static final int MANY = 200;

    private Ports() {}

    /** The first port that is free now. */
    static int free() {
        for (int port = FIRST; port < FIRST + MANY; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new CannotStart("None of the ports " + FIRST + " to " + (FIRST + MANY - 1) + " is free for PostgreSQL.");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
