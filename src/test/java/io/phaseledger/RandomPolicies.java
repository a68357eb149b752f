package io.phaseledger;

import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Backfill;
import io.phaseledger.readiness.Freshness;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Quorum;
import io.phaseledger.readiness.Requirement;
import io.phaseledger.readiness.Severity;
import io.phaseledger.readiness.Status;
import io.phaseledger.readiness.TargetDate;
import io.phaseledger.readiness.Upstream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Three policies over the cells of a {@link RandomLedger}: {@code top} over {@code middle} over {@code bottom}. */
public final class RandomPolicies {

    private static final List<@Nullable Long> RECORDS = Arrays.asList(null, null, 0L, 10L);
    private static final List<@Nullable BigDecimal> PER_UNIT =
            Arrays.asList(null, null, null, BigDecimal.ZERO, new BigDecimal("2.5"), BigDecimal.valueOf(5));
    private static final List<@Nullable BigDecimal> COVERAGE =
            Arrays.asList(null, null, null, BigDecimal.ZERO, new BigDecimal("0.5"), BigDecimal.ONE);
    private static final List<String> ZONES = List.of("UTC", "America/New_York", "Asia/Tokyo", "Asia/Kathmandu");
    private static final List<TargetDate> DATES = List.of(
            new TargetDate.Same(),
            new TargetDate.Same(),
            new TargetDate.Same(),
            new TargetDate.PreviousSlate(),
            new TargetDate.Offset(-1),
            new TargetDate.Offset(1));

    private final RandomLedger random;

    public RandomPolicies(RandomLedger random) {
        this.random = random;
    }

    /** By name. */
    public Map<String, Policy> draw() {
        return draw("");
    }

    /** By name, which begins with a prefix; each comes after its upstreams. */
    public Map<String, Policy> draw(String prefix) {
        String bottom = prefix + "bottom";
        String middle = prefix + "middle";
        String top = prefix + "top";
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put(bottom, policy(bottom, List.of()));
        policies.put(middle, policy(middle, upstreams(bottom)));
        policies.put(top, policy(top, upstreams(middle, bottom)));
        return policies;
    }

    private List<Upstream> upstreams(String... names) {
        return Arrays.stream(names)
                .filter(name -> random.oneIn(2))
                .map(name -> new Upstream(name, severity(), severity()))
                .toList();
    }

    private Severity severity() {
        return random.oneIn(3) ? Severity.REQUIRE : Severity.WARN;
    }

    private Policy policy(String name, List<Upstream> upstreams) {
        List<Requirement> requirements =
                IntStream.range(0, random.below(4)).mapToObj(i -> requirement()).toList();
        return new Policy(
                name,
                1,
                ZoneId.of(random.pick(ZONES)),
                requirements,
                quorum(),
                freshness(),
                random.pick(List.of(Backfill.values())),
                upstreams,
                null);
    }

    private @Nullable Quorum quorum() {
        return random.pick(
                Arrays.asList(null, null, null, new Quorum.Count(1), new Quorum.Share(new BigDecimal("0.5"))));
    }

    private @Nullable Freshness freshness() {
        return random.oneIn(4)
                ? null
                : new Freshness(Duration.ofHours(random.below(40)), random.pick(List.of(Applies.values())));
    }

    private Requirement requirement() {
        return new Requirement(
                random.phase(),
                random.processor(),
                random.pick(RECORDS),
                random.pick(PER_UNIT),
                random.pick(COVERAGE),
                accept(),
                random.oneIn(3),
                random.pick(DATES));
    }

    private Set<Status> accept() {
        Set<Status> accept = EnumSet.of(Status.SUCCESS);
        EnumSet.of(Status.PARTIAL, Status.NO_DATA, Status.SKIPPED).stream()
                .filter(status -> random.oneIn(4))
                .forEach(accept::add);
        return accept;
    }
}
