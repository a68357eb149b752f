package io.phaseledger.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How many connections there are, and which of them wait for a request. */
@ApplicationScoped
class Connections {

    private static final Logger LOG = Logger.getLogger(Connections.class);

    /** How often the log says that there are too many. */
    private static final Duration REMINDER = Duration.ofMinutes(1);

    private final ConnectionConfig config;
    private final Vertx vertx;
    private final InstantSource clock = InstantSource.system();

    /** Those that wait for a request, the one that has waited longest first; also the lock of what follows. */
    private final Set<Channel> waiting = new LinkedHashSet<>();

    private int open;
    private Instant saidFull = Instant.MIN;

    Connections(ConnectionConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    void watch(@ObservesAsync HttpServerStart started) {
        watchListeners();
    }

    void watch(@ObservesAsync HttpsServerStart started) {
        watchListeners();
    }

    /** Neither Quarkus nor Vert.x tells of its listening sockets; the loops that accept connections know them. */
    private void watchListeners() {
        for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            loop.execute(() ->
                    ((SingleThreadEventLoop) loop).registeredChannelsIterator().forEachRemaining(this::stand));
        }
    }

    private void stand(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(Door.class) == null) {
            channel.pipeline().addFirst(new Door());
        }
    }

    Duration headPatience() {
        return config.headPatience();
    }

    void waits(Channel connection) {
        synchronized (waiting) {
            if (connection.isOpen()) {
                waiting.add(connection);
            }
        }
    }

    void isBusy(Channel connection) {
        synchronized (waiting) {
            waiting.remove(connection);
        }
    }

    /** Whether there is room for this one; makes room where it can. */
    private boolean admit(Channel connection) {
        Channel longest = null;
        synchronized (waiting) {
            if (open >= config.limit()) {
                longest = takeLongest();
                sayFull();
                if (longest == null) {
                    return false;
                }
            }
            open++;
        }
        if (longest != null) {
            var unused = longest.close();
        }
        var unused = connection.closeFuture().addListener(closed -> leave(connection));
        return true;
    }

    private void leave(Channel connection) {
        synchronized (waiting) {
            open--;
            waiting.remove(connection);
        }
    }

    private @Nullable Channel takeLongest() {
        Iterator<Channel> each = waiting.iterator();
        if (!each.hasNext()) {
            return null;
        }
        Channel longest = each.next();
        each.remove();
        return longest;
    }

    private void sayFull() {
        Instant now = clock.instant();
        if (saidFull.isBefore(now.minus(REMINDER))) {
            saidFull = now;
            LOG.warnf(
                    "All %d connections are taken (phase-ledger.connections.limit); for each more, the one that has waited"
                            + " longest for a request is closed",
                    config.limit());
        }
    }

    /** Before the listening socket's own handler, which gives a connection to its loop. */
    @Sharable
    private final class Door extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            Channel connection = (Channel) accepted;
            if (admit(connection)) {
                connection.pipeline().addLast(new ConnectionGuard(Connections.this));
                context.fireChannelRead(accepted);
            } else {
                connection.unsafe().closeForcibly();
            }
        }
    }
}
