package io.phaseledger.pubsub;

import io.phaseledger.pubsub.Outgoing.Lane;
import io.phaseledger.subscription.Attempt;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends the messages of a lane one after another, and those of different lanes at once. */
final class OrderedPublisher {

    /** How many may wait in a lane: more than a page of the feed. */
    static final int MOST_WAITING = 10_000;

    /** A lane is here as long as one of its messages is under way, with those that wait for it. */
    private final Map<Lane, Queue<Turn>> busy = new HashMap<>();

    /**
     * Sends it when all that the lane was given before has arrived.
     *
     * @param send may be done on any thread, and must not block
     * @return what became of it: ABORTED, if one before it failed; RESOURCE_EXHAUSTED, if too many wait
     */
    CompletableFuture<String> take(Lane lane, Supplier<CompletableFuture<String>> send) {
        Turn turn = new Turn(send, new CompletableFuture<>());
        if (isFirst(lane, turn)) {
            go(lane, turn);
        }
        return turn.outcome;
    }

    private synchronized boolean isFirst(Lane lane, Turn turn) {
        Queue<Turn> waiting = busy.get(lane);
        if (waiting == null) {
            busy.put(lane, new ArrayDeque<>());
            return true;
        }
        if (waiting.size() >= MOST_WAITING) {
            turn.fail("RESOURCE_EXHAUSTED", MOST_WAITING + " messages of this ordering key wait already.");
        } else {
            waiting.add(turn);
        }
        return false;
    }

    private void go(Lane lane, Turn turn) {
        var unused = turn.sent().whenComplete((id, failure) -> {
            if (failure == null) {
                goOn(lane);
                turn.outcome.complete(id);
            } else {
                giveUp(lane, turn, Attempt.cause(failure));
            }
        });
    }

    private void giveUp(Lane lane, Turn turn, Throwable failure) {
        Queue<Turn> behind = leave(lane);
        turn.outcome.completeExceptionally(failure);
        behind.forEach(each -> each.fail("ABORTED", "One before it failed, " + failure.getMessage()));
    }

    private void goOn(Lane lane) {
        Turn next = next(lane);
        if (next != null) {
            go(lane, next);
        }
    }

    /** Null where nothing waits; the lane is then free. */
    private synchronized @Nullable Turn next(Lane lane) {
        Queue<Turn> waiting = busy.get(lane);
        Turn next = waiting == null ? null : waiting.poll();
        if (next == null) {
            busy.remove(lane);
        }
        return next;
    }

    /** Those that waited; the lane is then free. */
    private synchronized Queue<Turn> leave(Lane lane) {
        Queue<Turn> waiting = busy.remove(lane);
        return waiting == null ? new ArrayDeque<>() : waiting;
    }

    private record Turn(Supplier<CompletableFuture<String>> send, CompletableFuture<String> outcome) {

        /** What throws instead of failing has failed, too: the lane is free again in any case. */
        CompletableFuture<String> sent() {
            return CompletableFuture.completedFuture(this).thenCompose(turn -> turn.send.get());
        }

        void fail(String code, String detail) {
            outcome.completeExceptionally(new PublishFailed(code, detail, true));
        }
    }
}
