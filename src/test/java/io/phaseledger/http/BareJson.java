package io.phaseledger.http;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The reader of bodies as the service has it, for tests without the service. */
public final class BareJson {

    private BareJson() {}

    public static Json json() {
        ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
        new StrictJson().customize(mapper);
        return new Json(mapper, new Constraints());
    }
}
