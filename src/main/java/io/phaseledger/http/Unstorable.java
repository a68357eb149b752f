package io.phaseledger.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what JSON can say and the database cannot keep: the character NUL, half a surrogate pair, and numbers so large
 * that writing them out fills the memory.
 */
final class Unstorable {

    /** Powers of ten up to this, either way; a double reaches 308. */
    static final int LARGEST_EXPONENT = 400;

    private final List<FieldError> errors = new ArrayList<>();

    private Unstorable() {}

    /** At most {@link Binding#MOST_FAULTS} errors; recursion is bounded by the depth at which trees are read. */
    static List<FieldError> in(JsonNode tree) {
        var unstorable = new Unstorable();
        unstorable.visit(tree, null);
        return unstorable.errors;
    }

    private void visit(JsonNode node, @Nullable Place place) {
        if (errors.size() >= Binding.MOST_FAULTS) {
            return;
        }
        if (node.isTextual()) {
            checkText(node.textValue(), place);
        } else if (node.isBigDecimal()) {
            checkNumber(node, place);
        } else {
            visitParts(node, place);
        }
    }

    private void visitParts(JsonNode node, @Nullable Place place) {
        for (var field : node.properties()) {
            var at = new Place(place, field.getKey());
            checkText(field.getKey(), at);
            visit(field.getValue(), at);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            visit(node.get(i), new Place(place, i));
        }
    }

    private void checkText(String text, @Nullable Place place) {
        if (text.indexOf('\0') >= 0) {
            add(place, "invalid_character", "has the character U+0000, which cannot be stored");
        } else if (hasLoneSurrogate(text)) {
            add(place, "invalid_character", "has half a surrogate pair, which is no character");
        }
    }

    private void add(@Nullable Place place, String code, String detail) {
        errors.add(FieldError.at(place == null ? "" : place.pointer(), code, detail));
    }

    private static boolean hasLoneSurrogate(String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return true;
            }
            at += Character.charCount(c);
        }
        return false;
    }

    private void checkNumber(JsonNode number, @Nullable Place place) {
        if (Math.abs((long) number.decimalValue().scale()) > LARGEST_EXPONENT) {
            add(place, "out_of_range", "is too large or too small a number");
        }
    }

    /**
     * Where a value is; put into words only where something is wrong with it.
     *
     * @param around null for the value as a whole
     * @param step a field's name or an element's index
     */
    private record Place(@Nullable Place around, Object step) {

        String pointer() {
            var before = around == null ? "" : around.pointer();
            return before + "/" + Misfit.escaped(step.toString());
        }
    }
}
