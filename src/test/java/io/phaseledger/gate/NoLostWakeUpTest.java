package io.phaseledger.gate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.feed.Feed;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Mode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit is forced, and the feed has told of it, at each step between beginning to wait and waiting: it is seen. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class NoLostWakeUpTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @Inject
    Waiters waiters;

    @Inject
    Feed feed;

    /** Where the commit comes. */
    enum Step {
        BEFORE_IT_IS_IN_THE_GROUP,
        BEFORE_A_LOOK_IS_WANTED,
        BEFORE_THE_LOOK,
        AFTER_THE_LOOK,
        AFTER_IT_IS_HEEDED,
        BEFORE_THE_TURN_IS_SET,
        AFTER_THE_TURN_IS_SET,
        BEFORE_IT_IS_SEEN_TO_BE_BEHIND,
        AFTER_IT_WAS_SEEN_NOT_TO_BE_BEHIND
    }

    @ParameterizedTest
    @EnumSource
    void is_seen(Step step) throws Exception {
        Asking asking = Asking.of(", \"freshness\": {\"max_age\": \"PT6H\", \"applies\": \"same_day\"}");
        Inquiry inquiry = new Inquiry(asking.policy(), LocalDate.parse(Asking.DATE), Mode.LIVE, null, null);
        Commit commit = new Commit(asking, step);
        WaitGroup group = new WaitGroup(inquiry, new Stepping(commit));
        Reply reply = new Reply(false, new KnownTags(null), new WaitPreference(BOUND, false));
        Waiter waiter = new Waiter(reply, null, new Waiter.Who(null, "test", Instant.now()), () -> {});
        commit.at(Step.BEFORE_IT_IS_IN_THE_GROUP);
        group.add(waiter);
        commit.at(Step.BEFORE_A_LOOK_IS_WANTED);
        group.wantLook();
        assertTrue(waiter.answer()
                .get(BOUND.toSeconds(), TimeUnit.SECONDS)
                .verdict()
                .ready());
        assertTrue(commit.isMade());
        await().atMost(BOUND).until(() -> group.waiters().isEmpty());
        assertEquals(Set.of(), Set.copyOf(group.waiters()));
    }

    /** The completion that makes it ready, made once. */
    private final class Commit {

        private final Asking asking;
        private final Step step;
        private final AtomicBoolean made = new AtomicBoolean();

        Commit(Asking asking, Step step) {
            this.asking = asking;
            this.step = step;
        }

        /** Returns when the feed has told it to whoever heeded it by then. */
        void at(Step now) {
            if (now == step && made.compareAndSet(false, true)) {
                long position = asking.complete("");
                await().atMost(BOUND).until(() -> feed.position() >= position);
            }
        }

        boolean isMade() {
            return made.get();
        }
    }

    /** The waiters' own lookout, with the commit between its steps. */
    private final class Stepping implements WaitGroup.Lookout {

        private final Commit commit;

        Stepping(Commit commit) {
            this.commit = commit;
        }

        @Override
        public void execute(Runnable looking, boolean isFirst) {
            waiters.execute(looking, isFirst);
        }

        @Override
        public Answer look(Inquiry inquiry) {
            commit.at(Step.BEFORE_THE_LOOK);
            Answer answer = waiters.look(inquiry);
            commit.at(Step.AFTER_THE_LOOK);
            return answer;
        }

        @Override
        public Set<EvidenceKey> heed(WaitGroup group, Set<EvidenceKey> before, Set<EvidenceKey> now) {
            Set<EvidenceKey> heeded = waiters.heed(group, before, now);
            commit.at(Step.AFTER_IT_IS_HEEDED);
            return heeded;
        }

        @Override
        public boolean isBehind(Answer answer) {
            commit.at(Step.BEFORE_IT_IS_SEEN_TO_BE_BEHIND);
            boolean behind = waiters.isBehind(answer);
            commit.at(Step.AFTER_IT_WAS_SEEN_NOT_TO_BE_BEHIND);
            return behind;
        }

        @Override
        public Future<?> schedule(Runnable action, Duration in) {
            commit.at(Step.BEFORE_THE_TURN_IS_SET);
            Future<?> scheduled = waiters.schedule(action, in);
            commit.at(Step.AFTER_THE_TURN_IS_SET);
            return scheduled;
        }

        @Override
        public boolean isOver(WaitGroup group) {
            return group.waiters().isEmpty();
        }
    }
}
