package io.phaseledger.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.Json;
import io.phaseledger.http.PipelineName;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Amendments;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Names;
import io.phaseledger.ledger.Positions;
import io.phaseledger.ledger.Receipt;
import io.phaseledger.policy.Policies;
import io.phaseledger.run.RunEvent.EventType;
import io.phaseledger.run.RunTable.KnownRow;
import io.phaseledger.run.RunTable.Outcome;
import io.phaseledger.run.RunTable.State;
import io.phaseledger.source.JobMapping;
import io.phaseledger.source.Sources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Works a run out with its relatives: reads what was said, and makes the ledger have the rows that follow. One transaction,
 * one run after another.
 */
@ApplicationScoped
class RunProcessor {

    /** By which way events of runs come, to those who say how jobs are to be understood. */
    static final String DOOR = "openlineage";

    private static final String REASON = "what was said of the run since says otherwise";
    private static final String BY = "phase-ledger";

    private final RunTable table;
    private final Sources sources;
    private final Policies policies;
    private final Names names;
    private final Positions positions;
    private final Amendments amendments;
    private final Json json;

    RunProcessor(
            RunTable table,
            Sources sources,
            Policies policies,
            Names names,
            Positions positions,
            Amendments amendments,
            Json json) {
        this.table = table;
        this.sources = sources;
        this.policies = policies;
        this.names = names;
        this.positions = positions;
        this.amendments = amendments;
        this.json = json;
    }

    /** Works it out if something was said since it was the last time. */
    @Transactional
    void process(RunKey key) {
        table.lock();
        UUID pending = Optional.ofNullable(table.states(Set.of(key)).get(key))
                .map(State::pending)
                .orElse(null);
        if (pending != null) {
            process(table.withDescendants(key), positions.head());
            table.done(key, pending);
        }
    }

