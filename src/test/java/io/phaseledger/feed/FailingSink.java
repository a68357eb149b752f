package io.phaseledger.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails as often as it is told to, then keeps the positions that it was given. */
@ApplicationScoped
class FailingSink implements Sink {

    private final List<Long> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();

    @Override
    public String name() {
        return "failing";
    }

    @Override
    public void take(List<Entry> page) {
        if (!page.isEmpty() && left.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
            failures.incrementAndGet();
            throw new IllegalStateException("told to fail");
        }
        page.forEach(entry -> taken.add(entry.position()));
    }

    void fail(int times) {
        left.set(times);
    }

    int failures() {
        return failures.get();
    }

    List<Long> taken() {
        return List.copyOf(taken);
    }
}
