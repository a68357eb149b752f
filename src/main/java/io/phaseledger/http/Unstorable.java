package io.phaseledger.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
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

    /** The same text, or 422 {@code invalid_character}. */
    static String checked(String text) {
        var fault = fault(text);
        if (fault != null) {
            throw Problem.refused(FieldError.at("", "invalid_character", fault));
        }
        return text;
    }

    /** The same number, or 422 {@code out_of_range}. */
    static BigDecimal checked(BigDecimal number) {
        if (isTooLarge(number)) {
            throw WholeNumber.outOfRange();
        }
        return number;
    }

    /** A few errors at most; recursion is bounded by the depth at which trees are read. */
    static List<FieldError> in(JsonNode tree) {
        var unstorable = new Unstorable();
        unstorable.visit(tree, "");
        return unstorable.errors;
    }

    private void visit(JsonNode node, String pointer) {
        if (errors.size() >= BindingErrors.MOST) {
            return;
        }
        if (node.isTextual()) {
            visit(node.textValue(), pointer);
        } else if (node.isBigDecimal() && isTooLarge(node.decimalValue())) {
            errors.addAll(WholeNumber.outOfRange().under(pointer).errors());
        } else {
            visitParts(node, pointer);
        }
    }

    private void visitParts(JsonNode node, String pointer) {
        for (var field : node.properties()) {
            var at = pointer + FieldError.step(field.getKey());
            visit(field.getKey(), at);
            visit(field.getValue(), at);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            visit(node.get(i), pointer + "/" + i);
        }
    }

    private void visit(String text, String pointer) {
        var fault = fault(text);
        if (fault != null) {
            errors.add(FieldError.at(pointer, "invalid_character", fault));
        }
    }

    private static @Nullable String fault(String text) {
        if (text.indexOf('\0') >= 0) {
            return "has the character U+0000, which cannot be stored";
        }
        return hasLoneSurrogate(text) ? "has half a surrogate pair, which is no character" : null;
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

    private static boolean isTooLarge(BigDecimal number) {
        return Math.abs((long) number.scale()) > LARGEST_EXPONENT;
    }
}
