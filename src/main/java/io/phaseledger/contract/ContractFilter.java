package io.phaseledger.contract;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/** Completes the contract by what can be told from the classes, and by what is true of every operation. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ContractFilter implements OASFilter {

    /** What the framework makes of a text that must not be blank; any place in it will do. */
    static final String NOT_BLANK = "\\S";

    /** Years from 1970 to 2199; and in a duration no years, months or weeks, for some of them differ in length. */
    private static final Map<String, String> BEGINNINGS =
            Map.of("date", "^(19[7-9]|2[01])", "date-time", "^(19[7-9]|2[01])", "duration", "^P([0-9]+D)?(T|$)");

    private final IndexView index;

    public ContractFilter(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI contract) {
        new ParameterForms(contract).spread();
        new PlainForms(contract.getComponents()).spread();
        new Presence(index).complete(contract.getComponents());
        new EveryOperation(contract, index).complete();
        OneOrder.arrange(contract);
    }

    @Override
    public @Nullable Schema filterSchema(Schema schema) {
        if (schema.getPattern() != null && !schema.getPattern().equals(NOT_BLANK)) {
            // In Java a pattern is held against the whole text, in JSON Schema against any part of it.
            schema.setPattern("^(?:" + schema.getPattern() + ")$");
        }
        if (schema.getPattern() == null && schema.getFormat() != null) {
            schema.setPattern(BEGINNINGS.get(schema.getFormat()));
        }
        if (schema.getEnumeration() != null) {
            schema.setEnumeration(schema.getEnumeration().stream()
                    .map(ContractFilter::onTheWire)
                    .toList());
        }
        if (schema.getRef() != null) {
            schema.setType(null);
        }
        return schema;
    }

    private static Object onTheWire(Object value) {
        return value instanceof String name ? name.toLowerCase(Locale.ROOT) : value;
    }
}
