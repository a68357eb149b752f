package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.phaseledger.DeclaredConfiguration.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The reference of settings is what their declarations say.
 *
 * <p>{@code ./mvnw test -Dtest=ConfigurationReferenceTest -Dreference.write} writes it anew.
 */
class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("src", "main", "docs", "configuration.md");
    private static final Path PROPERTIES = Path.of("src", "main", "resources", "application.properties");
    private static final String FIXED = "# --- Fixed";

    /** A setting, or one that is set to nothing and so has a # before it. */
    private static final Pattern PROPERTY = Pattern.compile("#?([a-z][a-z0-9.\\-]*)=(.*)");

    private static final String HEAD = """
            # Settings

            Each is an environment variable, or a system property (`-Dname=value`) by its name. This page is made from where
            the settings are declared; a test fails where it differs.

            """;

    private static List<Setting> framework() throws IOException {
        List<Setting> settings = new ArrayList<>();
        StringBuilder comment = new StringBuilder();
        for (String line : Files.readAllLines(PROPERTIES)) {
            if (line.startsWith(FIXED)) {
                return settings;
            }
            Matcher property = PROPERTY.matcher(line);
            if (property.matches()) {
                settings.add(new Setting(
                        property.group(1), property.group(2), comment.toString().trim()));
                comment.setLength(0);
            } else if (line.startsWith("# ")) {
                comment.append(line.substring(1));
            } else {
                comment.setLength(0);
            }
        }
        throw new IllegalStateException("no line begins with " + FIXED);
    }

    private static String row(Setting setting) {
        String fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
        return "| `%s`<br>`%s` | %s | %s |".formatted(setting.variable(), setting.name(), fallback, setting.text());
    }

    private static String reference() throws IOException {
        return Stream.concat(framework().stream(), DeclaredConfiguration.read().stream())
                .map(ConfigurationReferenceTest::row)
                .collect(Collectors.joining(
                        "\n", HEAD + "| variable and property | default | what it does |\n|---|---|---|\n", "\n"));
    }

    @Test
    void every_setting_is_described_where_it_is_declared() throws IOException {
        for (Setting setting : DeclaredConfiguration.read()) {
            assertFalse(setting.text().isEmpty(), setting::name);
        }
        for (Setting setting : framework()) {
            assertFalse(setting.text().isEmpty(), setting::name);
        }
    }

    @Test
    void the_reference_is_what_the_declarations_say() throws IOException {
        if (System.getProperty("reference.write") != null) {
            Files.writeString(REFERENCE, reference());
        }
        assertEquals(reference(), Files.readString(REFERENCE));
    }
}
