package io.phaseledger.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import io.phaseledger.access.Caller;
import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import io.phaseledger.http.Nearest;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.KeptVersions;
import io.phaseledger.ledger.Positions;
import io.phaseledger.ledger.Versions;
import io.phaseledger.policy.ExpectedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How operators say that the jobs of senders are to be understood; kept in memory, and only what is new is read. */
@ApplicationScoped
public class Sources {

    /** Characters of a namespace and a job with which the request that maps it is written out. */
    private static final int LONGEST_ADVISED = 500;

    /** Characters of a source's name. */
    private static final int LONGEST_NAME = 128;

    private static final String NEWEST = "SELECT max(revision) AS revision FROM nba_orchestration.sources";

    private static final String NEWER = """
            SELECT revision, name, version, definition, removed, inserted_at, recorded_by
            FROM nba_orchestration.sources WHERE revision > ? AND revision <= ? ORDER BY revision
            """;

    private static final String INSERT = """
            INSERT INTO nba_orchestration.sources
                   (revision, name, version, definition, removed, inserted_at, recorded_by)
            VALUES (?, ?, ?, ?::jsonb, ?, ?, ?)
            """;

    private static final Comparator<SourceVersion> IN_ORDER = Comparator.<SourceVersion>comparingInt(
                    each -> each.definition().priority())
            .thenComparing(SourceVersion::name);

    private static final int SUGGESTIONS = 5;

    private final Json json;
    private final Statements statements;
    private final Positions positions;
    private final Caller caller;
    private final KeptVersions<SourceVersion> kept;

    Sources(Json json, Statements statements, Positions positions, Caller caller) {
        this.json = json;
        this.statements = statements;
        this.positions = positions;
        this.caller = caller;
        this.kept = new KeptVersions<>(statements, NEWER, this::version);
    }

    /**
     * How the runs of a job are to be understood: as the first source says that matches it, else by the defaults. A source
     * that was put before, through whichever instance, is known.
     *
     * @param door in whose form its events are: {@code openlineage}, also where they came inside others
     */
    public JobMapping mapping(String door, String namespace, String job) {
        return mapping(inForce(), door, namespace, job);
    }

    private static JobMapping mapping(List<SourceVersion> inOrder, String door, String namespace, String job) {
        return inOrder.stream()
                .flatMap(each -> each.source().mapping(door, namespace, job).stream())
                .findFirst()
                .orElseGet(() -> JobMapping.byDefault(namespace, job));
    }

    /**
     * What a sender should know whose job no source matches: as what it is recorded, and the request that maps it. As it
     * stands, that keeps the job's own names; its phase and processor are to be changed.
     */
    public static String unmapped(String namespace, String job) {
        String advice =
                "no source matches the job, so its namespace and its name are its phase and processor; to map it: PUT"
                        + " /v1/sources/";
        if (namespace.length() + job.length() > LONGEST_ADVISED) {
            return advice + "{name}";
        }
        String name =
                (namespace + "." + job).replaceAll("[^A-Za-z0-9_.-]+", "-").replaceFirst("^(?![A-Za-z])", "s");
        ObjectNode source = JsonNodeFactory.instance
                .objectNode()
                .put("door", SourceDefinition.OPENLINEAGE)
                .put("namespace", Pattern.quote(namespace))
                .put("job", Pattern.quote(job))
                .put("phase", namespace)
                .put("processor_name", job);
        return advice + name.substring(0, Math.min(name.length(), LONGEST_NAME)) + " " + source;
    }

    /** All versions of all sources: those that are there now, or later. */
    Versions<SourceVersion> versions() {
        return kept.at(statements.first(NEWEST, row -> row.getLong("revision")).orElse(0L));
    }

    /** The sources in force, in the order in which they are tried. */
    List<SourceVersion> inForce() {
        return versions().newest().stream().sorted(IN_ORDER).toList();
    }

