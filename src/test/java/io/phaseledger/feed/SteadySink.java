package io.phaseledger.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the positions that it was given. */
@ApplicationScoped
class SteadySink implements Sink {

    private final List<Long> taken = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public void take(List<Entry> page) {
        page.forEach(entry -> taken.add(entry.position()));
    }

    List<Long> taken() {
        return List.copyOf(taken);
    }
}
