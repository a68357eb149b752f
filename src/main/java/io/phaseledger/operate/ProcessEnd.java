package io.phaseledger.operate;

/**
 * What ends requests that would go on for long, as soon as the process is told to end: Quarkus waits for those that are
 * under way first, and tells its observers of its end only then.
 */
public final class ProcessEnd {

    private final Thread hook;
    private final Runnable action;

    private ProcessEnd(Runnable action) {
        this.action = action;
        this.hook = new Thread(action, "end-requests");
    }

    /** Does it at SIGTERM, or when it is closed; it may be done twice. */
    public static ProcessEnd does(Runnable action) {
        ProcessEnd end = new ProcessEnd(action);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** For an end that is not the process's, such as that of a test. */
    public void close() {
        action.run();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It is running, or has run.
        }
    }
}
