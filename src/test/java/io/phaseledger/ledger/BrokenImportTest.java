package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.importing;
import static io.phaseledger.ledger.Sent.post;
import static io.restassured.RestAssured.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("proof")
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BrokenImportTest {

    private static final String NO_LENGTH_TOLD = "Transfer-Encoding: chunked";

    private final Sent sent = Sent.byNewProcessor();

    @Inject
    DataSource database;

    /** The last row is whole, but nobody said that it was the last. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 99999999", NO_LENGTH_TOLD})
    void what_was_committed_before_the_connection_broke_stays(String length) throws IOException {
        String page = IntStream.range(0, Writer.MAX_SUBMISSIONS)
                .mapToObj(i -> sent.completion("run-" + i) + "\n")
                .collect(Collectors.joining());
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            send(socket, length, page + sent.completion("after"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> get(Sent.COMPLETIONS + "?limit=1&execution_id=run-9999&processor_name="
                                    + sent.processor())
                            .then()
                            .body("items.size()", equalTo(1)));
        }
        importing(page).body("replayed", equalTo(Writer.MAX_SUBMISSIONS));
        post(sent.completion("after")).statusCode(201);
        LedgerChain.assertWhole(database);
    }

    private static void send(Socket socket, String length, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        OutputStream out = socket.getOutputStream();
        String head = "POST " + Sent.IMPORT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + Sent.NDJSON + "\r\n";
        out.write((head + length + "\r\n\r\n").getBytes(UTF_8));
        if (length.equals(NO_LENGTH_TOLD)) {
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        }
        out.write(bytes);
        out.flush();
    }
}
