package io.phaseledger.stream;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.function.Supplier;

/** The client of a stream: by which connection, and whether it still may be. For one thread. */
final class Client {

    private final HttpConnection connection;
    private final Supplier<Uni<Boolean>> letIn;
    private long asked = System.nanoTime();

    Client(HttpConnection connection, Supplier<Uni<Boolean>> letIn) {
        this.connection = connection;
        this.letIn = letIn;
    }

    /** Does something if it is not let in any more; asks for that once in so long. */
    void ask(Duration interval, Runnable refused) {
        if (System.nanoTime() - asked < interval.toNanos()) {
            return;
        }
        asked = System.nanoTime();
        letIn.get().subscribe().with(may -> {
            if (!may) {
                refused.run();
            }
        });
    }

    void hangUp() {
        connection.close();
    }
}
