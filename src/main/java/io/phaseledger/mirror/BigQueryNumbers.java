package io.phaseledger.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Numbers that BigQuery cannot keep as they are, written as text.
 *
 * <p>Its JSON type has signed and unsigned integers of 64 bits and doubles, and refuses or rounds others
 * (https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#json_type). One such number would fail the
 * load of every row that goes with it.
 */
final class BigQueryNumbers {

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** Of the largest of them. */
    private static final int DIGITS = 20;

    private BigQueryNumbers() {}

    /** The same document, changed in place but for a number by itself. */
    static JsonNode numbers(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names =
                    object.properties().stream().map(Map.Entry::getKey).toList();
            names.forEach(name -> object.set(name, numbers(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, numbers(array.get(i)));
            }
        } else if (node.isNumber() && !isKept(node.decimalValue())) {
            return TextNode.valueOf(node.asText());
        }
        return node;
    }

    private static boolean isKept(BigDecimal number) {
        return isDouble(number) || isWhole(number);
    }

    /** Looked at after {@link #isDouble}, which an exponent too large to be written out is not. */
    private static boolean isWhole(BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0 || number.precision() - number.scale() > DIGITS) {
            return false;
        }
        BigInteger whole = number.toBigInteger();
        return whole.compareTo(LEAST) >= 0 && whole.compareTo(MOST) <= 0;
    }

    private static boolean isDouble(BigDecimal number) {
        double nearest = number.doubleValue();
        return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number) == 0;
    }
}
