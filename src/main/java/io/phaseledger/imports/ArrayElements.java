package io.phaseledger.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.JsonText;
import io.phaseledger.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an array. Each is read by itself, so one that is refused does not spoil the next: what it may hold is
 * checked then, and here only that it is JSON and not too long.
 */
final class ArrayElements extends JsonLines {

    /** Plain ASCII, in which half a surrogate pair can be written too: what is wrong with it is said of its field. */
    private static final JsonFactory WRITER =
            new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** What is passed over within an element that is refused, so that the next can be read; what is more ends the array. */
    private static final JsonFactory READER = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(16 << 20)
                    .maxNumberLength(16 << 20)
                    .maxNameLength(16 << 20)
                    .maxNestingDepth(10_000)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** How many levels of an element are kept: more than it may have, so that reading it refuses what has more. */
    private static final int KEPT_LEVELS = 200;

    private final InputStream body;
    private final JsonParser parser;
    private boolean ended;

    /** @param body whose first token is the opening bracket */
    ArrayElements(Json json, InputStream body, int limit) throws IOException {
        super(json, limit);
        this.body = body;
        this.parser = READER.createParser(body).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
        parser.nextToken();
    }

    @Override
    @Nullable
    Line read() throws IOException {
        if (ended) {
            return null;
        }
        number++;
        try {
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                return element();
            }
            if (parser.nextToken() != null) {
                return lost(FieldError.at("", "malformed_json", "the array has more after its end"));
            }
            ended = true;
            number--;
            return null;
        } catch (JsonProcessingException e) {
            return lost(JsonText.fault(e, parser));
        }
    }

    private Line element() throws IOException {
        Element element = new Element(limit);
        try (JsonGenerator copy = WRITER.createGenerator(element)) {
            copyTo(copy);
        }
        byte[] text = element.toByteArray();
        return element.isTooLong ? tooLong() : line(text.length, () -> json.tree(text));
    }

    /** Numbers as they are written: what they are is not asked here. */
    private void copyTo(JsonGenerator copy) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            depth += token.isStructStart() ? 1 : 0;
            if (depth <= KEPT_LEVELS) {
                copy(token, copy);
            } else if (depth == KEPT_LEVELS + 1 && token.isStructStart()) {
                copy.writeNull();
            }
            depth -= token.isStructEnd() ? 1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }

    private void copy(JsonToken token, JsonGenerator copy) throws IOException {
        if (token.isNumeric()) {
            copy.writeNumber(parser.getText());
        } else {
            copy.copyCurrentEvent(parser);
        }
    }

    /** What follows broken JSON may be anything, so it is taken, that the client can hear the answer, and not read. */
    private Line lost(FieldError fault) throws IOException {
        ended = true;
        body.transferTo(OutputStream.nullOutputStream());
        String inElement = String.valueOf(fault.pointer()).replaceFirst("^/\\d+", "");
        return refused(
                0,
                Problem.malformed(FieldError.at(
                        inElement, fault.code(), fault.detail() + "; the rest of the array is not read")));
    }

    /** The text of an element; what is beyond the limit is noticed and not kept. */
    private static final class Element extends ByteArrayOutputStream {

        private final int limit;
        private boolean isTooLong;

        Element(int limit) {
            this.limit = limit;
        }

        @Override
        public synchronized void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] octets, int offset, int length) {
            isTooLong |= length > limit - size();
            if (!isTooLong) {
                super.write(octets, offset, length);
            }
        }
    }
}
