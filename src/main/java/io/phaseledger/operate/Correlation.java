package io.phaseledger.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.BodyReader;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids that a report carries, for the log: they tie it to the producer's own. */
@ApplicationScoped
public class Correlation {

    private static final String KEY = Correlation.class.getName();

    private final CurrentVertxRequest current;

    Correlation(CurrentVertxRequest current) {
        this.current = current;
    }

    /** A body that carries them. */
    public interface Ids {
        @Nullable
        String correlationId();

        @Nullable
        String executionId();

        @Nullable
        String processorName();
    }

    /** Notes those that a report has as texts which came within another message. */
    public void note(JsonNode report) {
        RoutingContext request = current.getCurrent();
        if (request != null) {
            request.put(
                    KEY,
                    ids(
                            report.path("correlation_id").textValue(),
                            report.path("execution_id").textValue(),
                            report.path("processor_name").textValue()));
        }
    }

    /** Those of this request, by name; empty if there are none. */
    static Map<String, String> of(RoutingContext request) {
        Map<String, String> noted = request.get(KEY);
        if (noted != null) {
            return noted;
        }
        return BodyReader.read(request) instanceof Ids body
                ? ids(body.correlationId(), body.executionId(), body.processorName())
                : Map.of();
    }

    private static Map<String, String> ids(
            @Nullable String correlation, @Nullable String execution, @Nullable String processor) {
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("correlation_id", correlation);
        ids.put("execution_id", execution);
        ids.put("processor_name", processor);
        ids.values().removeIf(id -> id == null);
        return ids;
    }
}
