package io.phaseledger.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Knows of one connection whether a request is under way on it, and closes it where the head of one, its line and headers,
 * takes too long.
 *
 * <p>It sits behind the decoder of HTTP/1.1. What it is not shown although something was read is a head that is not whole.
 * An HTTP/2 connection, if they are allowed, it leaves alone.
 */
final class ConnectionGuard extends ChannelDuplexHandler {

    /** The last of the handlers that the server puts between bytes and HTTP messages. */
    private static final String CODEC = "httpEncoder";

    private final Connections connections;

    private boolean inBody;
    private boolean read;
    private int unanswered;
    private @Nullable Future<?> deadline;

    ConnectionGuard(Connections connections) {
        this.connections = connections;
    }

    /** It moves within its connection: which handlers there are shows only when it is open, or when it is read from. */
    @Override
    public boolean isSharable() {
        return true;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (deadline == null) {
            connections.waits(context.channel());
            startDeadline(context);
            moveBehindCodec(context);
        }
        context.fireChannelActive(); // To itself once more, where it has moved.
    }

    private void moveBehindCodec(ChannelHandlerContext context) {
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(this);
        if (pipeline.get(CODEC) == null) {
            pipeline.addLast(this);
        } else {
            pipeline.addAfter(CODEC, null, this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf) {
            seeProtocol(context);
        } else {
            read = true;
            if (message instanceof HttpRequest) {
                begin(context);
            }
            inBody = !(message instanceof LastHttpContent);
        }
        context.fireChannelRead(message);
    }

    /** The first bytes have shown whether it is HTTP/1.1, and the server has put its handlers behind this one. */
    private void seeProtocol(ChannelHandlerContext context) {
        if (context.pipeline().get(CODEC) == null) {
            endDeadline();
            connections.isBusy(context.channel());
            context.pipeline().remove(this);
        } else {
            moveBehindCodec(context);
        }
    }

    private void begin(ChannelHandlerContext context) {
        endDeadline();
        unanswered++;
        connections.isBusy(context.channel());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!read && !inBody && deadline == null) {
            startDeadline(context);
        }
        read = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
        if (message instanceof LastHttpContent && !isInterim(message)) {
            unanswered--;
            if (unanswered == 0) {
                connections.waits(context.channel());
            }
        }
        var unused = context.write(message, written);
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endDeadline();
        context.fireChannelInactive();
    }

    private void startDeadline(ChannelHandlerContext context) {
        Channel connection = context.channel();
        deadline = context.executor()
                .schedule(() -> close(connection), connections.headPatience().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void close(Channel connection) {
        var unused = connection.close();
    }

    private void endDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
