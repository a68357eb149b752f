package io.phaseledger.contract;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Says of each field whether it may be null and whether it must be there, as the components of records do: one that is
 * {@link Nullable} may be null, and one that is not must be there unless it has a default.
 */
final class Presence {

    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);

    private final Map<String, ClassInfo> records;

    Presence(IndexView index) {
        this.records = index.getAnnotations(SCHEMA).stream()
                .filter(annotation -> annotation.target() instanceof ClassInfo type && type.isRecord())
                .collect(Collectors.toMap(
                        Presence::name, annotation -> annotation.target().asClass(), (one, again) -> one));
    }

    private static String name(AnnotationInstance annotation) {
        return annotation.value("name") == null
                ? annotation.target().asClass().simpleName()
                : annotation.value("name").asString();
    }

    void complete(Components components) {
        components.getSchemas().forEach((name, schema) -> {
            if (records.containsKey(name)) {
                records.get(name).recordComponents().forEach(component -> complete(schema, component));
            }
        });
    }

    private static void complete(Schema schema, RecordComponentInfo component) {
        String name = component.name().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
        Schema property = schema.getProperties().get(name);
        if (property == null) {
            return;
        }
        boolean required = schema.getRequired() != null && schema.getRequired().contains(name);
        if (component.type().hasAnnotation(NULLABLE)) {
            schema.addProperty(name, nullable(property));
        } else if (property.getDefaultValue() == null && !required) {
            schema.addRequired(name);
        }
    }

    private static Schema nullable(Schema schema) {
        if (schema.getRef() == null) {
            if (schema.getType() != null) {
                schema.addType(Schema.SchemaType.NULL);
            }
            return schema;
        }
        return OASFactory.createSchema()
                .description(schema.getDescription())
                .examples(schema.getExamples())
                .defaultValue(schema.getDefaultValue())
                .anyOf(List.of(
                        OASFactory.createSchema().ref(schema.getRef()),
                        OASFactory.createSchema().addType(Schema.SchemaType.NULL)));
    }
}
