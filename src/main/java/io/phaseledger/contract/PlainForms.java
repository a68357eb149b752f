package io.phaseledger.contract;

import java.util.ArrayList;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Puts instants, dates, durations and the like where they are used: as schemas of their own they are one line each. */
final class PlainForms {

    private static final String SCHEMAS = "#/components/schemas/";

    private final Components components;
    private final Map<String, Schema> forms;

    PlainForms(Components components) {
        this.components = components;
        this.forms = components.getSchemas().entrySet().stream()
                .filter(entry -> isPlain(entry.getValue()))
                .collect(Collectors.toMap(entry -> SCHEMAS + entry.getKey(), Entry::getValue));
    }

    private static boolean isPlain(Schema schema) {
        return schema.getType() != null
                && schema.getEnumeration() == null
                && schema.getProperties() == null
                && schema.getOneOf() == null
                && schema.getAllOf() == null;
    }

    void spread() {
        for (Schema schema : components.getSchemas().values()) {
            if (schema.getProperties() != null) {
                schema.getProperties().values().forEach(this::spread);
            }
        }
        forms.keySet().forEach(ref -> components.removeSchema(ref.substring(SCHEMAS.length())));
    }

    private void spread(Schema property) {
        if (property.getRef() != null && forms.containsKey(property.getRef())) {
            Schema form = forms.get(property.getRef());
            property.ref(null)
                    .type(new ArrayList<>(form.getType()))
                    .format(form.getFormat())
                    .pattern(form.getPattern());
        }
    }
}
