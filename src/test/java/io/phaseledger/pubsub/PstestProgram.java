package io.phaseledger.pubsub;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The emulator's program, built of src/test/go/pstest once a run; a moment, where Go still has it from the last. */
final class PstestProgram {

    static final Path FILE = Path.of("target", "pstest").toAbsolutePath();
    private static final File SOURCE = Path.of("src", "test", "go", "pstest").toFile();
    private static final Path LOG = Path.of("target", "pstest.log");
    private static final long BUILD_MINUTES = 10;

    /** Null if it is there; before it was tried, empty. */
    private static @Nullable String missing = "";

    private PstestProgram() {}

    /** Without Go, or without the modules, the test is skipped; a program that does not compile fails it. */
    static synchronized void buildOrSkip() throws IOException, InterruptedException {
        if (missing != null && missing.isEmpty()) {
            missing = build();
        }
        if (missing != null) {
            System.err.println("SKIPPED: nothing was published to a Pub/Sub server, since " + missing);
            Assumptions.abort("SKIPPED: " + missing);
        }
    }

    /** Why it cannot be built here, or null. */
    private static @Nullable String build() throws IOException, InterruptedException {
        String go = go();
        if (go == null) {
            return "there is no Go";
        }
        if (!succeeds(go, "mod", "download")) {
            return "its modules could not be had: " + Files.readString(LOG).strip();
        }
        if (!succeeds(go, "build", "-o", FILE.toString(), ".")) {
            throw new IllegalStateException("pstest does not compile: " + Files.readString(LOG));
        }
        return null;
    }

    private static @Nullable String go() {
        Stream<String> folders = Stream.concat(
                List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream(),
                Stream.of("/usr/local/go/bin"));
        return folders.map(folder -> Path.of(folder, "go"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SOURCE)
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment().put("GOTOOLCHAIN", "local");
        Process process = builder.start();
        if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().onExit().join();
            Files.writeString(LOG, "it took longer than " + BUILD_MINUTES + " minutes", StandardCharsets.UTF_8);
            return false;
        }
        return process.exitValue() == 0;
    }
}
