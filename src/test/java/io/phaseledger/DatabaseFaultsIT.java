package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.OwnPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that is there and refuses: each time 503 with the cause in the log, and all is well when it is. */
@Tag("proof")
class DatabaseFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final int ABSENCES = 10;
    private static final int ASKING = 8;

    private static final String DISCONNECT =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'phase_ledger'";

    private static final String NO_SPACE = """
            CREATE FUNCTION nba_orchestration.no_space() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
            END $$""";

    private static final String ON_INSERT = """
            CREATE TRIGGER no_space BEFORE INSERT ON nba_orchestration.phase_completions
            EXECUTE FUNCTION nba_orchestration.no_space()""";

    /** Before PostgreSQL's own in the search path of the service, so that its clock is an hour ahead of this machine's. */
    private static final String CLOCK_AHEAD = """
            CREATE FUNCTION ahead.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS
            $$ SELECT pg_catalog.clock_timestamp() + interval '1 hour' $$""";

    private static final String KEY = "a-key-for-the-tests-of-at-least-32-characters";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static OwnPostgres postgres;
    private static PackagedService service;
    private static @Nullable SmallDisk disk;

    @BeforeAll
    static void start() {
        postgres = OwnPostgres.start();
        Map<String, String> environment = new HashMap<>(PackagedService.environmentOf(postgres.logins()));
        environment.put("PHASE_LEDGER_AUTH_BOOTSTRAP_KEY", KEY);
        environment.put("PHASE_LEDGER_AUTH_KEY_CACHE", "1h");
        service = PackagedService.start(environment);
        service.waitUntilReady();
    }

    @AfterAll
    static void end() throws IOException {
        service.close();
        postgres.close();
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void takesNoWrites() throws IOException, InterruptedException {
        assertRefusesAndRecovers(
                "takes no writes",
                () -> postgres.run("ALTER ROLE phase_ledger SET default_transaction_read_only = on", DISCONNECT),
                () -> postgres.run("ALTER ROLE phase_ledger RESET default_transaction_read_only"));
    }

    @Test
    void hasNoConnectionToGive() throws IOException, InterruptedException {
        assertRefusesAndRecovers(
                "too many connections",
                () -> postgres.run("ALTER ROLE phase_ledger CONNECTION LIMIT 0", DISCONNECT),
                () -> postgres.run("ALTER ROLE phase_ledger CONNECTION LIMIT -1"));
    }

    @Test
    void doesNotKnowThePassword() throws IOException, InterruptedException {
        String password = postgres.logins().service().password();
        assertRefusesAndRecovers(
                "password authentication failed",
                () -> postgres.run("ALTER ROLE phase_ledger PASSWORD 'another'", DISCONNECT),
                () -> postgres.run("ALTER ROLE phase_ledger PASSWORD '" + password + "'"));
    }

    @Test
    void isAnotherOne() throws IOException, InterruptedException {
        assertRefusesAndRecovers(
                "database \"phase_ledger\" does not exist",
                () -> postgres.run(
                        "ALTER ROLE phase_ledger CONNECTION LIMIT 0",
                        DISCONNECT,
                        "ALTER DATABASE phase_ledger RENAME TO renamed",
                        "ALTER ROLE phase_ledger CONNECTION LIMIT -1"),
                () -> postgres.run("ALTER DATABASE renamed RENAME TO phase_ledger"));
    }

    /** It can still be asked, so it is not away. */
    @Test
    void hasNoSpaceLeft() throws IOException, InterruptedException {
        postgres.runIn("phase_ledger", NO_SPACE, ON_INSERT);
        try {
            assertUnavailable(post("no space"));
            assertEquals(200, get().statusCode());
            assertTrue(service.log().contains("No space left on device"), service::log);
        } finally {
            postgres.runIn("phase_ledger", "DROP FUNCTION nba_orchestration.no_space() CASCADE");
        }
        assertEquals(201, post("no space").statusCode());
        assertFalse(service.log().contains("Incident"), service::log);
    }

    /** A real one: it can still be asked then, and the probe says that it takes no reports. */
    @Test
    void isOnADiskThatIsFull() throws IOException, InterruptedException {
        SmallDisk full = SmallDisk.mountedFor(postgres.data());
        disk = full;
        int before = service.log().length();
        moveTo(full);
        assertEquals(201, post("space left").statusCode());
        full.fill();
        await().atMost(SOON).until(() -> post("no space " + UUID.randomUUID()).statusCode() == 503);
        HttpResponse<String> ready = health();
        assertEquals(503, ready.statusCode(), ready::body);
        assertTrue(ready.body().contains("No space left on device"), ready::body);
        assertEquals(200, get().statusCode());
        assertEquals(0, Metrics.of(service, KEY).gauge("phase_ledger_database_up"));

        full.empty();
        await().atMost(SOON).until(() -> health().statusCode() == 200);
        assertEquals(201, post("space again").statusCode());
        String log = service.log().substring(before);
        assertEquals(1, timesIn(log, "has no space for what is written"), log);
        assertEquals(1, timesIn(log, "has space again for what is written"), log);
        assertFalse(log.contains("Incident"), log);
    }

    private static void moveTo(SmallDisk disk) {
        postgres.run(
                "CREATE TABLESPACE small LOCATION '" + disk.folder() + "'",
                "ALTER ROLE phase_ledger CONNECTION LIMIT 0",
                DISCONNECT,
                "ALTER DATABASE phase_ledger SET TABLESPACE small",
                "ALTER ROLE phase_ledger CONNECTION LIMIT -1");
        await().atMost(SOON).until(() -> health().statusCode() == 200 && get().statusCode() == 200);
    }

    private static int timesIn(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /** A key expires by it, and not by the clock of the machine that the service runs on. */
    @Test
    void hasAnotherClock() throws IOException, InterruptedException {
        String key = key(Instant.now().plus(Duration.ofMinutes(30)));
        String longer = key(Instant.now().plus(Duration.ofHours(2)));
        postgres.runIn("phase_ledger", "CREATE SCHEMA ahead AUTHORIZATION phase_ledger", CLOCK_AHEAD);
        try {
            reconnectWith("SET search_path = ahead, pg_catalog, public");
            assertEquals(401, get(key).statusCode());
            assertEquals(200, get(longer).statusCode());
        } finally {
            reconnectWith("RESET search_path");
            postgres.runIn("phase_ledger", "DROP SCHEMA ahead CASCADE");
        }
    }

    /** Through an absence, so that no connection of before is left. */
    private static void reconnectWith(String setting) {
        postgres.run("ALTER ROLE phase_ledger " + setting, "ALTER ROLE phase_ledger CONNECTION LIMIT 0", DISCONNECT);
        await().atMost(SOON).until(() -> get().statusCode() == 503);
        postgres.run("ALTER ROLE phase_ledger CONNECTION LIMIT -1");
        await().atMost(SOON).until(() -> get().statusCode() == 200);
    }

    /** And by that clock as it goes on, where the key was looked up before: it is remembered for an hour here. */
    @Test
    void saysWhenAKeyThatIsRememberedExpires() throws IOException, InterruptedException {
        String key = key(Instant.now().plusSeconds(2));
        assertEquals(200, get(key).statusCode());
        await().atMost(SOON).until(() -> get(key).statusCode() == 401);
    }

    private static String key(Instant expiresAt) throws IOException, InterruptedException {
        HttpResponse<String> made = send(request("/v1/keys")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"name\":\"expiring\",\"scopes\":[\"read\"],\"expires_at\":\"" + expiresAt + "\"}")));
        assertEquals(201, made.statusCode(), made::body);
        return made.body().replaceAll("(?s).*\"key\":\"(plk_[^\"]*)\".*", "$1");
    }

    private static HttpResponse<String> get(String key) throws IOException, InterruptedException {
        return send(request("/v1/readiness/phase4/2026-02-02").setHeader("Authorization", "Bearer " + key));
    }

    /** Some that are asked for in that moment are handed out and turn out to be closed. */
    @Test
    void goesAwayAgainAndAgainWhileManyAsk() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(ASKING);
        AtomicBoolean isOver = new AtomicBoolean();
        try {
            List<Future<Void>> asking = Stream.generate(() -> many.submit(() -> askUntil(isOver)))
                    .limit(ASKING)
                    .toList();
            for (int i = 0; i < ABSENCES; i++) {
                postgres.run("ALTER ROLE phase_ledger CONNECTION LIMIT 0", DISCONNECT);
                await().atMost(SOON).until(() -> get().statusCode() == 503);
                postgres.run("ALTER ROLE phase_ledger CONNECTION LIMIT -1");
                await().atMost(SOON).until(() -> get().statusCode() == 200);
            }
            isOver.set(true);
            for (Future<Void> each : asking) {
                each.get();
            }
        } finally {
            isOver.set(true);
            many.shutdownNow();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        "0 used, 20 idle", connections("used") + " used, " + connections("idle") + " idle"));
        assertFalse(service.log().contains("Incident"), service::log);
    }

    private static @Nullable Void askUntil(AtomicBoolean isOver) throws IOException, InterruptedException {
        while (!isOver.get()) {
            get();
        }
        return null;
    }

    private static void assertRefusesAndRecovers(String cause, Runnable refuse, Runnable recover)
            throws IOException, InterruptedException {
        refuse.run();
        try {
            await().atMost(SOON)
                    .until(() -> get().statusCode() == 503 && health().body().contains("\"DOWN\""));
            await().atMost(SOON).until(() -> health().body().contains(cause.replace("\"", "\\\"")));
            assertUnavailable(get());
            assertUnavailable(post(cause.replace("\"", "")));
            assertTrue(service.log().contains(cause), service::log);
        } finally {
            recover.run();
        }
        await().atMost(SOON).until(() -> health().statusCode() == 200 && get().statusCode() == 200);
        assertEquals(201, post(cause.replace("\"", "")).statusCode());
        assertFalse(service.log().contains("Incident"), service::log);
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), answer::body);
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    }

    private static HttpResponse<String> health() throws IOException, InterruptedException {
        return send(request("/q/health/ready"));
    }

    private static int connections(String state) {
        return (int) Metrics.of(service, KEY).gauge("phase_ledger_database_connections{state=\"" + state + "\"}");
    }

    private static HttpResponse<String> get() throws IOException, InterruptedException {
        return send(request("/v1/readiness/phase4/2026-02-02"));
    }

    private static HttpResponse<String> post(String execution) throws IOException, InterruptedException {
        String body = """
                {"phase": "phase4", "game_date": "2026-02-02", "processor_name": "player_daily_cache",
                 "status": "success", "execution_id": "%s"}""".formatted(execution);
        return send(request("/v1/completions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", "Bearer " + KEY)
                .timeout(SOON);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
