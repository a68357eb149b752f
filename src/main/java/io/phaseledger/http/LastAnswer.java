package io.phaseledger.http;

import io.vertx.ext.web.RoutingContext;

/** A refusal with which the connection goes: the client may be sending the rest of its body, and nobody reads it. */
final class LastAnswer {

    private LastAnswer() {}

    static Problem of(Problem problem, RoutingContext context) {
        // The response's own handler would take the place of the one that all others hang on: nothing would be logged.
        context.addEndHandler(sent -> context.request().connection().close());
        return problem.withHeader("Connection", "close");
    }
}
