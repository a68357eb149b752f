package io.phaseledger.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ids that a report carries, kept with its request for the log. */
@ApplicationScoped
public class Correlation {

    private static final String KEY = Correlation.class.getName();

    /** What ties a report to the producer's own log. */
    private static final List<String> NAMES = List.of("correlation_id", "execution_id", "processor_name");

    private final CurrentVertxRequest current;

    Correlation(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Notes those of the ids that the body has as texts, before anything is asked of it. */
    public void note(JsonNode body) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String name : NAMES) {
            JsonNode value = body.path(name);
            if (value.isTextual()) {
                ids.put(name, value.textValue());
            }
        }
        RoutingContext request = current.getCurrent();
        if (request != null) {
            request.put(KEY, ids);
        }
    }

    /** What was noted of this request, by name; empty if nothing was. */
    public static Map<String, String> of(RoutingContext request) {
        Map<String, String> noted = request.get(KEY);
        return noted == null ? Map.of() : noted;
    }
}
