package io.phaseledger.gate;

import io.phaseledger.readiness.Mode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Looks at verdicts for who watches whether they change; as anybody would who asks. */
@ApplicationScoped
public class Standings {

    private final Gate gate;

    Standings(Gate gate) {
        this.gate = gate;
    }

    /** As it is now. */
    public Standing now(String policy, LocalDate gameDate) {
        return look(policy, gameDate, null);
    }

    /** As it would be now, had the ledger ended at a position. */
    public Standing upTo(long position, String policy, LocalDate gameDate) {
        return look(policy, gameDate, position);
    }

    private Standing look(String policy, LocalDate gameDate, @Nullable Long position) {
        Inquiry inquiry = new Inquiry(policy, gameDate, Mode.LIVE, null, null);
        return Standing.of(inquiry, gate.answer(inquiry, null, position, null));
    }
}
