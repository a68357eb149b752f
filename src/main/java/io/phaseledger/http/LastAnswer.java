package io.phaseledger.http;

import io.vertx.ext.web.RoutingContext;

/** A refusal with which the connection goes: the client may be sending the rest of its body, and nobody reads it. */
final class LastAnswer {

    private LastAnswer() {}

    static Problem of(Problem problem, RoutingContext context) {
        var request = context.request();
        request.response().endHandler(sent -> request.connection().close());
        return problem.withHeader("Connection", "close");
    }
}
