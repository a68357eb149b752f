package io.phaseledger.subscription;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A way to reach receivers. */
public interface Channel {

    /** Under this it is counted. */
    String name();

    /** Whether this target is one of its. */
    boolean reaches(Target target);

    /** Why nothing could ever be sent to this target; empty when something may. Asked when a subscription is made. */
    Optional<String> objection(Target target);

    /**
     * Sends once, without waiting; it ends within seconds, and with what the receiver said or with why nothing came.
     *
     * <p>It may also fail: that counts as {@link Attempt.Outcome#FAILED}.
     */
    CompletionStage<Attempt> send(Target target, Message message);
}
