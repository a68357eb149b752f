package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README and a page, run as a reader would run them: on a ledger that was just started, with the tools that they name. */
class ReadmeIT {

    private static final int FEWEST_COMMANDS = 4;
    private static final long COMMAND_SECONDS = 30;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/main/docs/uses.md"})
    void everyCommandAnswersWhatIsPrintedBelowIt(Path page) throws Exception {
        try (PackagedService service = PackagedService.startFromNothing()) {
            service.waitUntilReady();
            run(page, FEWEST_COMMANDS, service.url());
        }
    }

    /** Each command of a page, sent to a service in place of the one that the page names. */
    static void run(Path page, int fewest, String url) throws IOException, InterruptedException {
        assumeTrue(hasTools(), "SKIPPED: the commands need bash, curl and jq");
        List<Example> examples = examples(page);
        assertTrue(examples.size() >= fewest, "only " + examples.size() + " commands were found");
        for (Example example : examples) {
            assertEquals(
                    example.answer(), bash(example.command().replace("http://127.0.0.1:8080", url)), example.command());
        }
    }

    private static boolean hasTools() throws IOException, InterruptedException {
        boolean has = new ProcessBuilder("sh", "-c", "command -v bash && command -v curl && command -v jq")
                        .start()
                        .waitFor()
                == 0;
        if (!has) {
            System.err.println("SKIPPED: README's commands were not run, since bash, curl or jq is missing");
        }
        return has;
    }

    private static String bash(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS), "still running: " + command);
        return answer.strip();
    }

    /** The commands of the console blocks: each begins with a dollar and ends where its quotes are closed. */
    private static List<Example> examples(Path page) throws IOException {
        List<Example> examples = new ArrayList<>();
        Iterator<String> lines = Files.readAllLines(page).iterator();
        boolean inBlock = false;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("```")) {
                inBlock = line.equals("```console");
            } else if (inBlock && line.startsWith("$ ")) {
                examples.add(example(line.substring(2), lines));
            }
        }
        return examples;
    }

    private static Example example(String firstLine, Iterator<String> lines) {
        StringBuilder command = new StringBuilder(firstLine);
        while (command.chars().filter(c -> c == '\'').count() % 2 != 0) {
            command.append('\n').append(lines.next());
        }
        return new Example(command.toString(), lines.next());
    }

    private record Example(String command, String answer) {}
}
