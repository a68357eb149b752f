package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads run events of OpenLineage, each by what its type means. */
@ApplicationScoped
class LineageReader implements MessageReader {

    /** Says something about a run and nothing about whether its work is done. */
    private static final String OTHER = "OTHER";

    private static final Map<String, String> STATUSES = Map.of(
            "START", "running", "RUNNING", "running", "COMPLETE", "success", "FAIL", "failed", "ABORT", "failed");

    private static final List<String> TYPES = List.of("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", OTHER);

    private final Map<String, String> phases;

    LineageReader(OpenLineageConfig config) {
        this.phases = config.namespaces().values().stream()
                .collect(Collectors.toMap(OpenLineageConfig.Namespace::namespace, OpenLineageConfig.Namespace::phase));
    }

    @Override
    public Source source() {
        return Source.OPENLINEAGE;
    }

    @Override
    public Optional<ReadReport> read(Received message) {
        JsonNode event = message.tree();
        String type = event.path("eventType").asText().toUpperCase(Locale.ROOT);
        if (type.equals(OTHER)) {
            return Optional.empty();
        }
        String status = STATUSES.get(type);
        if (status == null) {
            throw Problem.refused(
                    FieldError.at("/eventType", "unknown_value", "must be one of " + String.join(", ", TYPES)));
        }
        return Optional.of(LineageEvent.read(
                event, status, phases.get(event.at("/job/namespace").asText())));
    }
}