    /**
     * How a job, by its namespace and name, would be understood if a source were put under a name.
     *
     * @param name null for one that is new and comes first of those with its priority
     * @throws Problem 422 with all that is wrong with it
     */
    public BiFunction<String, String, JobMapping> trial(@Nullable String name, SourceDefinition definition) {
        String tried = name == null ? "" : name;
        Source source = Source.of(tried, definition);
        SourceVersion added = new SourceVersion(0, tried, 0, definition, false, Instant.EPOCH, "", source);
        Stream<SourceVersion> others =
                versions().newest().stream().filter(each -> !each.name().equals(tried));
        List<SourceVersion> inOrder =
                Stream.concat(others, Stream.of(added)).sorted(IN_ORDER).toList();
        return (namespace, job) -> mapping(inOrder, SourceDefinition.OPENLINEAGE, namespace, job);
    }

    /** A 404 that offers the names that are near. */
    static Problem unknown(String name, Versions<SourceVersion> versions) {
        List<String> names = versions.newest().stream().map(SourceVersion::name).toList();
        return Problem.of(404, "unknown_source", "there is no source " + name + Nearest.didYouMean(name, names))
                .with("nearest", Nearest.all(name, names, SUGGESTIONS));
    }

    /**
     * Appends a version unless it says what the latest one says.
     *
     * @param expected the version that the caller believes to be the latest; null for whichever is
     * @throws Problem 412 when another version is the latest, 422 with all that is wrong
     */
    @Transactional
    Outcome put(String name, SourceDefinition definition, @Nullable ExpectedVersion expected) {
        Source source = Source.of(name, definition);
        Head head = positions.lock();
        Versions<SourceVersion> versions = versions();
        Optional<SourceVersion> latest = latest(name, expected, versions);
        return latest.filter(each -> each.definition().equals(definition))
                .map(same -> new Outcome(same, false))
                .orElseGet(() -> new Outcome(append(name, definition, false, source, head, versions), true));
    }

    /**
     * Appends that it is removed.
     *
     * @throws Problem 404 where there is none, 412 when another version is the latest
     */
    @Transactional
    void remove(String name, @Nullable ExpectedVersion expected) {
        Head head = positions.lock();
        Versions<SourceVersion> versions = versions();
        SourceVersion latest = latest(name, expected, versions).orElseThrow(() -> unknown(name, versions));
        append(name, latest.definition(), true, latest.source(), head, versions);
    }

    private static Optional<SourceVersion> latest(
            String name, @Nullable ExpectedVersion expected, Versions<SourceVersion> versions) {
        Optional<SourceVersion> latest = versions.newest(name);
        if (expected != null) {
            expected.check("source", name, latest.map(SourceVersion::version).orElse(0));
        }
        return latest;
    }

    private SourceVersion append(
            String name,
            SourceDefinition definition,
            boolean removed,
            Source source,
            Head head,
            Versions<SourceVersion> versions) {
        SourceVersion added = new SourceVersion(
                versions.revision() + 1,
                name,
                versions.of(name).size() + 1,
                definition,
                removed,
                head.nextLearnedAt(),
                caller.principal().name(),
                source);
        statements.update(
                INSERT,
                added.revision(),
                name,
                added.version(),
                new String(json.bytes(definition), UTF_8),
                removed,
                added.insertedAt(),
                added.recordedBy());
        return added;
    }

    private SourceVersion version(ResultSet row) throws SQLException {
        String name = row.getString("name");
        SourceDefinition definition = json.ours(row.getString("definition"), SourceDefinition.class);
        return new SourceVersion(
                row.getLong("revision"),
                name,
                row.getInt("version"),
                definition,
                row.getBoolean("removed"),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")),
                row.getString("recorded_by"),
                Source.of(name, definition));
    }

    /**
     * What became of a source that was put.
     *
     * @param isNew whether it is a version that was not there before
     */
    record Outcome(SourceVersion version, boolean isNew) {}
}
