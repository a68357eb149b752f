package io.phaseledger.operate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.http.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Writes one line for every request that is answered with 4xx or 5xx, and counts it. */
@ApplicationScoped
class RefusalLog {

    private static final Logger LOG = Logger.getLogger("io.phaseledger.refused");

    private static final int FIRST_REFUSAL = 400;
    private static final int AFTER_REQUEST_IDS = 9_000;

    /** Probes and metrics, which are asked all the time and say what is wrong themselves. */
    private static final String OPERATIONAL = "/q/";

    /** Characters of one value in the line; a client may send paths of thousands. */
    private static final int LONGEST = 300;

    private final MeterProvider<Counter> refused;

    RefusalLog(MeterRegistry registry) {
        this.refused = Counter.builder("phase_ledger.requests.refused")
                .description("Requests that were answered with 4xx or 5xx, by status and the code of the problem")
                .withRegistry(registry);
    }

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    request.addEndHandler(answered -> logIfRefused(request));
                    request.next();
                },
                AFTER_REQUEST_IDS);
    }

    private void logIfRefused(RoutingContext request) {
        int status = request.response().getStatusCode();
        String path = request.request().path();
        if (status < FIRST_REFUSAL || path == null || path.startsWith(OPERATIONAL)) {
            return;
        }
        Map<String, String> fields = fields(request, status);
        refused.withTags("status", Integer.toString(status), "code", fields.getOrDefault("code", "none"))
                .increment();
        fields.forEach(MDC::put);
        try {
            LOG.info(line(fields));
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    private static Map<String, String> fields(RoutingContext context, int status) {
        HttpServerRequest request = context.request();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("status", Integer.toString(status));
        Problem.answered(context).ifPresent(problem -> {
            fields.put("code", problem.code());
            put(fields, "detail", problem.detail());
        });
        fields.put("method", request.method().name());
        put(fields, "uri", Redaction.uri(request.uri()));
        Correlation.of(context).forEach((name, value) -> put(fields, name, value));
        put(fields, RequestIds.FIELD, context.get(RequestIds.FIELD));
        return fields;
    }

    private static void put(Map<String, String> fields, String name, String text) {
        String value = Redaction.text(text);
        fields.put(name, value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…");
    }

    /** Names and values in the manner of logfmt: a value with anything but plain characters is quoted. */
    private static String line(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + quoted(field.getValue()))
                .collect(Collectors.joining(" ", "refused ", ""));
    }

    /** A line break in what a client sent must not look like a line of ours. */
    private static String quoted(String value) {
        if (value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '=')) {
            return value;
        }
        StringBuilder text = new StringBuilder("\"");
        value.chars().forEach(c -> text.append(escaped((char) c)));
        return text.append('"').toString();
    }

    private static String escaped(char c) {
        if (c == '"' || c == '\\') {
            return "\\" + c;
        }
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029'
                ? String.format("\\u%04x", (int) c)
                : String.valueOf(c);
    }
}
