package io.phaseledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network between the service and its database that can swallow everything.
 *
 * <p>What is swallowed stays so: a connection of that time is never heard of again, at either end, not even its end.
 */
final class SwallowingProxy implements AutoCloseable {

    private static final int BUFFER = 8192;

    private final ServerSocket listening;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Network network = new Network();

    private SwallowingProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    static SwallowingProxy to(int port) {
        try {
            SwallowingProxy proxy = new SwallowingProxy(port);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** From now on nothing gets through, in either direction. */
    void swallow() {
        network.swallows = true;
    }

    /** New connections get through again. */
    void pass() {
        network = new Network();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                connect(listening.accept());
            } catch (IOException e) {
                // Closed, or nobody listens behind: the client hears of it.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        Network own = network;
        if (own.swallows) {
            return;
        }
        Socket server = new Socket(listening.getInetAddress(), target);
        sockets.add(server);
        threads.execute(() -> forward(client, server, own));
        threads.execute(() -> forward(server, client, own));
    }

    private void forward(Socket from, Socket to, Network own) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0 && !own.swallows; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // The other end hears of it below.
        }
        end(to, own);
    }

    private void end(Socket to, Network own) {
        try {
            if (own.swallows) {
                closed.await();
            }
            to.close();
        } catch (IOException | InterruptedException gone) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        closed.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    /** What connections of one time have in common. */
    private static final class Network {
        private volatile boolean swallows;
    }
}
