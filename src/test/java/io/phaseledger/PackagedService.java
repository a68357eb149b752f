package io.phaseledger;

import static org.awaitility.Awaitility.await;

import io.phaseledger.embedded.Logins;
import io.phaseledger.embedded.TestFolders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * The packaged jar as a process of its own, in a temporary working directory and on a free port.
 *
 * <p>It has no terminal to ask anything at. Process and folder are gone with the JVM of the test, however the test
 * ends; after a kill of that JVM, with the next test run. What the process printed stays in
 * {@code target/packaged-service}.
 */
public final class PackagedService implements AutoCloseable {

    static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Path LOGS = Path.of("target", "packaged-service");
    private static final Duration READY_BOUND = Duration.ofSeconds(60);
    private static final Duration END_BOUND = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration PROBE_BOUND = Duration.ofSeconds(5);

    /** As people type it, in the plainest of shells; exec, so that signals reach Java. */
    private static final String COMMAND = "exec \"$0\" $JAVA_FLAGS -jar \"$1\"";

    /** The environment variable that gives Java its flags; by any that Java itself looks at, it would say so. */
    static final String JAVA_FLAGS = "JAVA_FLAGS";

    /**
     * Compiled code that took long to make is worth it after minutes; most of these services live for seconds. Given in
     * the environment of one, it is that one's own.
     */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    /** Java as it is for who gives it no options. */
    static final Map<String, String> AS_TYPED = Map.of(JAVA_FLAGS, "");

    /**
     * Below the ports that systems hand out to clients, or a probe that comes too early may connect to itself. Apart
     * from those that PostgreSQL takes.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 10_000;
    private static final int PORT_ATTEMPTS = 20;

    /** What would configure the service from the environment of whoever runs the tests. */
    private static final List<String> OUR_VARIABLES =
            List.of("QUARKUS_", "PHASE_LEDGER_", "PORT", "K_SERVICE", "PUBSUB_", "BIGQUERY_");

    /** With these it keeps its data elsewhere, or refuses to keep any. */
    private static final Set<String> NAME_A_DATABASE =
            Set.of("QUARKUS_DATASOURCE_JDBC_URL", "PHASE_LEDGER_DATA_DIR", "K_SERVICE");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PROBE_BOUND).build();
    private final long startedAt = System.nanoTime();
    private final Path folder;
    private final int port;
    private final Path log;
    private final Process process;

    private PackagedService(List<String> prefix, Path jar, Path folder, int port, Map<String, String> environment)
            throws IOException {
        this.folder = folder;
        this.port = port;
        this.log = Files.createTempFile(Files.createDirectories(LOGS), "service-", ".log");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of("/bin/sh", "-c", COMMAND, java(), jar.toAbsolutePath().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()));
        builder.environment().keySet().removeIf(name -> OUR_VARIABLES.stream().anyMatch(name::startsWith));
        builder.environment().put(JAVA_FLAGS, jar.equals(JAR) ? SHORT_LIVED + archive() : SHORT_LIVED);
        builder.environment().putAll(environment);
        this.process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "packaged-service-remove"));
    }

    /** Starts as for somebody who has just unpacked it: with nothing there, nothing configured but a free port. */
    public static PackagedService startFromNothing() {
        return start(TestFolders.create(), AS_TYPED);
    }

    /** Starts with nothing configured but a free port. */
    public static PackagedService start() {
        return start(Map.of());
    }

    /** Starts on a prepared database of its own, or with what the environment names. */
    public static PackagedService start(Map<String, String> environment) {
        boolean isElsewhere = environment.keySet().stream().anyMatch(NAME_A_DATABASE::contains);
        return start(isElsewhere ? TestFolders.create() : TestFolders.createPrepared(), environment);
    }

    /** Starts on what an earlier one left in its folder. */
    public static PackagedService start(Path folder, Map<String, String> environment) {
        return startBy(List.of(), JAR, folder, environment);
    }

    /** The same by a command that makes another user of the one who runs the tests, and perhaps by another jar. */
    static PackagedService startBy(List<String> prefix, Path jar, Path folder, Map<String, String> environment) {
        int port = freePort();
        Map<String, String> withPort = new HashMap<>(environment);
        withPort.putIfAbsent("QUARKUS_HTTP_PORT", Integer.toString(port));
        return launch(prefix, jar, folder, port, withPort);
    }

    /** Starts with exactly this environment, which makes it listen on the port. */
    public static PackagedService startOn(int port, Map<String, String> environment) {
        return launch(List.of(), JAR, TestFolders.create(), port, environment);
    }

    private static PackagedService launch(
            List<String> prefix, Path jar, Path folder, int port, Map<String, String> environment) {
        try {
            return new PackagedService(prefix, jar, folder, port, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits at most a minute, and not longer than the process lives; returns how long it took from the start. */
    public Duration waitUntilReady() {
        await().atMost(READY_BOUND).pollInterval(POLL_INTERVAL).until(() -> isReady() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("It ended with " + process.exitValue() + ":\n" + log());
        }
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    public boolean isReady() {
        HttpRequest probe = HttpRequest.newBuilder(URI.create(url() + "/q/health/ready"))
                .timeout(PROBE_BOUND)
                .build();
        try {
            return client.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public Path folder() {
        return folder;
    }

    /** All that it has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, to look at. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** SIGKILL to Java alone: its PostgreSQL goes on. */
    public void kill9() {
        process.destroyForcibly();
        waitForEnd();
    }

    /** SIGTERM; returns the exit code. */
    public int terminate() {
        process.destroy();
        return waitForEnd();
    }

    /** Waits at most a minute for the process to end by itself and returns its exit code. */
    public int waitForEnd() {
        await().atMost(END_BOUND).pollInterval(POLL_INTERVAL).until(() -> !process.isAlive());
        return process.exitValue();
    }

    /** Kills what still runs, PostgreSQL included, and removes the folder. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        TestFolders.remove(folder);
    }

    /** What tells a service of a PostgreSQL that it did not start itself. */
    static Map<String, String> environmentOf(Logins logins) {
        return logins.settings().entrySet().stream()
                .collect(Collectors.toMap(
                        setting -> setting.getKey().toUpperCase(Locale.ROOT).replace('.', '_'), Map.Entry::getValue));
    }

    public static int freePort() {
        return ThreadLocalRandom.current()
                .ints(PORT_ATTEMPTS, FIRST_PORT, FIRST_PORT + PORTS)
                .filter(PackagedService::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** The option that names the class-data archive of the build, if it made one for this JVM: what starts by it is ready sooner. */
    private static String archive() {
        Path archive = ClassDataArchive.file(JAR.toAbsolutePath());
        return Files.exists(archive) ? " -XX:SharedArchiveFile=" + archive : "";
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
