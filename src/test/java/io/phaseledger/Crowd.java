package io.phaseledger;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Many who ask over a connection each, and one thread that notes when each is answered. */
final class Crowd implements AutoCloseable {

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final long[] answered;

    private Crowd(int count) throws IOException {
        this.selector = Selector.open();
        this.answered = new long[count];
    }

    /** Each has asked when it returns. */
    static Crowd of(PackagedService service, int count, IntFunction<String> path) throws IOException {
        Crowd crowd = new Crowd(count);
        URI url = URI.create(service.url());
        InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort());
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(address);
            channel.write(
                    ByteBuffer.wrap(("GET " + path.apply(i) + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(crowd.selector, SelectionKey.OP_READ, i);
            crowd.channels.add(channel);
        }
        return crowd;
    }

    int size() {
        return answered.length;
    }

    /** When the answer to each began to come, in {@link System#nanoTime()}. */
    long[] awaitAll(Duration bound) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long until = System.nanoTime() + bound.toNanos();
        for (int left = answered.length; left > 0; ) {
            selector.select(
                    Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis()));
            if (System.nanoTime() > until) {
                throw new AssertionError(left + " have not been answered");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                answered[(int) key.attachment()] = System.nanoTime();
                buffer.clear();
                ((SocketChannel) key.channel()).read(buffer);
                String head = new String(buffer.array(), 0, Math.min(15, buffer.position()), StandardCharsets.US_ASCII);
                if (!head.equals("HTTP/1.1 200 OK")) {
                    throw new AssertionError(head);
                }
                key.cancel();
                left--;
            }
            selector.selectedKeys().clear();
        }
        return answered;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
