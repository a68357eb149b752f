package io.phaseledger.mirror;

import static org.awaitility.Awaitility.await;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableResult;
import io.phaseledger.PackagedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The emulator {@code bqemulator} of PyPI, which puts BigQuery's REST interface before DuckDB, behind a {@link JobGate}.
 *
 * <p>It lives in a virtual environment in {@code target}, made once; DuckDB's extension comes from PyPI too, for its own
 * server is not always to be reached.
 */
public final class BigQueryEmulator implements AutoCloseable {

    public static final String PROJECT = "nba-props";

    private static final Path TOOLS = Path.of("target", "bqemulator").toAbsolutePath();
    private static final Path MADE = TOOLS.resolve("made");
    private static final Path LOG = Path.of("target", "bqemulator.log");
    private static final long MADE_MINUTES = 10;
    private static final Duration READY_BOUND = Duration.ofSeconds(60);

    /** What works together; numpy is needed and not asked for. */
    private static final List<String> PACKAGES = List.of(
            "bqemulator==1.4.0",
            "duckdb==1.5.5",
            "duckdb-extensions==1.5.5",
            "duckdb-extension-spatial==1.5.5",
            "numpy==2.4.6");

    private static final String UNPACK = "from duckdb_extensions import import_extension; import_extension('spatial')";

    /** Null if it is there; before it was tried, empty. */
    private static @Nullable String missing = "";

    private final Process process;
    private final JobGate gate;

    private BigQueryEmulator(Process process, JobGate gate) {
        this.process = process;
        this.gate = gate;
    }

    /** Where it cannot be had, the test is skipped. */
    public static synchronized BigQueryEmulator startOrSkip() throws IOException, InterruptedException {
        if (missing != null && missing.isEmpty()) {
            missing = Files.exists(MADE) ? null : make();
        }
        if (missing != null) {
            System.err.println("SKIPPED: nothing was mirrored to a BigQuery emulator, since " + missing);
            Assumptions.abort("SKIPPED: " + missing);
        }
        return start();
    }

    private static @Nullable String make() throws IOException, InterruptedException {
        if (!succeeds("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")) {
            return "there is no Python 3.11 or later";
        }
        List<String> install = new ArrayList<>(List.of(TOOLS + "/bin/pip", "-q", "install"));
        install.addAll(PACKAGES);
        if (!succeeds("python3", "-m", "venv", TOOLS.toString())
                || !succeeds(install.toArray(String[]::new))
                || !succeeds(TOOLS + "/bin/python", "-c", UNPACK)) {
            return "the emulator could not be installed: "
                    + Files.readString(LOG).strip();
        }
        Files.createFile(MADE);
        return null;
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(LOG.toFile())
                    .start();
            return process.waitFor(MADE_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            Files.writeString(LOG, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static BigQueryEmulator start() throws IOException {
        int port = PackagedService.freePort();
        Process process = new ProcessBuilder(
                        TOOLS + "/bin/bqemulator",
                        "start",
                        "--rest-port",
                        Integer.toString(port),
                        "--grpc-port",
                        Integer.toString(PackagedService.freePort()),
                        "--log-level",
                        "error")
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        URI server = URI.create("http://127.0.0.1:" + port);
        await().atMost(READY_BOUND).ignoreExceptions().until(() -> isThere(server));
        return new BigQueryEmulator(process, new JobGate(server));
    }

    private static boolean isThere(URI server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/bigquery/v2/projects/" + PROJECT + "/datasets"))
                .build();
        return HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    /** What stands before it, and can make it fail. */
    public JobGate gate() {
        return gate;
    }

    /** As {@code BIGQUERY_EMULATOR_HOST} has it. */
    public String address() {
        return gate.address();
    }

    /** The rows that a query gives, each value as its text. */
    public List<List<@Nullable String>> ask(String sql) throws InterruptedException {
        return ask(sql, Map.of());
    }

    /** The same, with named parameters; instants are in UTC. */
    public List<List<@Nullable String>> ask(String sql, Map<String, QueryParameterValue> parameters)
            throws InterruptedException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        TableResult result = client().query(QueryJobConfiguration.newBuilder(sql)
                .setUseLegacySql(false)
                .setNamedParameters(parameters)
                .build());
        for (FieldValueList row : result.iterateAll()) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(text(row.get(i), result.getSchema().getFields().get(i)));
            }
            rows.add(values);
        }
        return rows;
    }

    /** It gives microseconds, whatever the client asks for; BigQuery would give seconds. */
    private static @Nullable String text(FieldValue value, Field field) {
        if (value.isNull()) {
            return null;
        }
        return field.getType().getStandardType() == StandardSQLTypeName.TIMESTAMP
                ? Instant.EPOCH
                        .plus(Long.parseLong(value.getStringValue()), ChronoUnit.MICROS)
                        .toString()
                : value.getStringValue();
    }

    private BigQuery client() {
        return BigQueryOptions.newBuilder()
                .setProjectId(PROJECT)
                .setHost("http://" + address())
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService();
    }

    @Override
    public void close() {
        gate.close();
        process.destroyForcibly().onExit().join();
    }
}
