package io.phaseledger.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Has each parameter say itself what it may be, without a name for its form. */
final class ParameterForms {

    private final OpenAPI contract;
    private final Map<String, Schema> named;
    private final Set<String> spread = new HashSet<>();

    ParameterForms(OpenAPI contract) {
        this.contract = contract;
        this.named = contract.getComponents().getSchemas();
    }

    void spread() {
        contract.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .map(Operation::getParameters)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(parameter -> parameter.getSchema() != null)
                .forEach(this::spread);
        Set<String> used = named.values().stream().flatMap(ParameterForms::refs).collect(Collectors.toSet());
        spread.stream()
                .filter(ref -> !used.contains(ref))
                .forEach(ref -> contract.getComponents().removeSchema(name(ref)));
    }

    private void spread(Parameter parameter) {
        Schema schema = plain(parameter.getSchema());
        boolean free = Objects.equals(schema.getType(), List.of(Schema.SchemaType.STRING))
                && schema.getEnumeration() == null
                && schema.getFormat() == null;
        if (free && parameter.getIn() != Parameter.In.PATH) {
            schema.setPattern(schema.getPattern() == null ? ContractFilter.NOT_BLANK : schema.getPattern());
        }
        parameter.setSchema(schema);
    }

    private Schema plain(Schema schema) {
        if (schema.getItems() != null) {
            first(schema.getItems(), Schema::getRef).ifPresent(spread::add);
            return values();
        }
        Optional<Schema> form = first(schema, Schema::getRef).map(this::named);
        if (form.isEmpty()) {
            return "int32".equals(schema.getFormat()) ? schema.format(null) : schema; // Bounds say more.
        }
        return OASFactory.createSchema()
                .type(new ArrayList<>(form.get().getType()))
                .format(form.get().getFormat())
                .pattern(form.get().getPattern())
                .enumeration(form.get().getEnumeration())
                .defaultValue(first(schema, Schema::getDefaultValue).orElse(null));
    }

    private Schema named(String ref) {
        spread.add(ref);
        return Objects.requireNonNull(named.get(name(ref)));
    }

    private static String name(String ref) {
        return ref.substring(ref.lastIndexOf('/') + 1);
    }

    private static Stream<String> refs(Schema schema) {
        Stream<Schema> properties =
                schema.getProperties() == null ? Stream.empty() : schema.getProperties().values().stream();
        Stream<Schema> parts = Stream.of(schema.getAnyOf(), schema.getAllOf(), schema.getOneOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream);
        return Stream.concat(
                Stream.ofNullable(schema.getRef()),
                Stream.of(properties, parts, Stream.ofNullable(schema.getItems()))
                        .flatMap(Function.identity())
                        .flatMap(ParameterForms::refs));
    }

    /** Each may be several with commas between, of which no schema can say what they are. */
    private static Schema values() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .items(OASFactory.createSchema()
                        .addType(Schema.SchemaType.STRING)
                        .minLength(1));
    }

    /** A default stands beside the name of a form, both in parts of the schema. */
    private static <T> Optional<T> first(Schema schema, Function<Schema, T> part) {
        Stream<Schema> parts = schema.getAllOf() == null ? Stream.empty() : schema.getAllOf().stream();
        return Stream.concat(Stream.of(schema), parts)
                .map(part)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
