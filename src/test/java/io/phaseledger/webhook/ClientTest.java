package io.phaseledger.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.phaseledger.SelfSigned;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which receivers the client speaks to, and what it says of itself. */
class ClientTest {

    private static final int NO_CONTENT = 204;

    private final Set<String> headers = new ConcurrentSkipListSet<>();
    private SSLContext before;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        before = SSLContext.getDefault();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            headers.addAll(exchange.getRequestHeaders().keySet());
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
        SSLContext.setDefault(before);
    }

    private Answer called(SSLContext certificate) throws Exception {
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        server.start();
        SSLContext.setDefault(certificate);
        WebhookConfig config = NetworksTest.allowing("127.0.0.0/8", "::1");
        Client client = new Client(config, new GuardedResolver(new Networks(config)));
        try {
            return client.send(SimpleRequestBuilder.get(
                                    "https://localhost:" + server.getAddress().getPort() + "/")
                            .build())
                    .get();
        } finally {
            client.close();
        }
    }

    @Test
    void speaksToAReceiverWithATrustedCertificateForItsName(@TempDir Path folder) throws Exception {
        assertEquals(NO_CONTENT, called(SelfSigned.forName("localhost", folder)).code());
    }

    @Test
    void doesNotSpeakToAReceiverWithATrustedCertificateForAnotherName(@TempDir Path folder) throws Exception {
        SSLContext other = SelfSigned.forName("another.example", folder);
        ExecutionException failure = assertThrows(ExecutionException.class, () -> called(other));
        assertInstanceOf(SSLException.class, failure.getCause());
        assertEquals(Set.of(), headers);
    }

    /** What is not asked for need not be inflated. */
    @Test
    void asksForNoCompressedAnswer(@TempDir Path folder) throws Exception {
        Answer unused = called(SelfSigned.forName("localhost", folder));
        assertEquals(Set.of("Connection", "Host", "User-agent"), headers);
    }
}
