package io.phaseledger.policy;

import io.phaseledger.http.Nearest;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Names;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells the ledger which names stand for others, and which ones the latest policies read. */
@ApplicationScoped
class RecordedNames implements Names {

    private final Policies policies;
    private final Aliases aliases;
    private volatile @Nullable InBooks kept;

    RecordedNames(Policies policies, Aliases aliases) {
        this.policies = policies;
        this.aliases = aliases;
    }

    @Override
    public Known at(Head head) {
        InBooks known = kept;
        if (known == null || !known.covers(head)) {
            known = new InBooks(policies.at(head), aliases.at(head));
            kept = known;
        }
        return known;
    }

    private static final class InBooks implements Known {

        private final PolicyBook policies;
        private final AliasBook aliases;
        private final Set<List<String>> required = new HashSet<>();
        private final Set<String> consumers = new HashSet<>();
        private final Set<String> processors = new TreeSet<>();

        InBooks(PolicyBook policies, AliasBook aliases) {
            this.policies = policies;
            this.aliases = aliases;
            policies.latest().forEach(each -> add(each.definition()));
        }

        boolean covers(Head head) {
            return policies.covers(head.policyPosition()) && aliases.covers(head.aliasRevision());
        }

        private void add(PolicyDefinition definition) {
            definition.requirements().forEach(each -> {
                required.add(List.of(each.phase(), each.processorName()));
                processors.add(each.processorName());
            });
            definition.consumers().forEach(each -> {
                consumers.add(each.processorName());
                processors.add(each.processorName());
            });
        }

        @Override
        public String phase(String reported) {
            return aliases.phase(reported);
        }

        @Override
        public String processor(String reported) {
            return aliases.processor(reported);
        }

        @Override
        public boolean isAwaited(String phase, String processor) {
            return consumers.contains(processor) || required.contains(List.of(phase, processor));
        }

        @Override
        public Optional<String> nearest(String phase, String processor) {
            List<String> phases = required.stream()
                    .filter(each -> each.get(1).equals(processor))
                    .map(each -> each.get(0))
                    .sorted()
                    .toList();
            return phases.isEmpty()
                    ? Nearest.to(processor, processors)
                    : Nearest.to(phase, phases).or(() -> Optional.of(phases.get(0)));
        }
    }
}
