package io.phaseledger.timeliness;

import io.phaseledger.readiness.Gap;
import io.phaseledger.readiness.Reported;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was read of one status of a cell, and between which instants more was reported than was read. */
final class Reports {

    private final @Nullable Instant instant;
    private final int most;
    private final List<Reported> first = new ArrayList<>();
    private final List<Reported> newest = new ArrayList<>();
    private final List<Reported> after = new ArrayList<>();

    Reports(@Nullable Instant instant, int most) {
        this.instant = instant;
        this.most = most;
    }

    void add(String part, Reported reported) {
        switch (part) {
            case "first" -> first.add(reported);
            case "newest" -> newest.add(reported);
            default -> after.add(reported);
        }
    }

    List<Reported> rows() {
        List<Reported> all = new ArrayList<>(first);
        all.addAll(after);
        newest.stream().filter(each -> !first.contains(each)).forEach(all::add);
        return all;
    }

    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        if (first.size() > most) {
            gaps.add(new Gap(last(first), instant == null ? Instant.MAX : instant));
            // Which one is the newest after a retraction of these is not known.
            newest.stream()
                    .map(Reported::retractedAt)
                    .filter(Objects::nonNull)
                    .forEach(at -> gaps.add(new Gap(at, Instant.MAX)));
        }
        if (after.size() > most) {
            gaps.add(new Gap(last(after), Instant.MAX));
        }
        return gaps;
    }

    /** Of those that were learned at the same instant some may not have been read. */
    private static Instant last(List<Reported> rows) {
        return rows.get(rows.size() - 1).row().insertedAt();
    }
}
