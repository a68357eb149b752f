package io.phaseledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classes of a start as the JVM has them in memory, in a file that the build puts beside the jar: to map them takes
 * half the CPU time that it takes to read and verify them.
 *
 * <p>Only an option of the JVM can name the file, and {@code java -jar} gives none. So the process starts a second JVM with
 * that option, and stays to hand on its signals and its exit code. Its end, even by SIGKILL, closes the standard input of
 * the service, which then ends as suddenly.
 */
final class ClassDataArchive {

    /** Tells the service that its standard input ends with the process that started it. */
    private static final String IS_STARTED_BY_US = "io.phaseledger.ends-with-input";

    /** What the shell says of a process that SIGKILL ended. */
    private static final int KILLED = 137;

    private ClassDataArchive() {}

    /** Where the archive for this very JVM is; no other JVM could read it. */
    static Path file(Path jar) {
        return jar.resolveSibling("classes-" + System.getProperty("java.vm.version") + ".jsa");
    }

    /**
     * Runs the service with the archive until it ends, and exits as it did. Returns at once where there is no archive for
     * this JVM, and where the operator has given the JVM options, which then are to hold for the one process.
     */
    static void runService() throws InterruptedException {
        if (Boolean.getBoolean(IS_STARTED_BY_US)) {
            endWithInput();
            return;
        }
        List<String> command = command(ProcessHandle.current().info());
        if (command.isEmpty()) {
            return;
        }
        try {
            Process service = new ProcessBuilder(command)
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "service-stop"));
            System.exit(service.waitFor());
        } catch (IOException e) {
            System.err.println("Started without its class-data archive: " + e.getMessage());
        }
    }

    private static List<String> command(ProcessHandle.Info process) {
        Path jar = Path.of(System.getProperty("java.class.path"));
        Optional<List<String>> arguments = process.arguments().map(List::of);
        boolean isPlain = arguments
                .filter(each -> !each.isEmpty() && each.get(0).equals("-jar"))
                .isPresent();
        if (!isPlain || process.command().isEmpty() || !Files.isReadable(file(jar))) {
            return List.of();
        }
        List<String> command = new ArrayList<>();
        command.add(process.command().get());
        command.add("-XX:SharedArchiveFile=" + file(jar));
        command.add("-D" + IS_STARTED_BY_US + "=true");
        command.addAll(arguments.get());
        return command;
    }

    /** By its handle, for the process would close the standard input too, and the service end at once. */
    private static void stop(Process service) {
        boolean unused = service.toHandle().destroy();
        service.onExit().join();
    }

    private static void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try (InputStream input = System.in) {
                        input.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // It is as gone as one that has ended.
                    }
                    Runtime.getRuntime().halt(KILLED);
                },
                "ends-with-input");
        watch.setDaemon(true);
        watch.start();
    }
}
