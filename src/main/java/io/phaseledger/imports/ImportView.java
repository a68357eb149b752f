package io.phaseledger.imports;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of an import. */
@Schema(name = "Import")
public record ImportView(long read, long recorded, long replayed, long rejectedCount, List<RejectedLine> rejected) {}
