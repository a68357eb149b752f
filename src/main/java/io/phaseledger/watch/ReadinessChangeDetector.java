package io.phaseledger.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.feed.Entry;
import io.phaseledger.feed.ReadinessChange;
import io.phaseledger.feed.ReadinessChanges;
import io.phaseledger.feed.Sink;
import io.phaseledger.gate.PolicyDate;
import io.phaseledger.gate.VerdictReader;
import io.phaseledger.gate.VerdictSnapshot;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import io.phaseledger.policy.Policies;
import io.phaseledger.readiness.State;
import io.phaseledger.subscription.Include;
import io.phaseledger.subscription.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Announces that a verdict has become another, once.
 *
 * <p>What is announced, what was seen and how far the ledger was followed are written in one transaction: whichever
 * instance comes first announces it, and one that is killed has announced nothing.
 */
@ApplicationScoped
class ReadinessChangeDetector implements Sink {

    private final Positions positions;
    private final Policies policies;
    private final VerdictReader standings;
    private final WatchedTable watched;
    private final ReadinessChanges changes;
    private final Subscriptions subscriptions;
    private final WatchConfig config;
    private final Json json;
    private final MeterProvider<Counter> changed;

    ReadinessChangeDetector(
            Positions positions,
            Policies policies,
            VerdictReader standings,
            WatchedTable watched,
            ReadinessChanges changes,
            Subscriptions subscriptions,
            WatchConfig config,
            Json json,
            MeterRegistry registry) {
        this.positions = positions;
        this.policies = policies;
        this.standings = standings;
        this.watched = watched;
        this.changes = changes;
        this.subscriptions = subscriptions;
        this.config = config;
        this.json = json;
        this.changed = Counter.builder("phase_ledger.readiness.changes")
                .description("Changes of a verdict that were announced, by what it has become")
                .withRegistry(registry);
    }

    @Override
    public String name() {
        return "readiness";
    }

    @Override
    public void take(List<Entry> page) {
        Head head = positions.head();
        Map<PolicyDate, Look> looks = new LinkedHashMap<>();
        watched.due(head.now()).forEach(about -> looks.put(about, Look.BY_THE_CLOCK));
        if (!page.isEmpty()) {
            Set<Include> news = news();
            Set<Include> wanted = subscriptions.included();
            AffectedVerdicts reach = new AffectedVerdicts(policies.at(head), head.now(), head.position());
            page.forEach(entry -> reach.of(entry)
                    .forEach(about ->
                            looks.merge(about, Look.because(entry, reach.isPast(about), news, wanted), Look::or)));
        }
        long before = page.isEmpty() ? head.position() : page.get(0).position() - 1;
        List<ReadinessChange> found = look(looks, before);
        if (!found.isEmpty()) {
            changes.append(found);
            found.forEach(this::count);
        }
    }

    /** What comes of history that is filled in afterwards is news to who asks for it, and else only if it shall be. */
    private Set<Include> news() {
        Set<Include> news = EnumSet.noneOf(Include.class);
        if (config.imports()) {
            news.add(Include.IMPORTS);
        }
        if (config.backfill()) {
            news.add(Include.BACKFILL);
        }
        if (config.past()) {
            news.add(Include.PAST);
        }
        return news;
    }

    /** What was never looked at and is not to be told need not be looked at now. */
    private List<ReadinessChange> look(Map<PolicyDate, Look> looks, long known) {
        Map<PolicyDate, State> from = watched.states(looks.keySet());
        looks.entrySet()
                .removeIf(each ->
                        !from.containsKey(each.getKey()) && !each.getValue().isTold());
        Set<PolicyDate> unseen = new HashSet<>(looks.keySet());
        unseen.removeAll(from.keySet());
        standings.upTo(known, unseen).forEach((about, standing) -> from.put(about, standing.state()));
        Map<PolicyDate, VerdictSnapshot> now = standings.now(looks.keySet());
        watched.keep(now.values());
        List<ReadinessChange> found = new ArrayList<>();
        looks.forEach((about, look) -> {
            State before = Objects.requireNonNull(from.get(about));
            VerdictSnapshot standing = Objects.requireNonNull(now.get(about));
            if (look.isTold() && before != standing.state()) {
                found.add(change(before, standing, look));
            }
        });
        return found;
    }

    private ReadinessChange change(State from, VerdictSnapshot now, Look look) {
        return new ReadinessChange(
                now.policy(),
                now.version(),
                now.gameDate(),
                from,
                now.state(),
                look.cause(),
                look.of().contains(Include.IMPORTS),
                look.of().contains(Include.BACKFILL),
                look.of().contains(Include.PAST),
                new String(json.bytes(now.reasons()), StandardCharsets.UTF_8),
                now.expiresAt(),
                now.asOf(),
                now.position(),
                0,
                now.asOf());
    }

    private void count(ReadinessChange change) {
        changed.withTags("policy", change.policy(), "to", EnumNames.of(change.to()))
                .increment();
    }
}
