package io.phaseledger.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The elements of an array. Each is read by itself, so one that is refused does not spoil the next. */
final class ArrayElements extends JsonLines {

    /** Plain ASCII, in which half a surrogate pair can be written too: what is wrong with it is said of its field. */
    private static final JsonFactory WRITER =
            new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final InputStream body;
    private final JsonParser parser;
    private boolean ended;

    /** @param body whose first token is the opening bracket */
    ArrayElements(Json json, InputStream body, int limit) throws IOException {
        super(json, limit);
        this.body = body;
        this.parser = json.mapper()
                .getFactory()
                .createParser(body)
                .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                .disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION); // It is found when the element is read.
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
                return lost("malformed_json", "the array has more after its end");
            }
            ended = true;
            number--;
            return null;
        } catch (StreamConstraintsException e) {
            return lost("json_limit", e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            return lost("malformed_json", "is not JSON: " + e.getOriginalMessage());
        }
    }

    private Line element() throws IOException {
        Element element = new Element(limit);
        try (JsonGenerator copy = WRITER.createGenerator(element)) {
            copy.copyCurrentStructureExact(parser);
        }
        byte[] text = element.toByteArray();
        return element.isTooLong ? tooLong() : line(text.length, () -> json.tree(text));
    }

    /** What follows broken JSON may be anything, so it is taken, that the client can hear the answer, and not read. */
    private Line lost(String code, String why) throws IOException {
        ended = true;
        body.transferTo(OutputStream.nullOutputStream());
        return refused(0, Problem.malformed(FieldError.at("", code, why + "; the rest of the array is not read")));
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
