package io.phaseledger.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** One line of history. */
final class Report {

    /** How long after its completion a report arrives. */
    static final int SECONDS_TO_THE_LEDGER = 2;

    private final LocalDate date;
    private final Job job;
    private final String name;
    private final String executionId;
    private final Instant startedAt;
    private final Instant at;
    private final Instant insertedAt;
    private final String status;
    private final int found;
    private final int expected;
    private final boolean incremental;

    /** A run, before anything of it is reported. */
    Report(LocalDate date, Job job, String name, String executionId, Instant startedAt, Instant endedAt) {
        this(date, job, name, executionId, startedAt, endedAt, "running", 0, 0, false);
    }

    private Report(
            LocalDate date,
            Job job,
            String name,
            String executionId,
            Instant startedAt,
            Instant at,
            String status,
            int found,
            int expected,
            boolean incremental) {
        this.date = date;
        this.job = job;
        this.name = name;
        this.executionId = executionId;
        this.startedAt = startedAt;
        this.at = at;
        this.insertedAt = at.plusSeconds(SECONDS_TO_THE_LEDGER);
        this.status = status;
        this.found = found;
        this.expected = expected;
        this.incremental = incremental;
    }

    /** The report of its start. */
    Report started() {
        return new Report(date, job, name, executionId, startedAt, startedAt, "running", 0, 0, false);
    }

    /** The report of its outcome. */
    Report ended(String outcome, int records, int ofExpected) {
        return new Report(date, job, name, executionId, startedAt, at, outcome, records, ofExpected, false);
    }

    /** The same as an incremental run. */
    Report incremental(boolean only) {
        return new Report(date, job, name, executionId, startedAt, at, status, found, expected, only);
    }

    /** Whether the table has rows after it. */
    boolean fills() {
        return status.equals("success") && found > 0;
    }

    Job job() {
        return job;
    }

    Instant insertedAt() {
        return insertedAt;
    }

    String executionId() {
        return executionId + status;
    }

    /** As one line of an import, without its end. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("phase", job.phase());
        json.writeStringField("game_date", date.toString());
        json.writeStringField("processor_name", name);
        json.writeStringField("status", status);
        json.writeStringField("correlation_id", "season-" + date + "-" + job.phase());
        json.writeStringField("execution_id", executionId);
        json.writeStringField("started_at", text(startedAt));
        json.writeStringField("completed_at", text(at));
        json.writeStringField("inserted_at", text(insertedAt));
        if (!status.equals("running")) {
            writeOutcome(json);
        }
        json.writeEndObject();
    }

    /** As Instant.toString for whole seconds, at a fifth of its cost. */
    private static String text(Instant instant) {
        String text = instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
        return text.length() == "2026-02-03T07:00".length() ? text + ":00Z" : text + "Z";
    }

    private void writeOutcome(JsonGenerator json) throws IOException {
        json.writeNumberField("record_count", found);
        json.writeNumberField("expected_count", expected);
        json.writeBooleanField("is_incremental", incremental);
        json.writeObjectFieldStart("metadata");
        json.writeStringField("trigger_source", incremental ? "pubsub" : "schedule");
        if (status.equals("failed")) {
            json.writeStringField("error_type", "TimeoutError");
        }
        json.writeEndObject();
    }
}
