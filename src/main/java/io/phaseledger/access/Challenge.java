package io.phaseledger.access;

import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Problem;

/** The refusals of RFC 6750, each with its challenge. */
public final class Challenge {

    private static final String REALM = "Bearer realm=\"phase-ledger\"";
    private static final String INSUFFICIENT = REALM + ", error=\"insufficient_scope\"";

    private Challenge() {}

    /** 401: nothing was shown. */
    static Problem nothingShown() {
        return Problem.of(401, "unauthenticated", "Show who you are: Authorization: Bearer, with a key or a token.")
                .withHeader("WWW-Authenticate", REALM);
    }

    /** 401: what was shown is worth nothing; why is not said in more words than a caller may know. */
    static Problem invalid(String why) {
        return Problem.of(401, "invalid_token", why)
                .withHeader("WWW-Authenticate", REALM + ", error=\"invalid_token\"");
    }

    /** 403: the caller is known and may not do this. */
    static Problem insufficient(Principal principal, Scope needed) {
        String scope = EnumNames.of(needed);
        return Problem.of(403, "insufficient_scope", principal.name() + " has not the scope " + scope)
                .withHeader("WWW-Authenticate", INSUFFICIENT + ", scope=\"" + scope + "\"");
    }

    /** 403: the caller is known and may not do this, and no other scope would let it. */
    public static Problem forbidden(String code, String why) {
        return Problem.of(403, code, why).withHeader("WWW-Authenticate", INSUFFICIENT);
    }
}
