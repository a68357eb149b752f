package io.phaseledger.operate;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Gives every request an id, which the answer and every log line about it carry. */
@ApplicationScoped
class RequestIds {

    static final String HEADER = "X-Request-Id";

    /** In the log. */
    static final String FIELD = "request_id";

    /** A caller's id that is longer or has other characters is replaced: it would be written to logs and headers. */
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    /** Before everything else, so that whatever refuses a request has its id. */
    static final int FIRST = 10_000;

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    void register(@Observes Filters filters) {
        filters.register(this::identify, FIRST);
    }

    private void identify(RoutingContext request) {
        String sent = request.request().getHeader(HEADER);
        String id = sent != null && ACCEPTED.matcher(sent).matches()
                ? sent
                : ids.generate().toString();
        request.put(FIELD, id);
        request.response().putHeader(HEADER, id);
        MDC.put(FIELD, id);
        request.next();
    }
}
