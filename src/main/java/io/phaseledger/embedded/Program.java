package io.phaseledger.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs of PostgreSQL's programs, each bounded in time and with its output in a file. */
final class Program {

    /** A failed start says why in its last lines. */
    private static final int LINES_IN_MESSAGE = 5;

    private final Binaries binaries;
    private final Path output;

    Program(Binaries binaries, Path output) {
        this.binaries = binaries;
        this.output = output;
    }

    /** Runs to the end, or throws with what the program said. A file, because a pipe would stay open in the server. */
    void run(Duration bound, String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Platform.asOrdinaryUser());
        command.add(binaries.program(name));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        if (!ended(process, bound)) {
            process.destroyForcibly();
            throw new IOException(name + " did not end within " + bound.toSeconds() + " s: " + said());
        }
        if (process.exitValue() != 0) {
            throw new IOException(name + " failed: " + said());
        }
    }

    private static boolean ended(Process process, Duration bound) throws IOException {
        try {
            return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String said() throws IOException {
        List<String> lines = Files.readAllLines(output).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES_IN_MESSAGE), lines.size()));
    }
}
