package io.phaseledger;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP over HTTP, as a collector does, and keeps them. */
final class TraceCollector implements AutoCloseable {

    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", exchange -> {
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body =
                    packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                ExportTraceServiceRequest.parseFrom(body)
                        .getResourceSpansList()
                        .forEach(resource ->
                                resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The names of the spans of a trace, whose id is in hexadecimal. */
    List<String> names(String traceId) {
        ByteString id = ByteString.copyFrom(HexFormat.of().parseHex(traceId));
        return spans.stream()
                .filter(span -> span.getTraceId().equals(id))
                .map(Span::getName)
                .toList();
    }

    /** The values of an attribute, of all spans. */
    List<String> values(String attribute) {
        return spans.stream()
                .flatMap(span -> span.getAttributesList().stream())
                .filter(each -> each.getKey().equals(attribute))
                .map(each -> each.getValue().getStringValue())
                .toList();
    }

    /** All that came, as text. */
    String everything() {
        return spans.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
