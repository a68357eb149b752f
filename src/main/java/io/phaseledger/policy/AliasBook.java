package io.phaseledger.policy;

import io.phaseledger.ledger.Versions;

/** The aliases in force at one revision. */
record AliasBook(Versions<Alias> processors, Versions<Alias> phases) {

    Versions<Alias> of(Alias.Kind kind) {
        return kind == Alias.Kind.PROCESSORS ? processors : phases;
    }

    boolean covers(long aliasRevision) {
        return processors.covers(aliasRevision) && phases.covers(aliasRevision);
    }

    String processor(String reported) {
        return processors.newest(reported).map(Alias::target).orElse(reported);
    }

    String phase(String reported) {
        return phases.newest(reported).map(Alias::target).orElse(reported);
    }
}
