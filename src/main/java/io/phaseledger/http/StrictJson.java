package io.phaseledger.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** The one Jackson mapper's settings: snake_case, exact numbers, and nothing read as what it is not. */
@Singleton
final class StrictJson implements ObjectMapperCustomizer {

    /** How deep objects and arrays may nest; a reader of ours may recurse that often. */
    static final int DEEPEST = 100;

    /** The longest string in a body, in characters. */
    static final int LONGEST_STRING = 1_000_000;

    /** The longest number in a body, in characters. */
    static final int LONGEST_NUMBER = 400;

    /** The longest field name in a body, in characters. */
    static final int LONGEST_NAME = 1_000;

    /** Last of all: the module that is registered last reads and writes, and java.time's own would otherwise win. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        bound(mapper);
        keepNumbersExact(mapper);
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .configure(EnumFeature.WRITE_ENUMS_TO_LOWERCASE, true) // As EnumNames has them.
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.WRAP_EXCEPTIONS)
                .registerModule(new ValueModule());
    }

    private static void bound(ObjectMapper mapper) {
        mapper.getFactory().setStreamReadConstraints(limits(1)).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    /** For what was within the limits when it came: what was put around it and the form of its numbers may go beyond. */
    static JsonFactory ofWhatIsKept(JsonFactory factory) {
        return factory.copy().setStreamReadConstraints(limits(2));
    }

    private static StreamReadConstraints limits(int times) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(times * DEEPEST)
                .maxStringLength(times * LONGEST_STRING)
                .maxNumberLength(times * LONGEST_NUMBER)
                .maxNameLength(LONGEST_NAME)
                .build();
    }

    private static void keepNumbersExact(ObjectMapper mapper) {
        mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        mapper.configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
        mapper.getFactory().configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature(), true);
    }
}
