package io.phaseledger.timeliness;

import io.phaseledger.readiness.Gap;
import io.phaseledger.readiness.History;
import io.phaseledger.readiness.PolicyHistory;
import io.phaseledger.readiness.Reach;
import io.phaseledger.readiness.Reported;
import io.phaseledger.timeliness.ReportTable.Asked;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the histories of policies and dates. */
public final class Histories {

    private Histories() {}

    /**
     * Reads all of them by one statement, as far as {@link ReportTable} allows.
     *
     * @param wanted of policies that there are
     * @param most reports of each status of a cell that are read of each part of its history
     */
    public static Map<Wanted, History> read(
            Connection connection, Known known, Collection<Wanted> wanted, Extent extent, int most)
            throws SQLException {
        Map<String, PolicyHistory> policies = new HashMap<>();
        Map<Wanted, Part> parts = new LinkedHashMap<>();
        for (Wanted each : wanted) {
            PolicyHistory of = policies.computeIfAbsent(each.policy(), name -> known.policies(name, extent::of));
            Reach reach = new Reach(each.policy(), each.gameDate(), of, known.slates());
            parts.put(each, new Part(reach, asked(reach, extent, each)));
        }
        Set<Asked> all = new LinkedHashSet<>();
        parts.values().forEach(part -> all.addAll(part.asked));
        Map<Asked, Reports> found =
                all.isEmpty() ? Map.of() : ReportTable.read(connection, all, known.asOf(), known.position(), most);
        Map<Wanted, History> histories = new LinkedHashMap<>();
        parts.forEach((each, part) -> histories.put(each, part.history(known, found)));
        return histories;
    }

    private static List<Asked> asked(Reach reach, Extent extent, Wanted wanted) {
        List<Asked> asked = new ArrayList<>();
        reach.cells()
                .forEach((cell, accepted) ->
                        extent.of(accepted).forEach(status -> asked.add(new Asked(cell, status, wanted.instant()))));
        return asked;
    }

    /** What one history is made of. */
    private record Part(Reach reach, List<Asked> asked) {

        History history(Known known, Map<Asked, Reports> found) {
            List<Reported> rows = new ArrayList<>();
            List<Gap> gaps = new ArrayList<>();
            for (Asked each : asked) {
                @Nullable Reports reports = found.get(each);
                if (reports != null) {
                    rows.addAll(reports.rows());
                    gaps.addAll(reports.gaps());
                }
            }
            return new History(reach, known.asOf(), rows, gaps);
        }
    }
}
