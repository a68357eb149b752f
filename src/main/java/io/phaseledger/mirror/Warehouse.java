package io.phaseledger.mirror;

import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.ViewDefinition;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import com.google.cloud.http.HttpTransportOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table in BigQuery, or in an emulator: the only class that knows Google's. */
final class Warehouse {

    private static final int CONFLICT = 409;

    /** What is sent at once; a multiple of 256 KiB, as the protocol wants it. */
    private static final int CHUNK = 4 << 20;

    static final List<String> CLUSTERED_BY = List.of("phase", "processor_name");

    static final String DESCRIPTION = "Completions of the phases of the pipeline, as Phase Ledger has them; rows of"
            + " other writers have no metadata." + Column.OWN + ".";

    private final Target target;
    private final TableId table;
    private final String location;
    private final BigQuery asking;

    /** An upload is not repeated by the library: whether one arrived is found out by its id. */
    private final BigQuery sending;

    private Warehouse(Target target, String location, BigQueryOptions options) {
        this.target = target;
        this.table = TableId.of(target.project(), target.dataset(), target.table());
        this.location = location;
        this.asking = options.getService();
        this.sending = options.toBuilder()
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                .build()
                .getService();
    }

    /** Asks nothing yet but for credentials, which may take seconds. */
    static Warehouse open(MirrorConfig config) {
        int timeout = Math.toIntExact(config.timeout().toMillis());
        BigQueryOptions.Builder options = BigQueryOptions.newBuilder()
                .setProjectId(config.project().orElseThrow())
                .setLocation(config.location())
                .setRetrySettings(ServiceOptions.getDefaultRetrySettings().toBuilder()
                        .setTotalTimeoutDuration(config.timeout())
                        .build())
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout(timeout)
                        .setReadTimeout(timeout)
                        .build());
        config.emulatorHost()
                .ifPresent(host -> options.setHost(host.contains("://") ? host : "http://" + host)
                        .setCredentials(NoCredentials.getInstance()));
        return asked(() -> new Warehouse(Target.of(config), config.location(), withCredentials(options.build())));
    }

    /** The library goes on without, and falls over them at the first request. */
    private static BigQueryOptions withCredentials(BigQueryOptions options) {
        if (options.getCredentials() == null) {
            throw MirrorTrouble.away(new IllegalStateException(
                    "there are no credentials for Google Cloud: name a key file in GOOGLE_APPLICATION_CREDENTIALS, or"
                            + " run where a service account is attached"));
        }
        return options;
    }

    /**
     * Creates what is absent: dataset, table and views.
     *
     * @throws MirrorTrouble a refusal when the table's columns are others
     */
    void ensure() {
        Table there = asked(() -> asking.getTable(table));
        if (there == null) {
            create();
        } else {
            check(there.getDefinition() instanceof StandardTableDefinition definition ? definition.getSchema() : null);
        }
        Sql.VIEWS.forEach(this::ensureView);
    }

    private void ensureView(String suffix) {
        TableId view = TableId.of(target.project(), target.dataset(), target.table() + suffix);
        if (asked(() -> asking.getTable(view)) == null) {
            createOnce(() -> asking.create(TableInfo.of(
                    view,
                    ViewDefinition.newBuilder(target.in(Sql.view(suffix)))
                            .setUseLegacySql(false)
                            .build())));
        }
    }

    private void create() {
        DatasetId dataset = DatasetId.of(target.project(), target.dataset());
        if (asked(() -> asking.getDataset(dataset)) == null) {
            createOnce(() -> asking.create(
                    DatasetInfo.newBuilder(dataset).setLocation(location).build()));
        }
        StandardTableDefinition definition = StandardTableDefinition.newBuilder()
                .setSchema(Schema.of(Column.ALL.stream().map(Warehouse::field).toList()))
                .setTimePartitioning(TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                        .setField("game_date")
                        .build())
                .setClustering(Clustering.newBuilder().setFields(CLUSTERED_BY).build())
                .build();
        createOnce(() -> asking.create(TableInfo.newBuilder(table, definition)
                .setDescription(DESCRIPTION)
                .build()));
    }

    private static Field field(Column column) {
        return Field.newBuilder(column.name(), StandardSQLTypeName.valueOf(column.type()))
                .setMode(Field.Mode.valueOf(column.mode()))
                .setDescription(column.description())
                .build();
    }

    private void check(@Nullable Schema schema) {
        List<String> differences = schema == null
                ? List.of("it is no table")
                : Column.differences(
                        schema.getFields().stream().map(Warehouse::column).toList());
        if (!differences.isEmpty()) {
            throw MirrorTrouble.refused(
                    target.name() + " has other columns (- expected, + there):\n" + String.join("\n", differences));
        }
    }

    private static Column column(Field field) {
        Field.Mode mode = field.getMode() == null ? Field.Mode.NULLABLE : field.getMode();
        return new Column(field.getName(), field.getType().getStandardType().name(), mode.name(), "");
    }

    /**
     * What became of a job.
     *
     * @throws MirrorTrouble when that cannot be learned
     */
    Outcome outcome(String jobId) {
        return outcome(asked(() -> asking.getJob(job(jobId))));
    }

    private static Outcome outcome(@Nullable Job job) {
        if (job == null) {
            return Outcome.UNKNOWN_JOB;
        }
        JobStatus status = job.getStatus();
        if (status == null || !JobStatus.State.DONE.equals(status.getState())) {
            return Outcome.RUNNING;
        }
        return status.getError() == null
                ? Outcome.DONE
                : Outcome.failed(status.getError().toString());
    }

    /**
     * Sends rows as a load job, unless there is a job of that id.
     *
     * @param lines gives JSON, a row a line, in pieces
     * @return the outcome of the job of that id, whichever instance sent it
     * @throws MirrorTrouble when that is not known: it may have arrived
     */
    Outcome load(String jobId, Consumer<Consumer<byte[]>> lines) {
        WriteChannelConfiguration configuration = WriteChannelConfiguration.newBuilder(table)
                .setFormatOptions(FormatOptions.json())
                .setCreateDisposition(JobInfo.CreateDisposition.CREATE_NEVER)
                .setWriteDisposition(JobInfo.WriteDisposition.WRITE_APPEND)
                .build();
        try {
            TableDataWriteChannel channel = sending.writer(job(jobId), configuration);
            channel.setChunkSize(CHUNK);
            lines.accept(piece -> write(channel, piece));
            channel.close();
            return outcome(asked(channel::getJob));
        } catch (IOException e) {
            throw MirrorTrouble.away(e);
        } catch (BigQueryException e) {
            if (e.getCode() == CONFLICT) {
                return outcome(jobId);
            }
            throw MirrorTrouble.away(e);
        }
    }

    private static void write(TableDataWriteChannel channel, byte[] piece) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(piece);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw MirrorTrouble.away(e);
        }
    }

    private JobId job(String id) {
        return JobId.newBuilder()
                .setProject(target.project())
                .setLocation(location)
                .setJob(id)
                .build();
    }

    /**
     * Asks a question of {@link Sql} about some dates.
     *
     * @param position up to which the ledger has brought its rows
     * @param rows is given each row, a function from a column's name to its text
     */
    void query(
            String sql,
            LocalDate from,
            LocalDate to,
            long position,
            Consumer<Function<String, @Nullable String>> rows) {
        Map<String, QueryParameterValue> values = new HashMap<>(Map.of(
                "game_date_from", QueryParameterValue.date(from.toString()),
                "game_date_to", QueryParameterValue.date(to.toString()),
                "position", QueryParameterValue.int64(position)));
        values.keySet().removeIf(name -> !sql.contains("@" + name));
        QueryJobConfiguration query = QueryJobConfiguration.newBuilder(target.in(sql))
                .setUseLegacySql(false)
                .setNamedParameters(values)
                .build();
        for (FieldValueList row : asked(() -> asking.query(query)).iterateAll()) {
            rows.accept(column -> text(row.get(column)));
        }
    }

    /** What tells the rows of other writers apart, of some dates. */
    Set<String> foreignKeys(LocalDate from, LocalDate to) {
        Set<String> keys = new HashSet<>();
        query(Sql.FOREIGN_KEYS, from, to, 0, row -> keys.add(String.valueOf(row.apply("row_key"))));
        return keys;
    }

    private static @Nullable String text(FieldValue value) {
        return value.isNull() ? null : value.getStringValue();
    }

    /** Two may create the same at once. */
    private static void createOnce(Call<?> creation) {
        try {
            creation.make();
        } catch (BigQueryException e) {
            if (e.getCode() != CONFLICT) {
                throw MirrorTrouble.away(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MirrorTrouble.away(e);
        }
    }

    private static <T extends @Nullable Object> T asked(Call<T> call) {
        try {
            return call.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MirrorTrouble.away(e);
        } catch (RuntimeException e) {
            throw e instanceof MirrorTrouble ? e : MirrorTrouble.away(e);
        }
    }

    private interface Call<T extends @Nullable Object> {
        T make() throws InterruptedException;
    }
}
