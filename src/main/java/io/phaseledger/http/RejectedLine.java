package io.phaseledger.http;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A row of an import that was not taken. */
@Schema(description = "A row of an import that was not taken. The others are not touched by it.")
record RejectedLine(
        @Schema(description = "Its line, or its place in the array; both from 1.", examples = "17")
        long line,

        @Schema(
                description = "Why, for programs; the same code as that of the problem when it is sent by itself."
                        + " line_too_long: more bytes than a line may have.",
                examples = "unknown_value")
        String code,

        @Schema(
                description = "Why, for people.",
                examples = "/status: `done` is not one of success, partial, failed, no_data, skipped, running")
        String detail) {}
