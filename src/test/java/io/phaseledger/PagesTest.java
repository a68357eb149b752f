package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README and the pages link only to what is there, and texts name roles. */
class PagesTest {

    private static final Path README = Path.of("README.md");
    private static final int MOST_LINES_OF_README = 200;

    /** Words that name no role: say the caller, the subscriber, the operator, no one. */
    private static final Pattern NO_ROLE =
            Pattern.compile("(?i)\\b(whoever|(no|any|some|every)body|(comes?|brings?) along)\\b");

    /** What is free of them: all but migrations, which cannot change, as they have run. */
    private static final List<String> PLAIN = List.of(
            ".ci",
            "Dockerfile",
            "README.md",
            "db/bigquery",
            "db/queries",
            "openapi/openapi.yaml",
            "pom.xml",
            "src/main");

    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("src", "main", "docs"))) {
            return Stream.concat(Stream.of(README, Path.of("db", "queries", "README.md")), docs)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_leads_somewhere(Path page) throws IOException {
        for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertTrue(Files.exists(target), () -> page + " links to " + target);
            if (link.group(2) != null) {
                assertTrue(anchors(target).contains(link.group(2)), () -> page + " links to " + link.group());
            }
        }
    }

    @Test
    void readme_is_short_and_leads_to_every_page() throws IOException {
        String readme = Files.readString(README);
        assertTrue(readme.lines().count() <= MOST_LINES_OF_README);
        assertEquals(
                List.of(),
                pages().stream()
                        .filter(page -> !page.equals(README))
                        .filter(page -> !readme.contains("](" + page + ")"))
                        .toList());
    }

    static Stream<String> plain() {
        return PLAIN.stream();
    }

    @ParameterizedTest
    @MethodSource("plain")
    void a_text_names_roles(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(file)
                        .forEach(line -> assertFalse(NO_ROLE.matcher(line).find(), () -> file + ": " + line));
            }
        }
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
