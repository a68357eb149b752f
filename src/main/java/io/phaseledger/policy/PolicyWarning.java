package io.phaseledger.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something about a policy or an alias that is allowed and probably not meant. */
@Schema
record PolicyWarning(String code, String detail) {

    static List<PolicyWarning> about(PolicyDefinition definition, AliasBook aliases) {
        List<PolicyWarning> warnings = new ArrayList<>();
        long optional = definition.requirements().stream()
                .filter(RequirementDefinition::optional)
                .count();
        if (definition.minOptional() != null && definition.minOptional().longValue() > optional) {
            warnings.add(new PolicyWarning(
                    "quorum_out_of_reach",
                    "min_optional is " + definition.minOptional() + ", but only " + optional
                            + " requirement(s) are optional: it can never be ready"));
        }
        for (RequirementDefinition each : definition.requirements()) {
            addAlias(each.processorName(), aliases.processor(each.processorName()), warnings);
            addAlias(each.phase(), aliases.phase(each.phase()), warnings);
        }
        addIdle("lease", definition.requirements().stream().anyMatch(each -> each.lease() != null), warnings);
        return warnings;
    }

    /** What was recorded under a name before it stood for another, by dates. */
    static PolicyWarning rowsKept(Alias alias, SortedMap<LocalDate, Long> rows) {
        long all = rows.values().stream().mapToLong(Long::longValue).sum();
        return new PolicyWarning(
                "rows_kept",
                all + " row(s) of " + rows.size() + " date(s), " + rows.firstKey() + " to " + rows.lastKey()
                        + ", stay under " + alias.name()
                        + "; with ?restate=true the newest of each status of each date is"
                        + " said again under " + alias.target());
    }

    /** An operator who sets it must not wait for an alert that never comes. */
    private static void addIdle(String setting, boolean isSet, List<PolicyWarning> warnings) {
        if (isSet) {
            warnings.add(new PolicyWarning("no_effect", setting + " is kept, and nothing acts on it in this version"));
        }
    }

    private static void addAlias(String required, String recorded, List<PolicyWarning> warnings) {
        if (!required.equals(recorded)) {
            warnings.add(new PolicyWarning(
                    "alias_required", required + " is recorded as " + recorded + ": require that instead"));
        }
    }
}
