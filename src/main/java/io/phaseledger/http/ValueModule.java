package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** How instants, dates, durations and our enums are read from JSON and written to it. */
final class ValueModule extends SimpleModule {

    ValueModule() {
        super("phase-ledger-values");
        addDeserializer(Instant.class, new TextDeserializer<>(Instant.class, Instants::parse));
        addDeserializer(LocalDate.class, new TextDeserializer<>(LocalDate.class, Dates::parse));
        addDeserializer(Duration.class, new TextDeserializer<>(Duration.class, Durations::parse));
        setDeserializerModifier(new EnumDeserializers());
        addSerializer(Instant.class, new TextSerializer<>(ValueModule::text));
        addSerializer(Duration.class, new TextSerializer<>(Duration::toString));
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new SnakeCaseEnums());
    }

    private static final class TextSerializer<T> extends JsonSerializer<T> {

        private final Function<T, String> format;

        TextSerializer(Function<T, String> format) {
            this.format = format;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(format.apply(value));
        }
    }
}
