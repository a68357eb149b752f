package io.phaseledger;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that must be refused.
 *
 * @param kind in which way it is wrong
 * @param place the JSON pointer or the parameter that the refusal must name; empty for the whole body
 * @param codes one of them must be the named error's; empty where any will do
 * @param nearest what the refusal must offer
 */
record BadRequest(
        String kind,
        String place,
        Set<String> codes,
        @Nullable String nearest,
        RawRequest request) {

    static BadRequest of(String kind, String place, RawRequest request, String... codes) {
        return new BadRequest(kind, place, Set.of(codes), null, request);
    }

    BadRequest offering(String name) {
        return new BadRequest(kind, place, codes, name, request);
    }

    @Override
    public String toString() {
        return kind + " at '" + place + "': " + request.method() + " " + request.target();
    }
}
