package io.phaseledger.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A refusal, answered as {@code application/problem+json} (RFC 9457).
 *
 * <p>It is a {@link WebApplicationException} so that what reads parameters and bodies may throw it: the framework makes a
 * 404 of any other exception there.
 */
public final class Problem extends WebApplicationException {

    static final int MALFORMED = 400;

    private static final int CONFLICT = 409;
    static final int REFUSED = 422;

    /** How many places a detail names before it says that there are more. */
    private static final int NAMED_PLACES = 10;

    private static final String ANSWERED = Problem.class.getName();
    private static final String TYPE_PREFIX = "urn:phase-ledger:problem:";
    private static final Set<String> OWN_MEMBERS =
            Set.of("type", "title", "status", "detail", "instance", "code", "errors");

    private final int status;
    private final String code;
    private final String detail;
    private final List<FieldError> errors;
    private final Map<String, Object> members;
    private final Map<String, String> headers;

    private Problem(
            int status,
            String code,
            String detail,
            List<FieldError> errors,
            Map<String, Object> members,
            Map<String, String> headers) {
        super(code, status); // Traces record it: what a caller sent stays out of them.
        this.status = status;
        this.code = code;
        this.detail = Quoted.writable(detail);
        this.errors = List.copyOf(errors);
        this.members = members;
        this.headers = headers;
    }

    /** A refusal is an answer, not a fault: no one reads its trace, and a batch may have thousands. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** A problem with a status of 400 to 599, a code in snake_case and a sentence. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), Map.of(), Map.of());
    }

    /** 400: what was sent cannot be read. At least one error; the first one's code is the problem's. */
    public static Problem malformed(FieldError... errors) {
        return malformed(List.of(errors));
    }

    /** 400: what was sent cannot be read. At least one error; the first one's code is the problem's. */
    public static Problem malformed(List<FieldError> errors) {
        return about(MALFORMED, "cannot be read", errors);
    }

    /** 422: what was sent is understood and refused. At least one error; the first one's code is the problem's. */
    public static Problem refused(FieldError... errors) {
        return refused(List.of(errors));
    }

    /** 422: what was sent is understood and refused. At least one error; the first one's code is the problem's. */
    public static Problem refused(List<FieldError> errors) {
        return about(REFUSED, "is refused", errors);
    }

    /** 409: what is asked does not fit what there is. */
    public static Problem conflict(FieldError error) {
        return about(CONFLICT, "is refused", List.of(error));
    }

    private static Problem about(int status, String verdict, List<FieldError> errors) {
        var first = errors.get(0);
        return new Problem(status, first.code(), sentence(verdict, errors), errors, Map.of(), Map.of());
    }

    private static String sentence(String verdict, List<FieldError> errors) {
        if (errors.size() == 1) {
            return errors.get(0).place() + ": " + errors.get(0).detail();
        }
        var places = errors.stream().map(FieldError::place).distinct().toList();
        var more = places.size() > NAMED_PLACES ? " and more" : "";
        return places.stream()
                .limit(NAMED_PLACES)
                .collect(Collectors.joining(", ", "What was sent " + verdict + " because of ", more + "."));
    }

    /** The same problem with an extension member; its value is written as JSON, snake_case within. */
    public Problem with(String member, Object value) {
        if (OWN_MEMBERS.contains(member)) {
            throw new IllegalArgumentException(member + " is a member of every problem");
        }
        return new Problem(status, code, detail, errors, plus(members, member, value), headers);
    }

    /** The same problem with a {@code Retry-After} header, in whole seconds, rounded up, at least 1. */
    public Problem retryAfter(Duration delay) {
        var seconds = Math.max(1, delay.plusSeconds(1).minusNanos(1).toSeconds());
        return withHeader("Retry-After", Long.toString(seconds));
    }

    /** The same problem with a header of its answer. */
    public Problem withHeader(String name, String value) {
        return new Problem(status, code, detail, errors, members, plus(headers, name, value));
    }

    /** The same problem with a body of which this one was a part: {@code "/1"} is put before every pointer. */
    public Problem under(String prefix) {
        return errors.isEmpty()
                ? this
                : about(errors.stream().map(error -> error.under(prefix)).toList());
    }

    /** The same problem with a parameter in place of a body. */
    Problem inParameter(String name) {
        return about(errors.stream()
                .map(error -> FieldError.parameter(name, error.code(), error.detail()))
                .toList());
    }

    /** The same refusal with other errors, such as these under a pointer of the whole body. */
    Problem about(List<FieldError> others) {
        return about(status, status == MALFORMED ? "cannot be read" : "is refused", others);
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
        var larger = new LinkedHashMap<>(map);
        larger.put(key, value);
        return Collections.unmodifiableMap(larger);
    }

    /** Keeps it with the request that it answers, for the log. */
    void noteOn(RoutingContext request) {
        request.put(ANSWERED, this);
    }

    /** The problem that this request was answered with, if it was. */
    public static Optional<Problem> answered(RoutingContext request) {
        return Optional.ofNullable(request.get(ANSWERED));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> members() {
        return members;
    }

    Map<String, String> headers() {
        return headers;
    }

    boolean isMalformed() {
        return status == MALFORMED;
    }

    /** The body of the answer; {@code instance} is the path that was asked. */
    public ProblemView view(String instance) {
        return new ProblemView(
                TYPE_PREFIX + code,
                HttpResponseStatus.valueOf(status).reasonPhrase(),
                status,
                detail,
                instance,
                code,
                errors.isEmpty() ? null : errors,
                members);
    }
}
