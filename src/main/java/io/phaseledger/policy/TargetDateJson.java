package io.phaseledger.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.http.ScalarDeserializer;
import io.phaseledger.http.WholeNumber;
import io.phaseledger.readiness.TargetDate;
import java.io.IOException;

/** A target date in JSON: the word {@code same} or {@code previous_slate}, or a number of days. */
final class TargetDateJson {

    /** Days that an offset may reach either way. */
    static final int MAX_DAYS = 366;

    private TargetDateJson() {}

    private static Problem refused() {
        return Problem.refused(FieldError.at(
                "",
                "unknown_value",
                "must be same, previous_slate or a whole number of days from -" + MAX_DAYS + " to " + MAX_DAYS));
    }

    /** Reads it. */
    static final class Reader extends ScalarDeserializer<TargetDate> {

        Reader() {
            super(TargetDate.class, Reader::read);
        }

        private static TargetDate read(JsonParser parser) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                return ofWord(parser.getText());
            }
            Long days = WholeNumber.read(parser, -MAX_DAYS, MAX_DAYS);
            if (days == null) {
                throw refused();
            }
            return days == 0 ? new TargetDate.Same() : new TargetDate.Offset(days.intValue());
        }

        private static TargetDate ofWord(String word) {
            if (word.equals("same")) {
                return new TargetDate.Same();
            }
            if (word.equals("previous_slate")) {
                return new TargetDate.PreviousSlate();
            }
            throw refused();
        }
    }

    /** Writes it. */
    static final class Writer extends JsonSerializer<TargetDate> {
        @Override
        public void serialize(TargetDate date, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (date instanceof TargetDate.Offset offset) {
                out.writeNumber(offset.days());
            } else {
                out.writeString(date instanceof TargetDate.Same ? "same" : "previous_slate");
            }
        }
    }
}
