package io.phaseledger.embedded;

import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs of PostgreSQL's programs on a data folder, each bounded in time and with its output in a file. */
final class Program {

    /** A failed start says why in its last lines. */
    private static final int LINES_IN_MESSAGE = 5;

    private final Binaries binaries;
    private final Account account;
    private final Path home;
    private final Path output;

    Program(Binaries binaries, Account account, Path home) {
        this.binaries = binaries;
        this.account = account;
        this.home = home;
        this.output = home.resolve("command.log");
    }

    /** Runs to the end, or throws with what the program said. */
    void run(Duration bound, String name, String... arguments) throws IOException {
        tell("", bound, name, arguments);
    }

    /** The same for one that reads. Its output is a file, because a pipe would stay open in the server. */
    void tell(String input, Duration bound, String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(account.prefix());
        command.add(binaries.program(name));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        try (Writer in = process.outputWriter()) {
            in.write(input);
        }
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
