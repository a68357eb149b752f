package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** The Python client's own tests, but for those that kill jobs for minutes, against the packaged jar. */
class PythonClientIT {

    private static final Logger LOG = Logger.getLogger(PythonClientIT.class);
    private static final Pattern RAN = Pattern.compile("Ran (\\d+) tests");

    /** The proof runs a day on which jobs are killed, which takes a minute, and the commands of the pages. */
    private static final String TESTS = "test_[!dp]*.py";

    /** Fewer would mean that they were not found. */
    private static final int LEAST_TESTS = 90;

    private static Ended python(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return python("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 9))")
                            .code()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    @Test
    void every_test_of_the_client_passes() throws IOException, InterruptedException {
        if (!isThere()) {
            LOG.error("SKIPPED: THE PYTHON CLIENT WAS NOT TESTED, as there is no Python 3.9 or later");
        }
        assumeTrue(isThere(), "there is no Python 3.9 or later");
        Ended ended = python("python3", "-m", "unittest", "discover", "-s", "src/test/python", "-p", TESTS);
        assertEquals(0, ended.code(), ended::printed);
        assertTrue(
                RAN.matcher(ended.printed()).results().anyMatch(ran -> Integer.parseInt(ran.group(1)) >= LEAST_TESTS),
                ended::printed);
    }

    private record Ended(int code, String printed) {}
}
