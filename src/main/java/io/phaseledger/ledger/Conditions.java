package io.phaseledger.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the rows of a selection meet, in SQL, and the values that it is bound to. */
final class Conditions {

    private final List<String> sql = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private Kind kind = Kind.ALL;
    private boolean isEqual;
    private boolean isRange;

    /** A column that has one value; where it has an index, that has the rows of each value in the order of positions. */
    void addEqual(String column, @Nullable Object value) {
        add(column + " = ?", column, value);
        isEqual |= value != null;
    }

    void addRange(String condition, String name, @Nullable Object value) {
        add(condition, name, value);
        isRange |= value != null;
    }

    void add(String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.add(condition);
            values.put(name, value);
        }
    }

    /**
     * Nearly all rows are completions, which PostgreSQL knows by itself of an inequality and, where no one has
     * analysed the table yet, not of an equality: it would fetch and sort all of them for each page. Retractions are
     * few, and have an index of their own.
     */
    void addKind(Kind kind) {
        String condition = kind == Kind.COMPLETION ? "kind <> ?" : "kind = ? AND retracts IS NOT NULL";
        add(condition, "kind", kind == Kind.ALL ? null : CompletionRow.RETRACTION);
        this.kind = kind;
    }

    /**
     * A row that was recorded before its name became an alias has the name itself. What is no alias is compared with
     * one value: only then does an index give the rows in the order of their positions.
     */
    void addName(String column, @Nullable String name, UnaryOperator<String> resolve) {
        if (name == null) {
            return;
        }
        String target = resolve.apply(name);
        if (target.equals(name)) {
            addEqual(column, name);
        } else {
            add(column + " = ANY (?)", column, new String[] {name, target});
        }
    }

    /**
     * Whether an index gives the rows in order, so that a page costs what its rows cost. A range of dates or instants
     * may be so far from the newest that gathering and sorting it costs less.
     */
    boolean areInOrder() {
        return isEqual && !isRange;
    }

    String sql() {
        return sql.isEmpty() ? "true" : String.join(" AND ", sql);
    }

    /** In the order of the places for them. */
    Collection<Object> values() {
        return values.values();
    }

    /** What tells this selection from another, for a cursor that must not be used with another. */
    String fingerprint() {
        CanonicalForm form = new CanonicalForm("selection").add(kind.name());
        values.forEach((name, value) -> form.add(name)
                .add(value instanceof String[] names ? List.of(names).toString() : value.toString()));
        return HexFormat.of().formatHex(form.sha256(), 0, 8);
    }

    /** Which kinds of rows. */
    enum Kind {
        COMPLETION,
        RETRACTION,
        ALL
    }
}
