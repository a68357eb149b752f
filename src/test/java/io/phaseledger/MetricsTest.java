package io.phaseledger;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What whoever asks can make up is no series of its own, or they could make up any number. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class MetricsTest {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String REFUSED = "phase_ledger_requests_refused_total";
    private static final String REQUESTS = "http_server_requests_seconds_count";

    private static String name() {
        return "M" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void assertNoSeries(String made, String method, String path) {
        double refused = Metrics.now().sum(REFUSED);
        given().request(method, path);
        await().atMost(BOUND).until(() -> Metrics.now().sum(REFUSED) > refused);
        assertEquals(
                List.of(),
                Metrics.now().values().keySet().stream()
                        .filter(series -> series.contains(made))
                        .toList());
    }

    @Test
    void a_path_that_is_refused_is_none() {
        String made = name();
        double requests = Metrics.now().sum(REQUESTS);
        assertNoSeries(made, "GET", "/v1/" + made);
        assertNoSeries(made, "DELETE", "/v1/policies/" + made);
        assertNoSeries(made, "GET", "/v1/policies/" + made);
        assertNoSeries(made, "GET", "/v1/completions;" + made);
        assertNoSeries(made, "GET", "/" + made + "/%zz");
        await().atMost(BOUND).until(() -> Metrics.now().sum(REQUESTS) >= requests + 5);
    }

    @Test
    void a_method_that_there_is_none_of_is_none() {
        String made = name();
        assertNoSeries(made, made, "/v1/policies");
    }
}
