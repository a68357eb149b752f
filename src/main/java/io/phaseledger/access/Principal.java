package io.phaseledger.access;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A caller, as it was let in.
 *
 * @param name what is recorded as the sender
 * @param phases the only phases that it may record; empty for all
 * @param processors the only processors that it may record; empty for all
 */
public record Principal(String name, Set<Scope> scopes, Set<String> phases, Set<String> processors) {

    /** Every caller, where none needs a key. */
    static final Principal ANONYMOUS = operator("anonymous");

    /** One that may do everything. */
    public static Principal operator(String name) {
        return new Principal(name, Set.of(Scope.OPERATE), Set.of(), Set.of());
    }

    public boolean has(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.OPERATE);
    }

    /** Whether it may record completions of this processor of this phase; by the names as they are recorded. */
    public boolean mayRecord(String phase, String processor) {
        return scopes.contains(Scope.OPERATE) || (scopes.contains(Scope.RECORD) && isTheirs(phase, processor));
    }

    /** The same one, limited to what the names of its limits stand for. */
    public Principal limitedTo(UnaryOperator<String> phase, UnaryOperator<String> processor) {
        return new Principal(name, scopes, all(phases, phase), all(processors, processor));
    }

    private static Set<String> all(Set<String> names, UnaryOperator<String> standsFor) {
        return names.stream().map(standsFor).collect(Collectors.toUnmodifiableSet());
    }

    private boolean isTheirs(String phase, String processor) {
        return (phases.isEmpty() || phases.contains(phase)) && (processors.isEmpty() || processors.contains(processor));
    }
}
