package io.phaseledger;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process. */
@QuarkusMain
public final class Launcher {

    private Launcher() {}

    public static void main(String... args) {
        Quarkus.run(args);
    }
}
