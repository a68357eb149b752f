package io.phaseledger.source;

import com.google.re2j.PatternSyntaxException;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A source, compiled: which jobs it matches, and what it makes of them. */
final class Source {

    /** A group of a pattern, as phase and processor_name name it; what is not closed has none. */
    private static final Pattern GROUP = Pattern.compile("\\$\\{(?:([^}]*)})?");

    private final String name;
    private final SourceDefinition definition;
    private final JobPattern namespace;
    private final JobPattern job;

    private Source(String name, SourceDefinition definition, JobPattern namespace, JobPattern job) {
        this.name = name;
        this.definition = definition;
        this.namespace = namespace;
        this.job = job;
    }

    /**
     * Compiles it.
     *
     * @throws Problem 422 with all that is wrong, each with its field
     */
    static Source of(String name, SourceDefinition definition) {
        List<FieldError> errors = new ArrayList<>();
        if (!definition.door().equals(SourceDefinition.OPENLINEAGE)) {
            errors.add(FieldError.at(
                    "/door",
                    "unknown_value",
                    "must be openlineage, also for events of it that come inside others. A"
                            + " message of another form says its phase, processor and date itself, so a source would do nothing;"
                            + " for another name, put an alias"));
        }
        JobPattern namespace = pattern("/namespace", definition.namespace(), errors);
        JobPattern job = pattern("/job", definition.job(), errors);
        Set<String> groups = new HashSet<>(namespace.groups());
        job.groups().stream()
                .filter(group -> !groups.add(group))
                .forEach(group ->
                        errors.add(FieldError.at("/job", "duplicate_group", group + " is a group of namespace too")));
        checkGroups("/phase", definition.phase(), groups, errors);
        checkGroups("/processor_name", definition.processorName(), groups, errors);
        boolean isCounted = definition.whole().when() == Whole.When.COUNT;
        if (isCounted != (definition.whole().count() != null)) {
            errors.add(
                    isCounted
                            ? FieldError.at("/whole/count", "required", "is needed where when is count")
                            : FieldError.at(
                                    "/whole/count", "contradiction", "says something only where when is count"));
        }
        if (!errors.isEmpty()) {
            throw Problem.refused(errors);
        }
        return new Source(name, definition, namespace, job);
    }

    private static JobPattern pattern(String pointer, @Nullable String text, List<FieldError> errors) {
        try {
            return new JobPattern(text);
        } catch (PatternSyntaxException e) {
            errors.add(FieldError.at(pointer, "invalid_pattern", "is no pattern of RE2: " + e.getDescription()));
            return new JobPattern(null);
        }
    }

    private static void checkGroups(
            String pointer, @Nullable String template, Set<String> groups, List<FieldError> errors) {
        if (template == null) {
            return;
        }
        GROUP.matcher(template)
                .results()
                .map(each -> each.group(1))
                .filter(group -> !groups.contains(group))
                .forEach(group -> errors.add(FieldError.at(
                        pointer,
                        "unknown_group",
                        group == null ? "${ is not closed" : group + " is no named group of namespace or job")));
    }

    /** What it makes of a job; nothing where it does not match it. */
    Optional<JobMapping> mapping(String door, String jobNamespace, String jobName) {
        if (!door.equals(definition.door())) {
            return Optional.empty();
        }
        return namespace
                .match(jobNamespace)
                .flatMap(outer -> job.match(jobName).map(inner -> {
                    Map<String, String> groups = new HashMap<>(outer);
                    groups.putAll(inner);
                    return new JobMapping(
                            filled(definition.phase(), groups, jobNamespace),
                            filled(definition.processorName(), groups, jobName),
                            definition.timeZone() == null ? null : ZoneId.of(definition.timeZone()),
                            definition.gameDate(),
                            definition.dateOffset(),
                            definition.whole(),
                            name);
                }));
    }

    private static String filled(@Nullable String template, Map<String, String> groups, String otherwise) {
        return template == null
                ? otherwise
                : GROUP.matcher(template)
                        .replaceAll(
                                group -> Matcher.quoteReplacement(Objects.requireNonNull(groups.get(group.group(1)))));
    }
}
