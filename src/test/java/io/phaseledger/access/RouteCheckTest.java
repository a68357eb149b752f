package io.phaseledger.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteCheckTest {

    @ParameterizedTest
    @CsvSource({
        "/openapi.yaml,              true,  false",
        "/q/openapi,                 true,  false",
        "/q/swagger-ui/,             true,  false",
        "/q/swagger-ui/index.html,   true,  false",
        "/q/health/ready,            true,  true",
        "/q/metrics,                 false, false",
        "/q/metrics/x,               false, false",
        "/q/openapix,                false, false",
        "/q/arc,                     false, false",
        "/q,                         false, false",
    })
    void the_contract_can_be_shown_to_everybody_and_nothing_else_with_it(
            String path, boolean whenPublic, boolean otherwise) {
        assertEquals(whenPublic, RouteCheck.isOpen(path, true));
        assertEquals(otherwise, RouteCheck.isOpen(path, false));
    }
}
