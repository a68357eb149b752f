package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.Login;
import io.phaseledger.embedded.OwnPostgres;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way to tamper with a ledger that is whole, done by a superuser, and what verify says of it.
 *
 * <p>The ledger has, by position: 1 a policy version, 2 a slate, 3 a completion, 4 a change of readiness, 5 a completion,
 * 6 a slate, 7 a completion. Alias 1 was recorded before position 2, alias 2 before position 5.
 */
class VerifyTest {

    private static final OwnPostgres POSTGRES = OwnPostgres.start();
    private static final String WHOLE = POSTGRES.logins().owner().jdbcUrl().replaceFirst(".*/", "");

    /** The last that had no chain but the completions'. */
    private static final String VERSION_BEFORE = "12";

    /** Gives completions the hashes that they must have where they are, in the form of the published query. */
    private static final String HASH_COMPLETIONS = """
            DO $$
            DECLARE
                place  bigint;
                before bytea := decode(repeat('00', 32), 'hex');
            BEGIN
                FOR place IN SELECT position FROM nba_orchestration.phase_completions ORDER BY position LOOP
                    UPDATE nba_orchestration.phase_completions SET prev_hash = before WHERE position = place;
                    UPDATE nba_orchestration.phase_completions SET row_hash = (
                        %s SELECT expected_hash FROM recomputed WHERE position = place
                    ) WHERE position = place RETURNING row_hash INTO before;
                END LOOP;
            END
            $$""".formatted(recomputed());

    /** The same of all else. */
    private static final String HASH_CHAIN = """
            DO $$
            DECLARE
                entry  nba_orchestration.ledger_chain;
                before bytea := decode(repeat('00', 32), 'hex');
                number bigint := 0;
            BEGIN
                FOR entry IN SELECT * FROM nba_orchestration.ledger_chain ORDER BY sequence LOOP
                    number := number + 1;
                    EXECUTE format('UPDATE nba_orchestration.ledger_chain AS c SET sequence = $2, prev_hash = $1,
                        row_hash = nba_orchestration.chain_hash($1, $2, c.position, c.table_name, r)
                        FROM nba_orchestration.%I AS r WHERE c.sequence = $3 AND r.%I = c.row_key RETURNING c.row_hash',
                        entry.table_name, CASE WHEN entry.table_name IN ('aliases', 'sources') THEN 'revision' ELSE 'position' END)
                    INTO before USING before, number, entry.sequence;
                END LOOP;
            END
            $$""";

    private static final String CURSOR_BACK = "UPDATE nba_orchestration.feed_cursors SET position = 0";
    private static final String DELETE_LAST = "DELETE FROM nba_orchestration.phase_completions WHERE position = 7";
    private static final String RAISE_COUNT =
            "UPDATE nba_orchestration.phase_completions SET record_count = 999 WHERE position = 3";
    private static final String NO_GAMES = "UPDATE nba_orchestration.slates SET units = 0 WHERE position = 2";

    private static final String SOURCE = """
            INSERT INTO nba_orchestration.sources VALUES
                (1, 's', 1, '{"job": "a"}', false, '2026-02-02T10:00:08Z', 'me')""";

    private static final String NOT_RECORDED = ": this row is not what was recorded: it was changed, or ";
    private static final String NOT_AFTER =
            ": this entry does not follow the one before it: one was changed, deleted or put between";
    private static final String NOTHING = ": nothing is there: rows were deleted, or never were";
    private static final String ANOTHER_HASH = ": the ledger has another hash there: something up to there was changed";
    private static final String NOT_OURS = ": it is not the one that the migrations made";
    private static final String CHANGEABLE = ": rows can be changed and deleted";

    /** A head that the ledger had at the end, and one that it had before. */
    private static String last;

    private static String earlier;

    /** A completion's own hash, as BigQuery has it. */
    private static String mirrored;

    @BeforeAll
    static void record() {
        migrate(WHOLE, "latest");
        recordSomethingOfEveryKind(WHOLE);
        last = ask(WHOLE, "SELECT '7:' || nba_orchestration.ledger_hash(7)");
        earlier = ask(WHOLE, "SELECT '5:' || nba_orchestration.ledger_hash(5)");
        mirrored = ask(
                WHOLE,
                "SELECT '3:' || encode(row_hash, 'hex') FROM nba_orchestration.phase_completions WHERE position = 3");
    }

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    private static Login owner() {
        return POSTGRES.logins().owner();
    }

