package io.phaseledger.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.feed.SinkCursors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has a table of its own, of which nothing is sent: what is written down before and after that is at stake. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class LoadJobsTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final UUID one = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final Target target = new Target("p", "d", "t" + UUID.randomUUID());

    @Inject
    LoadJobs jobs;

    @Inject
    SinkCursors cursors;

    @Inject
    DataSource database;

    @BeforeEach
    void somethingIsRecorded() {
        RestAssured.given()
                .contentType("application/json")
                .body("""
                        {"phase":"phase4","game_date":"2026-02-02","processor_name":"cache","status":"success",\
                        "record_count":1,"execution_id":"%s","completed_at":"2026-02-03T07:00:00Z"}""".formatted(UUID.randomUUID()))
                .post("/v1/completions")
                .then()
                .statusCode(201);
    }

    private LoadJob leased(UUID holder) {
        return jobs.lease(target, holder, LEASE).orElseThrow();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement update = connection.createStatement()) {
            update.executeUpdate(statement.replace("$", "'" + target.name() + "'"));
        }
    }

    @Test
    void oneInstanceSendsAJobAtATime() {
        assertTrue(jobs.cut(target));
        LoadJob job = leased(one);
        assertEquals(Optional.empty(), jobs.lease(target, other, LEASE));
        assertEquals(job.jobId(), leased(one).jobId(), "whoever has it may look again");
        assertFalse(jobs.cut(target), "one window at a time");
    }

    @Test
    void onlyADefiniteFailureRaisesTheAttempt() {
        jobs.cut(target);
        LoadJob job = leased(one);
        jobs.submitted(job);
        jobs.later(job, Duration.ZERO, "no answer");
        LoadJob again = leased(other);
        assertEquals(job.jobId(), again.jobId());
        assertEquals(1, again.tries());
        assertTrue(again.isSubmitted());
        jobs.failed(target, again, "a row was refused", Duration.ZERO);
        LoadJob second = leased(one);
        assertEquals(2, second.attempt());
        assertFalse(second.isSubmitted());
        assertEquals(job.until(), second.until());
        assertEquals(0, cursors.position(target.sink()));
    }

    @Test
    void theCursorMovesWhenTheRowsAreThereAndOnlyOnce() {
        jobs.cut(target);
        LoadJob job = leased(one);
        jobs.submitted(job);
        jobs.done(target, job);
        assertEquals(job.until(), cursors.position(target.sink()));
        jobs.failed(target, job, "somebody who was late", Duration.ZERO);
        assertEquals(Optional.empty(), jobs.lease(target, other, LEASE), "what is done is not made again");
    }

    @Test
    void aWindowWaitsForItsInterval() throws SQLException {
        jobs.cut(target);
        LoadJob job = leased(one);
        jobs.submitted(job);
        jobs.done(target, job);
        somethingIsRecorded();
        assertFalse(jobs.cut(target), "five minutes have not passed");
        sql("UPDATE nba_orchestration.mirror_jobs SET created_at = created_at - interval '5 minutes' WHERE target = $");
        assertTrue(jobs.cut(target));
        assertEquals(job.until(), leased(one).after());
    }

    @Test
    void aDayHasFourHundredJobs() throws SQLException {
        submitted400("20 hours");
        assertEquals(400, jobs.ofDay(target));
        assertFalse(jobs.cut(target));
        sql("""
                UPDATE nba_orchestration.mirror_jobs SET submitted_at = clock_timestamp() - interval '24 hours'
                WHERE target = $ AND to_position = 1""");
        assertTrue(jobs.cut(target));
    }

    /** Written down while there was room, it is not sent when there is none any more; what BigQuery knows of is asked for. */
    @Test
    void aJobThatWasNotSentWaitsForItsDayToo() throws SQLException {
        jobs.cut(target);
        submitted400("1 hour");
        assertEquals(Optional.empty(), jobs.lease(target, one, LEASE));
        sql(
                "UPDATE nba_orchestration.mirror_jobs SET submitted_at = clock_timestamp() WHERE target = $ AND state = 'open'");
        assertTrue(jobs.lease(target, one, LEASE).isPresent());
    }

    private void submitted400(String ago) throws SQLException {
        sql("""
                INSERT INTO nba_orchestration.mirror_jobs
                    (id, target, kind, from_position, to_position, row_count, attempt, job_id, state, created_at,
                     submitted_at, finished_at, next_at, tries)
                SELECT gen_random_uuid(), $, 'window', n - 1, n, 1, 1, gen_random_uuid()::text, 'done', at, at, at, at, 0
                FROM generate_series(1, 400) AS n, (SELECT clock_timestamp() - interval '%s') AS then_ (at)""".formatted(ago));
    }
}