    /** @param concerned all whose rows may change */
    private void process(Set<RunKey> concerned, Head head) {
        Map<RunKey, State> states = table.states(concerned);
        Readings readings = readings(concerned, List.of(), head, this::mapping);
        Map<RunKey, Set<RunGroup>> groupsOf =
                readings.runs(concerned).stream().collect(Collectors.toMap(Run::key, readings::groups));
        Set<RunGroup> groups = Stream.concat(
                        groupsOf.values().stream(), states.values().stream().map(State::groups))
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!groups.isEmpty()) {
            Set<RunKey> members = new LinkedHashSet<>(concerned);
            members.addAll(table.inGroups(groups));
            readings = readings(members, List.of(), head, this::mapping);
        }
        List<Readings.Target> targets = new ArrayList<>(
                readings.runs(concerned).stream().map(readings::target).toList());
        targets.addAll(readings.targets(groups));
        Set<String> restated = states.values().stream()
                .map(State::restate)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Changes changes = new Changes(targets, restated);
        changes.make();
        List<Outcome> outcomes = new ArrayList<>();
        for (Run run : readings.runs(concerned)) {
            RunReading reading = readings.reading(run);
            run.events().forEach(event -> outcomes.add(outcome(event, reading, changes)));
        }
        table.save(outcomes);
        for (State state : states.values()) {
            Set<RunGroup> now = groupsOf.getOrDefault(state.key(), Set.of());
            if (!now.equals(state.groups())) {
                table.save(state.key(), now);
            }
        }
    }

    private JobMapping mapping(String namespace, String job) {
        return sources.mapping(DOOR, namespace, job);
    }

    /**
     * Runs as they are read at a head, with their ancestors.
     *
     * @param given events that are not stored
     * @param jobs how jobs are mapped
     */
    Readings readings(Set<RunKey> keys, List<RunEvent> given, Head head, BiFunction<String, String, JobMapping> jobs) {
        List<RunEvent> events = new ArrayList<>(given);
        events.addAll(table.events(keys));
        Set<RunKey> ancestors = new LinkedHashSet<>(table.ancestors(events));
        ancestors.removeAll(keys);
        events.addAll(table.events(ancestors));
        return new Readings(
                events,
                (namespace, job) -> interpretation(jobs.apply(namespace, job), head),
                head.clock().plus(Head.CLOCK_TOLERANCE));
    }

    private JobInterpretation interpretation(JobMapping mapping, Head head) {
        if (mapping.zone() != null) {
            return new JobInterpretation(mapping, List.of(mapping.zone()));
        }
        Names.Known known = names.at(head);
        return new JobInterpretation(
                mapping,
                policies.at(head).zonesReading(known.phase(mapping.phase()), known.processor(mapping.processorName())));
    }

    private static Outcome outcome(RunEvent event, RunReading reading, Changes changes) {
        if (event.type() == EventType.OTHER) {
            return new Outcome(event.id(), "ignored", null, null, null);
        }
        RunEvent first = reading.standsFor(event);
        Held held = reading.held().get(first.identity());
        if (held != null) {
            return new Outcome(event.id(), "held", held.code(), held.detail(), null);
        }
        Problem refused = changes.refused.get(first.key());
        if (refused != null) {
            return new Outcome(event.id(), "rejected", refused.code(), refused.detail(), null);
        }
        boolean isNew = changes.isNew.contains(first.key()) && first.equals(event);
        return new Outcome(
                event.id(),
                isNew ? "recorded" : "already_recorded",
                reading.isPart(first) ? Outcome.PART : null,
                null,
                changes.rows.get(first.key()));
    }

    private String text(JobInterpretation interpretation) {
        return json.text(json.mapper().valueToTree(interpretation.withoutSource()));
    }

    /**
     * A row that the ledger lacks.
     *
     * @param interpretation of its job, as text
     * @param times that it has been recorded and withdrawn
     */
    private record Missing(Row row, JobMapping job, String interpretation, long times) {}

    /** What the ledger lacks and what it has too much of. */
    private final class Changes {

        private final List<Missing> missing = new ArrayList<>();
        private final List<UUID> withdrawn = new ArrayList<>();

        /** The row that tells of an event. */
        private final Map<String, UUID> rows = new HashMap<>();

        private final Set<String> isNew = new HashSet<>();
        private final Map<String, Problem> refused = new HashMap<>();

        /** @param restated the sources under which it is asked for that all is said again */
        Changes(List<Readings.Target> targets, Set<String> restated) {
            Map<String, List<KnownRow>> known =
                    table.rows(targets.stream().map(Readings.Target::name).toList()).stream()
                            .collect(Collectors.groupingBy(KnownRow::target));
            for (Readings.Target target : targets) {
                String source = target.now().job().source();
                compare(
                        target,
                        known.getOrDefault(target.name(), List.of()),
                        source != null && restated.contains(source));
            }
        }

        /**
         * A row that does not follow as its job was understood goes. One that does stays, and what it tells is not recorded
         * again where the job is understood otherwise by now. What an operator took back stays so, until the work has
         * succeeded again.
         */
        private void compare(Readings.Target target, List<KnownRow> known, boolean isRestated) {
            String now = text(target.now());
            List<Row> rowsNow = target.rows().apply(target.now());
            Map<String, List<Row>> rowsBy = new HashMap<>(Map.of(now, rowsNow));
            Map<String, UUID> recorded = new HashMap<>();
            for (KnownRow row : known) {
                if (row.isTakenBack()) {
                    recorded.put(row.fact(), row.completion());
                } else if (!row.isRetracted()) {
                    boolean follows = rowsBy
                            .computeIfAbsent(
                                    row.interpretation(),
                                    text -> target.rows().apply(json.ours(text, JobInterpretation.class)))
                            .stream()
                            .anyMatch(row::isOf);
                    if (!follows) {
                        withdrawn.add(row.completion());
                    } else if (!isRestated || row.interpretation().equals(now)) {
                        recorded.put(row.fact(), row.completion());
                    }
                }
            }
            for (Row row : rowsNow) {
                Optional<UUID> as = Optional.ofNullable(recorded.get(row.fact()))
                        .or(() -> known.stream()
                                .filter(each -> isTakenBackSince(each, row))
                                .findFirst()
                                .map(KnownRow::completion));
                as.ifPresent(completion -> rows.put(row.event().key(), completion));
                if (as.isEmpty()) {
                    long times = known.stream()
                            .filter(each -> each.fact().equals(row.fact()) && each.isWithdrawn())
                            .count();
                    missing.add(new Missing(row, target.now().job(), now, times));
                }
            }
        }

        private static boolean isTakenBackSince(KnownRow known, Row row) {
            return known.isTakenBack()
                    && row.status().equals("success")
                    && known.status().equals("success")
                    && !known.completedAt().isBefore(row.event().at());
        }

        void make() {
            List<Receipt> receipts = amendments.amend(
                    missing.stream().map(this::added).toList(),
                    withdrawn.stream()
                            .map(each -> new Amendments.Retracted(each, REASON, BY))
                            .toList());
            table.withdraw(withdrawn);
            for (int i = 0; i < receipts.size(); i++) {
                Missing row = missing.get(i);
                String key = row.row().event().key();
                UUID completion = receipts.get(i).completionId();
                if (completion == null) {
                    refused.put(key, Objects.requireNonNull(receipts.get(i).problem()));
                } else {
                    table.add(completion, row.row(), row.interpretation());
                    rows.put(key, completion);
                    isNew.add(key);
                }
            }
        }

        private Amendments.Added added(Missing missing) {
            Row row = missing.row();
            ObjectNode report = json.mapper().createObjectNode();
            report.put("phase", missing.job().phase())
                    .put("processor_name", missing.job().processorName())
                    .put("status", row.status())
                    .put("game_date", row.date().toString())
                    .put("completed_at", row.event().at().toString())
                    .put("execution_id", row.event().run().id());
            if (row.count() != null) {
                report.put("record_count", row.count());
            }
            if (row.correlation() != null) {
                report.put("correlation_id", row.correlation());
            }
            report.set("metadata", json.mapper().valueToTree(row.metadata()));
            PipelineName.fit(report);
            String identity = String.join(
                    "\n", row.target(), row.content(), missing.interpretation(), String.valueOf(missing.times()));
            return new Amendments.Added(report, identity, row.event().by());
        }
    }
}
