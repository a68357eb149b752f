package io.phaseledger.ledger;

import io.phaseledger.http.ImportView;
import io.phaseledger.http.ProblemView;
import io.phaseledger.http.UnboundedBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Takes history: what was recorded elsewhere, with when it was known there. */
@Path("/v1/completions/import")
@Produces(MediaType.APPLICATION_JSON)
class ImportResource {

    private static final String PROBLEM = "application/problem+json";

    private static final String POSTED = """
            {"phase":"phase4","game_date":"2026-02-02","processor_name":"player_daily_cache","status":"success",\
            "record_count":187,"completed_at":"2026-02-03T07:00:00Z","inserted_at":"2026-02-03T07:00:01Z"}
            """;

    private static final String EXPORTED = """
            {"phase":"phase4","game_date":"2026-02-02","processor_name":"player_daily_cache","status":"success",\
            "record_count":"187","correlation_id":null,"execution_id":null,"completed_at":"2026-02-03 07:00:00 UTC",\
            "is_incremental":"false","entities_changed":[],"metadata":"{\\"attempt\\":1}",\
            "inserted_at":"2026-02-03 07:00:01.25 UTC"}
            """;

    private static final String UNSENT = """
            2026-02-03 07:01:00,120 ERROR PHASE_LEDGER_UNSENT {"phase":"phase4","game_date":"2026-02-02",\
            "processor_name":"player_daily_cache","status":"success","execution_id":"player_daily_cache-17"}
            """;

    private final ImportCompletions completions;

    ImportResource(ImportCompletions completions) {
        this.completions = completions;
    }

    @POST
    @UnboundedBody
    @Consumes({
        BatchResource.NDJSON,
        BatchResource.JSONL,
        MediaType.APPLICATION_JSON,
        MediaType.TEXT_PLAIN,
        MediaType.APPLICATION_OCTET_STREAM
    })
    @Operation(
            operationId = "importCompletions",
            summary = "Import history",
            description =
                    "Takes a body of any length, a row a line, and commits every 10,000 rows. A row has the fields"
                            + " of a POST and `inserted_at`, when it was known; or it is as BigQuery exports it, with numbers and"
                            + " booleans as strings, metadata as a string, and timestamps such as `2026-02-03 07:00:00 UTC`"
                            + " (with a space and no zone they are UTC, as BigQuery's are); or it is a log line, of which what"
                            + " follows `PHASE_LEDGER_UNSENT` counts. A body that begins with `[` is read as one JSON array.\n\n"
                            + "The identity of a row with `inserted_at` is all of it, so history keeps its duplicates and a"
                            + " second run adds nothing. A row without it is what the same POST would be. A row that is not"
                            + " taken does not touch the others; of a body that breaks off, what was committed stays.")
    @APIResponse(
            responseCode = "200",
            description = "What became of the rows. `rejected` has the codes of the single POST, and `line_too_long`.",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    @APIResponse(
            responseCode = "400",
            description = "`body_incomplete`: the body broke off; what was committed before stays.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemView.class)))
    @APIResponse(
            responseCode = "415",
            description = "`unsupported_media_type`",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemView.class)))
    @APIResponse(
            responseCode = "503",
            description = "`overloaded` or `ledger_unavailable`: what was committed before stays; send it all again.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemView.class)))
    public ImportView importAll(
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = BatchResource.NDJSON,
                                        schema = @Schema(implementation = Row.class),
                                        examples = {
                                            @ExampleObject(name = "as posted", value = POSTED),
                                            @ExampleObject(name = "as exported by BigQuery", value = EXPORTED)
                                        }),
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(type = SchemaType.ARRAY, implementation = Row.class)),
                                @Content(
                                        mediaType = MediaType.TEXT_PLAIN,
                                        schema = @Schema(type = SchemaType.STRING),
                                        examples = @ExampleObject(name = "a log", value = UNSENT))
                            })
                    InputStream body) {
        return completions.from(body);
    }

    /** The schema of a row; rows are read by {@link Submissions#history}. */
    @Schema(
            name = "ImportCompletion",
            description = "A completion and when it was known.",
            allOf = {RecordCompletion.class, Known.class})
    interface Row {}

    /** When a row of history was known. */
    @Schema(description = "When a row of history was known.")
    record Known(
            @Schema(
                    description = "When it was known; not later than now. Left out, the row is a report of now.",
                    examples = "2026-02-03T07:00:01Z")
            @Nullable
            Instant insertedAt) {}
}
