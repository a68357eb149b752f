package io.phaseledger.policy;

import io.phaseledger.http.ImportView;
import io.phaseledger.http.ProblemView;
import io.phaseledger.http.UnboundedBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Takes a whole schedule of slates. */
@Path("/v1/slates/import")
@Produces(MediaType.APPLICATION_JSON)
class SlateImportResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final String PROBLEM = "application/problem+json";

    private static final String EXAMPLE = """
            {"game_date":"2026-02-13","units":0,"note":"All-Star break","inserted_at":"2025-08-14T19:00:00Z"}
            """;

    private final ImportSlates slates;

    SlateImportResource(ImportSlates slates) {
        this.slates = slates;
    }

    @POST
    @UnboundedBody
    @Consumes({
        NDJSON,
        "application/jsonl",
        MediaType.APPLICATION_JSON,
        MediaType.TEXT_PLAIN,
        MediaType.APPLICATION_OCTET_STREAM
    })
    @Operation(
            operationId = "importSlates",
            summary = "Import slates",
            description = "Takes a body of any length, a slate a line, or one JSON array. Each is what a PUT of it by"
                    + " itself would be: one that says what is in force already adds nothing, and one that is not taken"
                    + " does not touch the others.")
    @APIResponse(
            responseCode = "200",
            description = "What became of the slates. `rejected` has the codes of a PUT, and `line_too_long`.",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    @APIResponse(
            responseCode = "400",
            description = "`body_incomplete`: the body broke off; what was read before stays.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemView.class)))
    @APIResponse(
            responseCode = "415",
            description = "`unsupported_media_type`",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemView.class)))
    @APIResponse(
            responseCode = "503",
            description = "`ledger_unavailable`: what was read before stays; send it all again.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = ProblemView.class)))
    public ImportView importAll(
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = NDJSON,
                                        schema = @Schema(implementation = ImportSlate.class),
                                        examples = @ExampleObject(name = "a date", value = EXAMPLE)),
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(type = SchemaType.ARRAY, implementation = ImportSlate.class))
                            })
                    InputStream body) {
        return slates.from(body);
    }
}
