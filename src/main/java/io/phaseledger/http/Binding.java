package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make a value of a tree.
 *
 * <p>Jackson stops at the first thing it cannot read. To name them all, the field at fault is taken out and the rest is
 * read again; the usual body has no fault and is read once.
 */
final class Binding<T> {

    /** How many faults of one body are named; each costs reading it once more. */
    static final int MOST_FAULTS = 20;

    private final ObjectReader reader;
    private final Validator validator;
    private final List<String> beside;
    private final List<FieldError> malformed = new ArrayList<>();
    private final List<FieldError> refused = new ArrayList<>();

    /**
     * @param reader of the type
     * @param beside names of fields that are known beside those of the type
     */
    Binding(ObjectReader reader, Validator validator, List<String> beside) {
        this.reader = reader;
        this.validator = validator;
        this.beside = beside;
    }

    T bind(JsonNode tree) {
        if (!tree.isObject()) {
            var detail = "must be an object, and is " + Misfit.kindOf(tree);
            throw Problem.malformed(FieldError.at("", "wrong_type", detail));
        }
        refused.addAll(Unstorable.in(tree));
        var value = read(tree);
        if (value != null) {
            refused.addAll(new Constraints(validator).violated(value, known()));
        }
        return settled(value);
    }

    /** Where something could not be read, nothing is to be said of its absence. */
    private List<FieldError> known() {
        return Stream.concat(malformed.stream(), refused.stream()).toList();
    }

    /** The value of one field of an object, which may be of any kind. */
    T bindField(String name, JsonNode value) {
        try {
            refused.addAll(Unstorable.in(value));
            return settled(read(value));
        } catch (Problem e) {
            throw e.under("/" + Misfit.escaped(name));
        }
    }

    private T settled(@Nullable T value) {
        if (!malformed.isEmpty() || !refused.isEmpty() || value == null) {
            throw AllFaults.of(malformed, refused);
        }
        return value;
    }

    private @Nullable T read(JsonNode tree) {
        var rest = tree;
        for (int left = MOST_FAULTS; left > 0; left--) {
            try {
                return made(rest);
            } catch (JsonMappingException e) {
                rest = withoutFault(rest, e);
                if (rest.isMissingNode()) {
                    return null;
                }
            } catch (IOException e) {
                throw new IllegalStateException("A tree that was read does not bind", e);
            }
        }
        return null;
    }

    private T made(JsonNode tree) throws IOException {
        try {
            return reader.readValue(tree);
        } catch (InputCoercionException e) { // Of the tree as a whole; one of a part comes with its place.
            throw new JsonMappingException(null, e.getOriginalMessage(), e);
        }
    }

    private JsonNode withoutFault(JsonNode tree, JsonMappingException e) {
        var pointer = Misfit.pointer(e);
        var problem = Misfit.problem(e, pointer, tree.at(pointer), beside);
        (problem.isMalformed() ? malformed : refused).addAll(problem.errors());
        return remove(tree.deepCopy(), JsonPointer.compile(pointer));
    }

    /** Takes out what cannot be read, if anything is left then; in an array the places of the others must not change. */
    private static JsonNode remove(JsonNode tree, JsonPointer pointer) {
        var parent = pointer.head() == null ? tree.path(-1) : tree.at(pointer.head());
        if (parent instanceof ObjectNode object && object.has(pointer.last().getMatchingProperty())) {
            object.remove(pointer.last().getMatchingProperty());
            return tree;
        }
        if (parent instanceof ArrayNode array
                && !array.path(pointer.last().getMatchingIndex()).isNull()) {
            array.setNull(pointer.last().getMatchingIndex());
            return tree;
        }
        return tree.path(-1);
    }
}
