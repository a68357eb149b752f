package io.phaseledger.subscription;

import static io.phaseledger.subscription.Subscribed.BOUND;
import static io.phaseledger.subscription.Subscribed.show;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that cannot prove who it is, is told nothing. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class TlsTest {

    private static final String PASSWORD = "changeit";

    private static SSLContext selfSigned(Path store) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "hook",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1");
        assertEquals(
                0, new ProcessBuilder(command).redirectErrorStream(true).start().waitFor());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_not_spoken_to(@TempDir Path folder) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("hook.p12"))));
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