    private static String url(String database) {
        return POSTGRES.logins().owner().jdbcUrl().replaceFirst("/[^/]*$", "/" + database);
    }

    private static void migrate(String database, String version) {
        Flyway.configure()
                .dataSource(url(database), owner().user(), owner().password())
                .schemas("nba_orchestration")
                .locations("filesystem:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    private static void recordSomethingOfEveryKind(String database) {
        POSTGRES.runIn(
                database,
                "SET timezone = 'America/New_York'",
                """
                INSERT INTO nba_orchestration.policy_versions VALUES
                    ('p', 1, '2026-01-01Z', '{"b": null, "a": 1.50}', 1, '2026-02-02T10:00:01Z', 'me')""",
                "INSERT INTO nba_orchestration.aliases VALUES (1, 'phases', 'a', 'b', '2026-02-02T10:00:01.5Z', 'me')",
                slate(2),
                completion(3, "50"),
                """
                INSERT INTO nba_orchestration.readiness_changes VALUES
                    (4, 'p', 1, '2026-02-02', 'not_ready', 'ready', 'entry', '[]', NULL, '2026-02-02T10:00:03Z', 3,
                     '2026-02-02T10:00:04Z')""",
                "INSERT INTO nba_orchestration.aliases VALUES (2, 'phases', 'a', NULL, '2026-02-02T10:00:04.5Z', 'me')",
                completion(5, "51"),
                slate(6),
                completion(7, "52"),
                "INSERT INTO nba_orchestration.feed_cursors VALUES ('readiness', 7, now())");
        POSTGRES.runIn(database, behind("phase_completions", HASH_COMPLETIONS).toArray(String[]::new));
    }

    private static String slate(long position) {
        return """
                INSERT INTO nba_orchestration.slates (game_date, units, position, inserted_at, recorded_by)
                VALUES ('2026-02-02', 9, %1$d, '2026-02-02T10:00:0%1$dZ', 'me')""".formatted(position);
    }

    /** Its hashes are still to be made. */
    private static String completion(long position, String count) {
        return """
                INSERT INTO nba_orchestration.phase_completions
                    (phase, game_date, processor_name, status, record_count, completed_at, is_incremental,
                     entities_changed, metadata, inserted_at, position, id, kind, reported_phase, reported_name,
                     is_backfill, identity_key, content_hash, recorded_by, prev_hash, row_hash)
                SELECT 'phase4', '2026-02-02', 'cache', 'success', %2$s, at, false, '{}', '{"a":1}', at, %1$d,
                       lpad('%1$d', 32, '0')::uuid, 'completion', 'phase4', 'cache', false, hash, hash, 'me', hash, hash
                FROM (VALUES (timestamptz '2026-02-02T10:00:0%1$dZ', sha256('%1$d'))) AS v (at, hash)""".formatted(position, count);
    }

    /** What the published query begins with: the hash of each row, made anew. */
    private static String recomputed() {
        try {
            String query = Files.readString(Path.of("db", "queries", "verify_chain.sql"));
            return query.substring(0, query.indexOf("SELECT position,\n       prev_hash IS DISTINCT"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a superuser does it who wants that no trigger sees it, and leaves the triggers as they were. */
    private static List<String> behind(String table, String... statements) {
        String alter = "ALTER TABLE nba_orchestration." + table;
        List<String> all = new ArrayList<>(List.of(alter + " DISABLE TRIGGER USER"));
        all.addAll(List.of(statements));
        all.add(alter + " ENABLE TRIGGER USER");
        all.add(alter + " ENABLE ALWAYS TRIGGER append_only");
        if (!List.of("phase_completions", "ledger_chain").contains(table)) {
            all.add(alter + " ENABLE ALWAYS TRIGGER chained");
        }
        return all;
    }

    private static String ask(String database, String sql) {
        try (Connection connection = owner().connectTo(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Said verify(String database, List<String> arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Map<String, String> settings = Map.of(
                "quarkus.datasource.jdbc.url", url(database),
                "quarkus.datasource.username", owner().user(),
                "quarkus.datasource.password", owner().password());
        int code = Verify.run(
                new SmallRyeConfigBuilder().withDefaultValues(settings).build(),
                arguments,
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        return Said.of(code, printed);
    }

    private record Said(int code, List<String> lines) {

        static Said of(int code, ByteArrayOutputStream printed) {
            return new Said(
                    code, printed.toString(StandardCharsets.UTF_8).lines().toList());
        }

        List<String> findings() {
            return lines.subList(0, lines.size() - 1);
        }

        String conclusion() {
            return lines.get(lines.size() - 1);
        }
    }

    /**
     * A way to tamper.
     *
     * @param expected a head to be expected; empty for none
     * @param found what is printed before the conclusion, all of it
     */
    private record Tampering(String what, List<String> statements, String expected, List<String> found) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static Tampering tampering(String what, List<String> statements, String... found) {
        return new Tampering(what, statements, "", List.of(found));
    }

    private static Tampering seenByAHead(String what, String head, List<String> statements, String found) {
        return new Tampering(what, statements, head, List.of("expected " + head + found));
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.of(some, more).flatMap(List::stream).toList();
    }

    static Stream<Tampering> tamperings() {
        return Stream.of(tails(), rewrites(), rows(), orders(), guards()).flatMap(each -> each);
    }

    private static Stream<Tampering> tails() {
        List<String> cut = behind("phase_completions", DELETE_LAST);
        List<String> all = Stream.of(
                        "phase_completions",
                        "policy_versions",
                        "slates",
                        "aliases",
                        "sources",
                        "readiness_changes",
                        "ledger_chain")
                .flatMap(table -> behind(table, "TRUNCATE nba_orchestration." + table).stream())
                .toList();
        return Stream.of(
                tampering(
                        "the last row deleted",
                        cut,
                        "cursor readiness: it has come to 7, and the ledger ends at 6: its newest rows were deleted"),
                seenByAHead(
                        "the last row deleted and the cursor put back",
                        last,
                        both(cut, List.of(CURSOR_BACK)),
                        ": the ledger ends at 6: its newest rows were deleted"),
                tampering(
                        "all deleted",
                        all,
                        "cursor readiness: it has come to 7, and the ledger ends at 0: its newest rows were deleted"),
                seenByAHead(
                        "all deleted and the cursor put back",
                        earlier,
                        both(all, List.of(CURSOR_BACK)),
                        ": the ledger ends at 0: its newest rows were deleted"));
    }

    private static Stream<Tampering> rewrites() {
        List<String> completion = behind("phase_completions", RAISE_COUNT, HASH_COMPLETIONS);
        List<String> slate = both(behind("slates", NO_GAMES), behind("ledger_chain", HASH_CHAIN));
        return Stream.of(
                tampering("a completion and all hashes after it, and nobody kept a head", completion),
                seenByAHead("a completion and all hashes after it", earlier, completion, ANOTHER_HASH),
                seenByAHead("the same, by what BigQuery has", mirrored, completion, ANOTHER_HASH),
                tampering("a slate and all hashes after it, and nobody kept a head", slate),
                seenByAHead("a slate and all hashes after it", earlier, slate, ANOTHER_HASH),
                seenByAHead(
                        "a forged row with right hashes in place of the last",
                        last,
                        behind("phase_completions", DELETE_LAST, completion(7, "999"), HASH_COMPLETIONS),
                        ANOTHER_HASH),
                new Tampering(
                        "a forged row with right hashes after the last: a row like any other, but for its number",
                        behind("phase_completions", completion(8, "999"), HASH_COMPLETIONS),
                        last,
                        List.of(last + " is there, and 1 positions after it")));
    }

    private static Stream<Tampering> rows() {
        return Stream.of(
                tampering(
                        "a completion changed",
                        behind("phase_completions", RAISE_COUNT),
                        "phase_completions, position 3" + NOT_RECORDED + "its hash was"),
                tampering(
                        "a completion deleted",
                        behind(
                                "phase_completions",
                                "DELETE FROM nba_orchestration.phase_completions WHERE position = 3"),
                        "phase_completions, position 5: this row does not follow the one before it: one was changed,"
                                + " deleted or put between",
                        "position 3" + NOTHING),
                tampering(
                        "a policy changed",
                        behind(
                                "policy_versions",
                                "UPDATE nba_orchestration.policy_versions SET definition = '{\"a\": 1.50}'"),
                        "policy_versions, position 1" + NOT_RECORDED + "entry 1 of ledger_chain was"),
                tampering(
                        "a slate changed",
                        behind("slates", NO_GAMES),
                        "slates, position 2" + NOT_RECORDED + "entry 3 of ledger_chain was"),
                tampering(
                        "an alias changed",
                        behind("aliases", "UPDATE nba_orchestration.aliases SET target = 'c' WHERE revision = 1"),
                        "aliases, revision 1" + NOT_RECORDED + "entry 2 of ledger_chain was"),
                tampering(
                        "an announced change changed",
                        behind("readiness_changes", "UPDATE nba_orchestration.readiness_changes SET reasons = '[1]'"),
                        "readiness_changes, position 4" + NOT_RECORDED + "entry 4 of ledger_chain was"),
                tampering(
                        "a policy deleted",
                        behind("policy_versions", "DELETE FROM nba_orchestration.policy_versions"),
                        "policy_versions, position 1: this row was deleted: entry 1 of ledger_chain has no row",
                        "position 1" + NOTHING),
                tampering(
                        "the newest alias deleted",
                        behind("aliases", "DELETE FROM nba_orchestration.aliases WHERE revision = 2"),
                        "aliases, revision 2: this row was deleted: entry 5 of ledger_chain has no row"),
                tampering(
                        "a source changed",
                        both(
                                List.of(SOURCE),
                                behind(
                                        "sources",
                                        "UPDATE nba_orchestration.sources SET definition = '{\"job\": \"b\"}'")),
                        "sources, revision 1" + NOT_RECORDED + "entry 7 of ledger_chain was"),
                tampering(
                        "a slate and an announced change deleted, with their entries",
                        Stream.of(
                                        behind("slates", "DELETE FROM nba_orchestration.slates WHERE position = 2"),
                                        behind("readiness_changes", "DELETE FROM nba_orchestration.readiness_changes"),
                                        behind(
                                                "ledger_chain",
                                                "DELETE FROM nba_orchestration.ledger_chain WHERE row_key IN (2, 4)"
                                                        + " AND table_name <> 'aliases'"))
                                .flatMap(List::stream)
                                .toList(),
                        "ledger_chain, sequence 5" + NOT_AFTER,
                        "position 2" + NOTHING,
                        "position 4" + NOTHING),
                tampering(
                        "a slate put in with the triggers out of the way",
                        behind("slates", slate(8)),
                        "slates, position 8: this row has no entry in ledger_chain: the trigger did not see it"),
                tampering(
                        "an alias put in with the triggers out of the way",
                        behind(
                                "aliases",
                                "INSERT INTO nba_orchestration.aliases VALUES (3, 'phases', 'a', 'd', now(), 'me')"),
                        "aliases, revision 3: this row has no entry in ledger_chain: the trigger did not see it"),
                tampering(
                        "an entry of the chain changed",
                        behind(
                                "ledger_chain",
                                "UPDATE nba_orchestration.ledger_chain SET row_hash = sha256('x') WHERE sequence = 3"),
                        "ledger_chain, sequence 4" + NOT_AFTER,
                        "slates, position 2" + NOT_RECORDED + "entry 3 of ledger_chain was"));
    }

    private static Stream<Tampering> orders() {
        return Stream.of(
                tampering(
                        "a gap of positions",
                        behind("phase_completions", completion(10, "53"), HASH_COMPLETIONS),
                        "positions 8 to 9" + NOTHING),
                tampering(
                        "a position taken twice, as psql does it",
                        List.of(slate(5)),
                        "ledger_chain, sequence 7" + NOT_AFTER,
                        "position 5: both phase_completions and slates have it"));
    }

    private static Stream<Tampering> guards() {
        String slates = "ALTER TABLE nba_orchestration.slates ";
        String asOurs =
                "TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.slates FOR EACH STATEMENT";
        return Stream.of(
                tampering(
                        "a trigger dropped",
                        List.of("DROP TRIGGER append_only ON nba_orchestration.slates"),
                        "trigger append_only of slates: it is gone" + CHANGEABLE),
                tampering(
                        "a trigger disabled",
                        List.of(slates + "DISABLE TRIGGER chained"),
                        "trigger chained of slates: it is disabled: rows are added without an entry in ledger_chain"),
                tampering(
                        "a trigger that a session which plays a replica passes by",
                        List.of(slates + "ENABLE TRIGGER append_only"),
                        "trigger append_only of slates: it is not ALWAYS, so that in some sessions rows can be changed and"
                                + " deleted"),
                tampering(
                        "a trigger with another function",
                        List.of(
                                "CREATE OR REPLACE " + asOurs + " EXECUTE FUNCTION nba_orchestration.notify_feed()",
                                slates + "ENABLE ALWAYS TRIGGER append_only"),
                        "trigger append_only of slates" + NOT_OURS + CHANGEABLE),
                tampering(
                        "a trigger with a condition",
                        List.of(
                                "CREATE OR REPLACE " + asOurs
                                        + " WHEN (false) EXECUTE FUNCTION nba_orchestration.refuse_change()",
                                slates + "ENABLE ALWAYS TRIGGER append_only"),
                        "trigger append_only of slates" + NOT_OURS + CHANGEABLE),
                tampering(
                        "the notice of the feed disabled",
                        List.of(slates + "DISABLE TRIGGER feed_notified"),
                        "trigger feed_notified of slates: it is disabled: what is added is told late"),
                tampering(
                        "refuse_change made to refuse nothing",
                        List.of("CREATE OR REPLACE FUNCTION nba_orchestration.refuse_change() RETURNS trigger"
                                + " LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"),
                        "function refuse_change()" + NOT_OURS),
                tampering(
                        "the hash of the ledger made one that always fits",
                        List.of(
                                "CREATE OR REPLACE FUNCTION nba_orchestration.ledger_hash(at_position bigint) RETURNS text"
                                        + " LANGUAGE sql STABLE AS $$SELECT repeat('0', 64)$$"),
                        "function ledger_hash(bigint)" + NOT_OURS));
    }

    /** In a transaction that comes to nothing. */
    @ParameterizedTest
    @MethodSource("tamperings")
    void what_a_superuser_did_is_named(Tampering tampering) throws SQLException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<String> expected = tampering.expected().isEmpty() ? List.of() : List.of(tampering.expected());
        boolean isWhole;
        try (Connection superuser = POSTGRES.logins().superuser().connectTo(WHOLE);
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            for (String sql : tampering.statements()) {
                statement.execute(sql);
            }
            isWhole = Verify.isWhole(superuser, expected, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        Said said = Said.of(isWhole ? 0 : 1, printed);
        assertEquals(tampering.found(), said.findings());
        assertEquals(tampering.found().stream().allMatch(line -> line.endsWith(" after it")), isWhole);
        assertTrue(said.conclusion().startsWith(isWhole ? "whole: " : "not whole, "), said::conclusion);
    }

    @Test
    void a_ledger_that_is_whole_is_said_to_be_so_with_its_head() {
        assertEquals(new Said(0, List.of("whole: " + last)), verify(WHOLE, List.of()));
        assertEquals(
                new Said(
                        0,
                        List.of(
                                last + " is there, and 0 positions after it",
                                earlier + " is there, and 2 positions after it",
                                mirrored + " is there, and 4 positions after it",
                                "whole: " + last)),
                verify(WHOLE, List.of("--expect", last, "--expect", earlier, "--expect", mirrored)));
    }

    /** As if it had been there from the beginning: the hash of the ledger is the same. */
    @Test
    void the_migration_chains_what_is_there() {
        POSTGRES.runIn("postgres", "CREATE DATABASE before OWNER " + owner().user());
        migrate("before", VERSION_BEFORE);
        recordSomethingOfEveryKind("before");
        assertEquals(2, verify("before", List.of()).code());
        migrate("before", "latest");
        assertEquals(new Said(0, List.of("whole: " + last)), verify("before", List.of()));
        POSTGRES.runIn("before", slate(8));
        assertEquals(0, verify("before", List.of("--expect", earlier)).code());
    }

    @Test
    void what_cannot_be_asked_is_neither_whole_nor_not() {
        Said away = verify("nothing", List.of());
        assertEquals(2, away.code());
        assertTrue(away.conclusion().startsWith("The ledger could not be asked: "), away::conclusion);
        for (List<String> wrong : List.of(List.of("--expect"), List.of("7"), List.of("--expect", "7:abc"))) {
            assertEquals(2, verify(WHOLE, wrong).code(), wrong::toString);
        }
    }
}
