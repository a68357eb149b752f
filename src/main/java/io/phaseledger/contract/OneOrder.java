package io.phaseledger.contract;

import io.smallrye.openapi.model.BaseModel;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Writes what belongs together in one order: the name, the words, the form, then the rest by the alphabet. The framework
 * writes it in the order in which it found it, so that a text moved from a class to a file would look like a change.
 */
final class OneOrder {

    private static final List<String> FIRST = List.of(
            "openapi",
            "info",
            "name",
            "in",
            "operationId",
            "summary",
            "description",
            "tags",
            "type",
            "format",
            "paths");

    private static final Comparator<String> ORDER = Comparator.<String>comparingInt(
                    key -> FIRST.contains(key) ? FIRST.indexOf(key) : FIRST.size())
            .thenComparing(Comparator.naturalOrder());

    private OneOrder() {}

    /** Fields of a schema stay as they are: theirs is the order in which people read them. */
    static void arrange(Object part) {
        if (part instanceof Schema schema && schema.getBooleanSchema() != null) {
            return; // Only true or false: it has no parts.
        }
        if (part instanceof BaseModel<?> model) {
            Map<String, Object> sorted = new TreeMap<>(ORDER);
            sorted.putAll(model.getAllProperties());
            if (part instanceof Components) {
                sorted.replaceAll((kind, named) -> new TreeMap<>((Map<?, ?>) named));
            }
            arrangeAll(sorted.values());
            model.setAllProperties(sorted);
        } else if (part instanceof Map<?, ?> named) {
            arrangeAll(named.values());
        } else if (part instanceof Collection<?> parts) {
            arrangeAll(parts);
        }
    }

    private static void arrangeAll(Collection<?> parts) {
        parts.forEach(OneOrder::arrange);
    }
}
