package io.phaseledger.http;

import static io.phaseledger.http.ScalarDeserializer.ofText;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How the values that a body may have are read from JSON, and ours are written to it. */
final class ValueModule extends SimpleModule {

    ValueModule() {
        super("phase-ledger-values");
        setDeserializers(new Enums());
        setDeserializerModifier(new ContainersOnly());
        addDeserializer(String.class, ofText(String.class, Unstorable::checked));
        addDeserializer(Instant.class, ofText(Instant.class, Instants::parse));
        addDeserializer(LocalDate.class, ofText(LocalDate.class, Dates::parse));
        addDeserializer(Duration.class, ofText(Duration.class, Durations::parse));
        addDeserializer(Boolean.class, new ScalarDeserializer<>(Boolean.class, ValueModule::bool));
        addDeserializer(BigDecimal.class, new ScalarDeserializer<>(BigDecimal.class, ValueModule::decimal));
        addDeserializer(Long.class, new ScalarDeserializer<>(Long.class, ValueModule::whole));
        addDeserializer(Integer.class, new ScalarDeserializer<>(Integer.class, ValueModule::small));
        addDeserializer(ObjectNode.class, new ObjectDeserializer(false));
        addSerializer(Instant.class, new ToMicros());
        addSerializer(Duration.class, new ToStringSerializer(Duration.class));
    }

    private static @Nullable Boolean bool(JsonParser parser) throws IOException {
        return parser.currentToken().isBoolean() ? parser.getBooleanValue() : null;
    }

    private static @Nullable BigDecimal decimal(JsonParser parser) throws IOException {
        return parser.currentToken().isNumeric() ? Unstorable.checked(parser.getDecimalValue()) : null;
    }

    private static @Nullable Long whole(JsonParser parser) throws IOException {
        return WholeNumber.read(parser, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static @Nullable Integer small(JsonParser parser) throws IOException {
        var number = WholeNumber.read(parser, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return number == null ? null : number.intValue();
    }

    /** Reads enums by their names as they are, where Jackson takes off white space and takes numbers for places. */
    private static final class Enums extends SimpleDeserializers {

        @Override
        public JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription description) {
            return byName(type);
        }

        private static <E> JsonDeserializer<E> byName(Class<E> type) {
            return ofText(type, text -> EnumNames.parse(text, type));
        }
    }

    private static final class ToMicros extends ToStringSerializerBase {

        ToMicros() {
            super(Instant.class);
        }

        @Override
        public String valueToString(Object instant) {
            return ((Instant) instant).truncatedTo(ChronoUnit.MICROS).toString();
        }
    }
}
