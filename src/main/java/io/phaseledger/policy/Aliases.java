package io.phaseledger.policy;

import io.phaseledger.access.Caller;
import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.KeptVersions;
import io.phaseledger.ledger.Positions;
import io.phaseledger.ledger.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that stand for others: one step, no chains, one namespace for processors and one for phases. */
@ApplicationScoped
class Aliases {

    private static final String NEWER = """
            SELECT revision, kind, name, target, inserted_at, recorded_by
            FROM nba_orchestration.aliases WHERE revision > ? AND revision <= ? AND kind = '%s' ORDER BY revision
            """;

    private static final String INSERT = """
            INSERT INTO nba_orchestration.aliases (revision, kind, name, target, inserted_at, recorded_by)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    private final Caller caller;
    private final Positions positions;
    private final Statements statements;
    private final KeptVersions<Alias> processors;
    private final KeptVersions<Alias> phases;

    Aliases(Positions positions, Statements statements, Caller caller) {
        this.caller = caller;
        this.positions = positions;
        this.statements = statements;
        this.processors = new KeptVersions<>(statements, NEWER.formatted("processors"), Alias::of);
        this.phases = new KeptVersions<>(statements, NEWER.formatted("phases"), Alias::of);
    }

    /** The aliases in force at this head, or later. */
    AliasBook at(Head head) {
        return new AliasBook(processors.at(head.aliasRevision()), phases.at(head.aliasRevision()));
    }

    /**
     * Makes a name stand for another from now on; a null target makes it stand for itself again.
     *
     * @return the alias before, and as it is now
     * @throws Problem 422 when it would lead over two steps, or nowhere else
     */
    @Transactional
    Change set(Alias.Kind kind, String name, @Nullable String target) {
        Head head = positions.lock();
        Versions<Alias> current = at(head).of(kind);
        Optional<Alias> before = current.newest(name);
        if (Objects.equals(before.map(Alias::target).orElse(null), target)) {
            return new Change(before, before.orElse(null));
        }
        if (target != null) {
            check(name, target, current);
        }
        Alias now = new Alias(
                head.aliasRevision() + 1,
                kind,
                name,
                target,
                head.nextLearnedAt(),
                caller.principal().name());
        statements.update(INSERT, now.revision(), EnumNames.of(kind), name, target, now.insertedAt(), now.recordedBy());
        return new Change(before, now);
    }

    private static void check(String name, String target, Versions<Alias> current) {
        if (target.equals(name)) {
            throw Problem.refused(FieldError.at("/target", "alias_of_itself", "must be another name than " + name));
        }
        Optional<Alias> further = current.newest(target);
        if (further.isPresent()) {
            throw Problem.refused(FieldError.at(
                    "/target",
                    "alias_chain",
                    target + " is itself an alias; name " + further.get().target()));
        }
        Optional<Alias> nearer = current.newest().stream()
                .filter(alias -> name.equals(alias.target()))
                .findFirst();
        if (nearer.isPresent()) {
            throw Problem.refused(FieldError.at(
                    "/target", "alias_chain", nearer.get().name() + " stands for " + name + "; change that one first"));
        }
    }

    /**
     * What became of an alias.
     *
     * @param now the row that says it; null when there was nothing to remove
     */
    record Change(Optional<Alias> before, @Nullable Alias now) {}
}
