package io.phaseledger.subscription;

import static io.phaseledger.subscription.Subscribed.BOUND;
import static io.phaseledger.subscription.Subscribed.show;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.SelfSigned;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that cannot prove who it is, is told nothing. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class TlsTest {

    @Test
    void a_certificate_that_nobody_vouches_for_is_not_spoken_to(@TempDir Path folder) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.forName("localhost", folder)));
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            Subscribed subscribed = new Subscribed();
            JsonPath subscription = subscribed.to(
                    "https://localhost:" + server.getAddress().getPort() + "/", ", \"events\": [\"completion\"]");
            subscribed.complete("2031-08-01", "");
            await().atMost(BOUND).until(() -> show(subscription).getInt("attempts") >= 2);
            assertTrue(
                    show(subscription).getString("error").contains("certification path"),
                    () -> show(subscription).getString("error"));
            assertEquals(0, calls.get());
        } finally {
            server.stop(0);
        }
    }
}
