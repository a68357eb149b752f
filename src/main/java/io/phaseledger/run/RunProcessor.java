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
import io.phaseledger.source.JobMapping;
import io.phaseledger.source.Sources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Works a run out with its relatives: reads what was said, and makes the ledger have the rows that follow. One transaction,
 * one run after another.
 */
@ApplicationScoped
class RunWork {

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

    RunWork(
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
    void workOut(RunKey key) {
        table.lock();
        Optional<UUID> pending = table.state(key).map(RunTable.State::pending);
        if (pending.isPresent()) {
            new Pass(positions.head()).run(key);
            table.done(key, pending.get());
        }
    }

    /** How a job is read at the moment. */
    Terms terms(String namespace, String job, Head head) {
        return terms(sources.mapping(DOOR, namespace, job), head);
    }

    /** How a job is read that is understood so. */
    Terms terms(JobMapping mapping, Head head) {
        if (mapping.zone() != null) {
            return new Terms(mapping, List.of(mapping.zone()));
        }
        Names.Known known = names.at(head);
        List<ZoneId> zones =
                policies.at(head).zonesReading(known.phase(mapping.phase()), known.processor(mapping.processorName()));
        return new Terms(mapping, zones);
    }

    /** What is worked out together, and gives rows: a run, or the parts of a date. */
    private interface Target {

        String unit();

        Terms terms();

        List<Row> rows(Terms terms);
    }

    /** One run and all that is concerned by what it says. */
    private final class Pass {

        private final Head head;
        private final Map<RunKey, Run> runs = new LinkedHashMap<>();
        private final Set<RunKey> concerned = new LinkedHashSet<>();
        private final Map<RunKey, RunTable.State> before = new HashMap<>();
        private final Map<List<String>, Terms> termsOf = new HashMap<>();
        private Story story = new Story(List.of());

        Pass(Head head) {
            this.head = head;
        }

        void run(RunKey key) {
            concern(Set.of(key));
            addDescendants(key);
            addAncestors();
            Map<String, Unit> units = units();
            Map<String, Set<RunKey>> members = addMembers(units);
            List<Target> targets = new ArrayList<>();
            concerned.stream().map(runs::get).filter(run -> run != null).forEach(run -> targets.add(target(run)));
            members.forEach((unit, each) -> targets.add(target(Unit.parse(unit), each)));
            Changes changes = changes(targets);
            changes.make();
            save(changes);
        }

        private void concern(Collection<RunKey> keys) {
            keys.forEach(each -> table.state(each).ifPresent(state -> before.put(each, state)));
            concerned.addAll(keys);
            load(keys);
        }

        private void load(Collection<RunKey> keys) {
            Set<RunKey> missing = new LinkedHashSet<>(keys);
            missing.removeAll(runs.keySet());
            if (!missing.isEmpty()) {
                table.events(missing).stream()
                        .collect(Collectors.groupingBy(RunEvent::run))
                        .forEach((key, events) -> runs.put(key, new Run(key, events)));
                story = new Story(runs.values());
            }
        }

        /** Only if it gives them something else than before: most events say nothing that they take. */
        private void addDescendants(RunKey key) {
            Run run = runs.get(key);
            RunTable.State state = before.get(key);
            if (run == null || state == null || gives(run).equals(state.gives())) {
                return;
            }
            Set<String> parents = run.names();
            for (int i = 0; i < Story.MOST_PARENTS && !parents.isEmpty(); i++) {
                Set<RunKey> children = new LinkedHashSet<>(table.childrenOf(parents));
                children.removeAll(concerned);
                concern(children);
                parents = children.stream()
                        .map(runs::get)
                        .filter(each -> each != null)
                        .flatMap(each -> each.names().stream())
                        .collect(Collectors.toSet());
            }
        }

        private void addAncestors() {
            for (int i = 0; i < Story.MOST_PARENTS; i++) {
                Set<String> wanted = runs.values().stream()
                        .flatMap(run -> run.parents().stream())
                        .collect(Collectors.toSet());
                int known = runs.size();
                load(table.named(wanted));
                if (runs.size() == known) {
                    return;
                }
            }
        }

        /** Those that the runs are in, and those that they have been in. */
        private Map<String, Unit> units() {
            Map<String, Unit> units = new LinkedHashMap<>();
            for (RunKey key : concerned) {
                Run run = runs.get(key);
                if (run != null) {
                    Unit.of(reading(run, terms(run)), terms(run)).forEach(unit -> units.put(unit.name(), unit));
                }
                RunTable.State state = before.get(key);
                if (state != null) {
                    state.units().forEach(each -> units.putIfAbsent(each, Unit.parse(each)));
                }
            }
            return units;
        }

        private Map<String, Set<RunKey>> addMembers(Map<String, Unit> units) {
            load(table.inUnits(units.keySet()));
            addAncestors();
            Map<String, Set<RunKey>> members = new LinkedHashMap<>();
            units.keySet().forEach(unit -> members.put(unit, new LinkedHashSet<>()));
            for (Run run : runs.values()) {
                Unit.of(reading(run, terms(run)), terms(run)).stream()
                        .map(Unit::name)
                        .flatMap(unit -> Stream.ofNullable(members.get(unit)))
                        .forEach(each -> each.add(run.key()));
            }
            return members;
        }

        private Terms terms(Run run) {
            return termsOf.computeIfAbsent(
                    List.of(run.key().namespace(), run.job()),
                    each -> RunWork.this.terms(run.key().namespace(), run.job(), head));
        }

        private RunReading reading(Run run, Terms terms) {
            return RunReading.of(story, run, terms, head.clock().plus(Head.CLOCK_TOLERANCE));
        }

        private Target target(Run run) {
            Terms now = terms(run);
            return new Target() {
                @Override
                public String unit() {
                    return run.key().name();
                }

                @Override
                public Terms terms() {
                    return now;
                }

                @Override
                public List<Row> rows(Terms terms) {
                    return reading(run, terms).rows();
                }
            };
        }

        private Target target(Unit unit, Set<RunKey> members) {
            Terms now = termsOf.computeIfAbsent(
                    List.of(unit.namespace(), unit.job()),
                    each -> RunWork.this.terms(unit.namespace(), unit.job(), head));
            return new Target() {
                @Override
                public String unit() {
                    return unit.name();
                }

                @Override
                public Terms terms() {
                    return now;
                }

                @Override
                public List<Row> rows(Terms terms) {
                    List<RunReading> readings = members.stream()
                            .map(runs::get)
                            .map(run -> reading(run, terms))
                            .toList();
                    return WholeReading.rows(unit, readings, terms, story);
                }
            };
        }

        private Changes changes(List<Target> targets) {
            Map<String, List<RunTable.Known>> known =
                    table.rows(targets.stream().map(Target::unit).collect(Collectors.toSet())).stream()
                            .collect(Collectors.groupingBy(RunTable.Known::unit));
            Changes changes = new Changes();
            targets.forEach(target ->
                    changes.compare(target, known.getOrDefault(target.unit(), List.of()), isRestated(target.terms())));
            return changes;
        }

        /** Whether it is asked for that what was recorded under other terms is said again under these. */
        private boolean isRestated(Terms terms) {
            String source = before.values().stream()
                    .map(RunTable.State::restate)
                    .filter(each -> each != null)
                    .findFirst()
                    .orElse(null);
            return source != null && source.equals(terms.job().source());
        }

        /** What became of each event, and what is known of each run from now on. */
        private void save(Changes changes) {
            Map<UUID, RunTable.Became> was = table.becameBefore(concerned);
            for (RunKey key : concerned) {
                Run run = runs.get(key);
                if (run == null) {
                    continue;
                }
                RunReading reading = reading(run, terms(run));
                boolean isRefused = false;
                for (RunEvent event : run.events()) {
                    RunTable.Became became = became(event, reading, changes, was.get(event.id()));
                    isRefused |= became.outcome().equals("rejected");
                    if (!became.isSame(was.get(event.id()))) {
                        table.save(event.id(), became);
                    }
                }
                RunTable.State state = state(run, reading, isRefused);
                if (!state.equals(before.get(key))) {
                    table.save(key, state);
                }
            }
        }

        private RunTable.Became became(
                RunEvent event, RunReading reading, Changes changes, RunTable.@Nullable Became was) {
            if (event.type() == RunEvent.EventType.OTHER) {
                return new RunTable.Became("ignored", null, null, null, false);
            }
            String tells = event.run().name() + " " + reading.standsFor(event).identity();
            Held held = reading.held().get(reading.standsFor(event).identity());
            if (held != null) {
                return new RunTable.Became("held", held.code(), held.detail(), null, false);
            }
            Problem refused = changes.refused.get(tells);
            if (refused != null) {
                return new RunTable.Became("rejected", refused.code(), refused.detail(), null, false);
            }
            UUID row = changes.rows.get(tells);
            boolean isNew =
                    changes.isNew.contains(tells) && reading.standsFor(event).equals(event);
            if (was != null && was.outcome().endsWith("recorded")) {
                return new RunTable.Became(was.outcome(), null, null, row, false);
            }
            String outcome = isNew ? "recorded" : "already_recorded";
            return new RunTable.Became(outcome, null, null, row, false);
        }

        private RunTable.State state(Run run, RunReading reading, boolean isRefused) {
            RunTable.State state = before.get(run.key());
            boolean isPart =
                    reading.rows().stream().anyMatch(row -> row.metadata().containsKey(Row.PART));
            return new RunTable.State(
                    state == null ? null : state.pending(),
                    state == null ? null : state.restate(),
                    List.copyOf(run.names()),
                    List.copyOf(run.parents()),
                    Unit.of(reading, terms(run)).stream().map(Unit::name).toList(),
                    gives(run),
                    isRefused || !reading.held().isEmpty(),
                    isPart,
                    run.attempts().stream().anyMatch(each -> !each.outcomes().isEmpty()),
                    run.events().stream()
                            .filter(event -> {
                                Held held = reading.held().get(event.identity());
                                return held != null && held.code().equals("completed_at_in_future");
                            })
                            .map(event -> event.at().minus(Head.CLOCK_TOLERANCE))
                            .min(java.time.Instant::compareTo)
                            .orElse(null));
        }
    }

    private static String gives(Run run) {
        return hash(run.gives());
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(RunTable.sha256(text));
    }

    /** What the ledger lacks and what it has too much of. */
    private final class Changes {

        private final Map<Row, Terms> added = new LinkedHashMap<>();
        private final Map<Row, Integer> times = new HashMap<>();
        private final List<UUID> withdrawn = new ArrayList<>();

        /** The row that tells of an event, by the event's run and identity. */
        private final Map<String, UUID> rows = new HashMap<>();

        private final Set<String> isNew = new LinkedHashSet<>();
        private final Map<String, Problem> refused = new HashMap<>();

        /**
         * A row that does not follow under its own terms goes. One that does stays, and what it tells is not recorded again
         * under others. What an operator took back stays so, until the work has succeeded again.
         */
        void compare(Target target, List<RunTable.Known> known, boolean isRestated) {
            String now = TermsText.of(target.terms(), json);
            Map<String, List<Row>> byTerms = new HashMap<>();
            byTerms.put(now, target.rows(target.terms()));
            Map<String, UUID> told = new HashMap<>();
            for (RunTable.Known row : known) {
                if (row.isTakenBack()) {
                    told.put(row.fact(), row.completion());
                } else if (!row.isRetracted()) {
                    boolean follows =
                            byTerms
                                    .computeIfAbsent(row.terms(), text -> target.rows(TermsText.read(text, json)))
                                    .stream()
                                    .anyMatch(each -> hash(each.content()).equals(row.content()));
                    if (follows && isRestated && !row.terms().equals(now)) {
                        continue;
                    }
                    if (follows) {
                        told.put(row.fact(), row.completion());
                    } else {
                        withdrawn.add(row.completion());
                    }
                }
            }
            for (Row row : byTerms.getOrDefault(now, List.of())) {
                UUID as = told.get(row.fact());
                if (as == null) {
                    as = known.stream()
                            .filter(each -> isTakenBackSince(each, row))
                            .findFirst()
                            .map(RunTable.Known::completion)
                            .orElse(null);
                }
                if (as == null) {
                    added.put(row, target.terms());
                    long before = known.stream()
                            .filter(each -> each.fact().equals(row.fact()) && each.isWithdrawn())
                            .count();
                    times.put(row, (int) before);
                } else {
                    rows.put(tells(row), as);
                }
            }
        }

        private static boolean isTakenBackSince(RunTable.Known known, Row row) {
            return known.isTakenBack()
                    && row.status().equals("success")
                    && known.status().equals("success")
                    && !known.completedAt().isBefore(row.event().at());
        }

        private static String tells(Row row) {
            return row.event().run().name() + " " + row.event().identity();
        }

        void make() {
            List<Map.Entry<Row, Terms>> rowsToAdd = List.copyOf(added.entrySet());
            List<Receipt> receipts = amendments.amend(
                    rowsToAdd.stream()
                            .map(each -> added(each.getKey(), each.getValue()))
                            .toList(),
                    withdrawn.stream()
                            .map(each -> new Amendments.Retracted(each, REASON, BY))
                            .toList());
            withdrawn.forEach(table::withdraw);
            for (int i = 0; i < receipts.size(); i++) {
                Row row = rowsToAdd.get(i).getKey();
                UUID completion = receipts.get(i).completionId();
                Problem problem = receipts.get(i).problem();
                if (completion != null) {
                    table.add(completion, row, TermsText.of(rowsToAdd.get(i).getValue(), json));
                    rows.put(tells(row), completion);
                    isNew.add(tells(row));
                } else if (problem != null) {
                    refused.put(tells(row), problem);
                }
            }
        }

        private Amendments.Added added(Row row, Terms terms) {
            ObjectNode report = json.mapper().createObjectNode();
            report.put("phase", terms.job().phase())
                    .put("processor_name", terms.job().processorName())
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
            String identity = String.join(
                    "\n", row.unit(), row.content(), TermsText.of(terms, json), String.valueOf(times.get(row)));
            PipelineName.fit(report);
            return new Amendments.Added(report, identity, row.event().by());
        }
    }
}
