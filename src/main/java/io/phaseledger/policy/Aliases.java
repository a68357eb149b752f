package io.phaseledger.policy;

import io.phaseledger.access.Caller;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that stand for others: one step, no chains, one namespace for processors and one for phases. */
@ApplicationScoped
class Aliases implements PanacheRepositoryBase<AliasRow, Long> {

    private final Caller caller;
    private final Positions positions;
    private volatile AliasBook book = new AliasBook(0, List.of());

    Aliases(Positions positions, Caller caller) {
        this.caller = caller;
        this.positions = positions;
    }

    /** The aliases in force at this head, or later. */
    @Transactional
    AliasBook at(Head head) {
        AliasBook kept = book;
        if (!kept.covers(head.aliasRevision())) {
            kept = new AliasBook(head.aliasRevision(), list("revision <= ?1 order by revision", head.aliasRevision()));
            book = kept;
        }
        return kept;
    }

    /**
     * Makes a name stand for another from now on; a null target makes it stand for itself again.
     *
     * @return the alias before, and as it is now
     * @throws Problem 422 when it would lead over two steps, or nowhere else
     */
    @Transactional
    Change set(String kind, String name, @Nullable String target) {
        Head head = positions.lock();
        AliasBook current = at(head);
        Optional<AliasRow> before = current.find(kind, name);
        if (Objects.equals(before.map(alias -> alias.target).orElse(null), target)) {
            return new Change(before, before.orElse(null));
        }
        if (target != null) {
            check(kind, name, target, current);
        }
        AliasRow row = new AliasRow();
        row.revision = head.aliasRevision() + 1;
        row.kind = kind;
        row.name = name;
        row.target = target;
        row.insertedAt = head.nextLearnedAt();
        row.recordedBy = caller.principal().name();
        persistAndFlush(row);
        return new Change(before, row);
    }

    private static void check(String kind, String name, String target, AliasBook current) {
        if (target.equals(name)) {
            throw Problem.refused(FieldError.at("/target", "alias_of_itself", "must be another name than " + name));
        }
        Optional<AliasRow> further = current.find(kind, target);
        if (further.isPresent()) {
            throw Problem.refused(FieldError.at(
                    "/target", "alias_chain", target + " is itself an alias; name " + further.get().target));
        }
        Optional<AliasRow> nearer = current.all(kind).stream()
                .filter(alias -> name.equals(alias.target))
                .findFirst();
        if (nearer.isPresent()) {
            throw Problem.refused(FieldError.at(
                    "/target", "alias_chain", nearer.get().name + " stands for " + name + "; change that one first"));
        }
    }

    /**
     * What became of an alias.
     *
     * @param now the row that says it; null when there was nothing to remove
     */
    record Change(Optional<AliasRow> before, @Nullable AliasRow now) {}
}
