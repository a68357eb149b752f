package io.phaseledger.ledger;

import java.util.Arrays;
import java.util.stream.Collectors;

/** PostgreSQL's text form of an array of text (https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO). */
final class PgArray {

    private PgArray() {}

    static String literal(String[] elements) {
        return Arrays.stream(elements).map(PgArray::quoted).collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
