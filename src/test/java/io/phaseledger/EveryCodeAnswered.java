package io.phaseledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each code that one request cannot show was answered in this run: the services of the tests logged what they refused.
 * It comes after all other tests, and {@code .ci/run} calls it by its name.
 */
class EveryCodeAnswered {

    /** The system out of Quarkus tests, and the logs of packaged services. */
    private static final List<Path> LOGS =
            List.of(Path.of("target/surefire-reports"), Path.of("target/packaged-service"));

    private static final Pattern REFUSED = Pattern.compile("refused status=\\d+ code=(?<code>\\w+)");

    /** The client is gone by then, and the connection too: SentBodyTest. */
    private static final Set<String> UNHEARD = Set.of("body_incomplete");

    @Test
    void in_this_run() throws IOException {
        Set<String> missing = new TreeSet<>(RefusedRequestsTest.SHOWN_ELSEWHERE);
        missing.removeAll(UNHEARD);
        for (Path folder : LOGS) {
            missing.removeAll(answered(folder));
        }
        assertEquals(Set.of(), missing);
    }

    private static Set<String> answered(Path folder) throws IOException {
        Set<String> codes = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher refused = REFUSED.matcher(Files.readString(file, ISO_8859_1));
                while (refused.find()) {
                    codes.add(refused.group("code"));
                }
            }
        }
        return codes;
    }
}
