package io.phaseledger.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

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
        unstorable.visit(tree, "");
        return unstorable.errors;
    }

    private void visit(JsonNode node, String pointer) {
        if (errors.size() >= Binding.MOST_FAULTS) {
            return;
        }
        if (node.isTextual()) {
            checkText(node.textValue(), pointer);
        } else if (node.isBigDecimal()) {
            checkNumber(node, pointer);
        } else {
            visitParts(node, pointer);
        }
    }

    private void visitParts(JsonNode node, String pointer) {
        for (var field : node.properties()) {
            var at = pointer + "/" + Misfit.escaped(field.getKey());
            checkText(field.getKey(), at);
            visit(field.getValue(), at);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            visit(node.get(i), pointer + "/" + i);
        }
    }

    private void checkText(String text, String pointer) {
        if (text.indexOf('\0') >= 0) {
            errors.add(FieldError.at(pointer, "invalid_character", "has the character U+0000, which cannot be stored"));
        } else if (hasLoneSurrogate(text)) {
            errors.add(FieldError.at(pointer, "invalid_character", "has half a surrogate pair, which is no character"));
        }
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

    private void checkNumber(JsonNode number, String pointer) {
        if (Math.abs((long) number.decimalValue().scale()) > LARGEST_EXPONENT) {
            errors.add(FieldError.at(pointer, "out_of_range", "is too large or too small a number"));
        }
    }
}
