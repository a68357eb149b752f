package io.phaseledger.ledger;

import io.phaseledger.database.Unavailable;
import io.phaseledger.http.ProblemResponses;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says with every good answer how far the ledger has come, where the answer does not say so itself. */
class LedgerPosition {

    static final String HEADER = "Ledger-Position";

    /** Of ours, also the one that others give. */
    private static final Pattern PATHS = Pattern.compile("(/api)?/v1/.*");

    private final Positions positions;
    private final ProblemResponses problems;

    LedgerPosition(Positions positions, ProblemResponses problems) {
        this.positions = positions;
        this.problems = problems;
    }

    @ServerResponseFilter
    public void add(ContainerRequestContext request, ContainerResponseContext response) {
        boolean good = response.getStatus() < 300 || response.getStatus() == 304;
        // The framework answers OPTIONS itself, on a thread that may not ask the database.
        if (good
                && !request.getMethod().equals(HttpMethod.OPTIONS)
                && PATHS.matcher(request.getUriInfo().getPath()).matches()
                && !response.getHeaders().containsKey(HEADER)) {
            tell(response);
        }
    }

    /** The framework would write whatever is thrown here as if it were what the method answers. */
    private void tell(ContainerResponseContext response) {
        try {
            response.getHeaders().putSingle(HEADER, positions.head().position());
        } catch (RuntimeException e) {
            if (!Unavailable.isBehind(e)) {
                throw e;
            }
            problems.instead(response, Unavailable.problem());
        }
    }
}
