package io.phaseledger.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.Json;
import io.phaseledger.mirror.LedgerRows.Checksum;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the table is equal to the ledger, as far as it was given it.
 *
 * <p>Counts and checksums of each date are compared first, which each side makes by itself; rows are fetched of dates where
 * these differ. A checksum covers eleven columns and the row's hash. A change in the rest of {@code metadata}
 * is found where rows are compared, and not otherwise.
 */
@ApplicationScoped
class Comparing {

    /** Dates that both dialects know. */
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);

    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    /** Differences that are shown; all are counted. */
    private static final int SHOWN = 1000;

    /** Rows that one repair brings. */
    private static final int REPAIRED = 50_000;

    /** Numbers are the same if their values are: 1.50 comes back as 1.5. */
    private static final Comparator<JsonNode> BY_VALUE =
            (one, other) -> one.equals(other) || isSameNumber(one, other) ? 0 : 1;

    private final LedgerRows rows;
    private final LoadJobs jobs;
    private final Json json;

    Comparing(LedgerRows rows, LoadJobs jobs, Json json) {
        this.rows = rows;
        this.jobs = jobs;
        this.json = json;
    }

    /**
     * Compares some dates.
     *
     * @param position up to which the table was given everything
     * @param from null for the first there is
     * @param to null for the last there is
     * @param repair whether to bring again what is missing
     */
    Comparison compare(
            Target target,
            Warehouse warehouse,
            long position,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            boolean repair) {
        LocalDate first = from == null ? FIRST : from;
        LocalDate last = to == null ? LAST : to;
        Map<LocalDate, Checksum> ledger = rows.checksums(target, first, last, position);
        Map<LocalDate, Checksum> table = checksums(warehouse, first, last, position);
        Set<LocalDate> dates = new TreeSet<>(ledger.keySet());
        dates.addAll(table.keySet());
        Found found = new Found(new HashSet<>(jobs.openRepairs(target)));
        for (LocalDate date : dates) {
            Checksum here = ledger.getOrDefault(date, Checksum.NOTHING);
            Checksum there = table.getOrDefault(date, Checksum.NOTHING);
            if (!here.isSame(there)) {
                long before = found.differences();
                long others = compareRows(target, warehouse, date, position, there.foreign() > 0, found);
                found.others += others;
                // If rows that were not sent are all there is to it, it is no difference.
                if (found.differences() > before || others == 0) {
                    found.dates.add(new Comparison.DateDifference(
                            date, here.own() - others, here.sum(), there.own(), there.sum()));
                }
            }
        }
        addForeign(warehouse, table, found);
        return found.comparison(
                from,
                to,
                position,
                dates.size(),
                sum(ledger) - found.others,
                table,
                repair ? repair(target, found, position) : null);
    }

    private static Map<LocalDate, Checksum> checksums(
            Warehouse warehouse, LocalDate from, LocalDate to, long position) {
        Map<LocalDate, Checksum> sums = new TreeMap<>();
        warehouse.query(
                Sql.CHECKSUMS_IN_BIGQUERY,
                from,
                to,
                position,
                row -> sums.put(
                        LocalDate.parse(String.valueOf(row.apply("game_date"))),
                        new Checksum(
                                Long.parseLong(String.valueOf(row.apply("own_rows"))),
                                String.valueOf(row.apply("checksum")),
                                Long.parseLong(String.valueOf(row.apply("foreign_rows"))))));
        return sums;
    }

    private static long sum(Map<LocalDate, Checksum> sums) {
        return sums.values().stream().mapToLong(Checksum::own).sum();
    }

    /**
     * What a file brought here and another writer has there is there, but not as the ledger's: it was not sent.
     *
     * @param hasForeign whether other writers have rows of that date
     * @return how many rows of the ledger are there as another writer's
     */
    private long compareRows(
            Target target, Warehouse warehouse, LocalDate date, long position, boolean hasForeign, Found found) {
        Set<String> foreign = hasForeign ? warehouse.foreignKeys(date, date) : Set.of();
        long others = 0;
        Map<String, TableRow> there = new HashMap<>();
        warehouse.query(Sql.OWN_ROWS, date, date, position, row -> {
            TableRow read = TableRow.read(row, json);
            String id = read.own("id").asText();
            if (there.putIfAbsent(id, read) != null) {
                found.extra(date, read);
            }
        });
        for (MirroredRow row : rows.ofDate(target, date, position)) {
            TableRow other = there.remove(row.own("id").asText());
            if (other != null) {
                compareFields(date, row, other, found);
            } else if (row.key() != null && foreign.contains(row.key())) {
                others++;
            } else {
                found.missing(date, row);
            }
        }
        there.values().forEach(row -> found.extra(date, row));
        return others;
    }

    private void compareFields(LocalDate date, MirroredRow row, TableRow other, Found found) {
        for (Column column : Column.ALL) {
            JsonNode here = comparable(row.tree(), column);
            JsonNode there = comparable(other.tree(), column);
            if (!here.equals(BY_VALUE, there)) {
                found.field(date, row, column.name(), here.toString(), there.toString());
            }
        }
    }

    private static boolean isSameNumber(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() && one.decimalValue().compareTo(other.decimalValue()) == 0;
    }

    /** Whether a row is retracted is said as of its window; the retraction's own row is what counts. */
    private static JsonNode comparable(ObjectNode tree, Column column) {
        JsonNode value = tree.path(column.name());
        if (!column.name().equals("metadata") || !(value.path(Column.OWN) instanceof ObjectNode)) {
            return value;
        }
        ObjectNode copy = value.deepCopy();
        ((ObjectNode) copy.path(Column.OWN)).remove("retracted");
        return copy;
    }

    private void addForeign(Warehouse warehouse, Map<LocalDate, Checksum> table, Found found) {
        List<LocalDate> dates = table.entrySet().stream()
                .filter(each -> each.getValue().foreign() > 0)
                .map(Map.Entry::getKey)
                .toList();
        if (dates.isEmpty()) {
            return;
        }
        LocalDate from = dates.get(0);
        LocalDate to = dates.get(dates.size() - 1);
        Set<String> known = rows.importedKeys(from, to);
        warehouse.query(Sql.FOREIGN_KEYS, from, to, 0, row -> {
            String key = String.valueOf(row.apply("row_key"));
            if (!known.contains(key)) {
                found.foreign(LocalDate.parse(String.valueOf(row.apply("game_date"))), key);
            }
        });
    }

    private Comparison.@Nullable Repair repair(Target target, Found found, long position) {
        if (found.lacking.isEmpty()) {
            return null;
        }
        List<Long> some = found.lacking.stream().limit(REPAIRED).toList();
        return jobs.repair(target, some, position)
                .map(jobId -> new Comparison.Repair(jobId, some.size()))
                .orElseGet(() -> new Comparison.Repair(null, 0));
    }

    /** What was found so far. */
    private static final class Found {

        private final Set<Long> underWay;
        private final List<Comparison.DateDifference> dates = new ArrayList<>();
        private final List<Comparison.Difference> shown = new ArrayList<>();
        private final List<Long> lacking = new ArrayList<>();
        private long missing;
        private long extra;
        private long field;
        private long foreign;
        private long others;

        /** @param underWay positions of rows that are being brought again */
        Found(Set<Long> underWay) {
            this.underWay = underWay;
        }

        private void show(Comparison.Difference difference) {
            if (shown.size() < SHOWN) {
                shown.add(difference);
            }
        }

        long differences() {
            return missing + extra + field;
        }

        void missing(LocalDate date, MirroredRow row) {
            missing++;
            if (!underWay.contains(row.position())) {
                lacking.add(row.position());
            }
            show(new Comparison.Difference("missing", date, row.own("id").asText(), row.position(), null, null, null));
        }

        void extra(LocalDate date, TableRow row) {
            extra++;
            show(new Comparison.Difference(
                    "extra", date, row.own("id").asText(), row.own("position").asLong(), null, null, null));
        }

        void field(LocalDate date, MirroredRow row, String column, String here, String there) {
            field++;
            show(new Comparison.Difference("field", date, row.own("id").asText(), row.position(), column, here, there));
        }

        void foreign(LocalDate date, String key) {
            foreign++;
            show(new Comparison.Difference("foreign", date, null, null, key, null, null));
        }

        Comparison comparison(
                @Nullable LocalDate from,
                @Nullable LocalDate to,
                long position,
                int count,
                long ledgerRows,
                Map<LocalDate, Checksum> table,
                Comparison.@Nullable Repair repair) {
            return new Comparison(
                    from,
                    to,
                    position,
                    differences() == 0,
                    count,
                    ledgerRows,
                    sum(table),
                    table.values().stream().mapToLong(Checksum::foreign).sum(),
                    missing,
                    extra,
                    field,
                    foreign,
                    dates,
                    shown,
                    repair);
        }
    }
}
