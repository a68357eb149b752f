package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The folder that is handed on has what the service needs, and nothing that it never loads. */
class ShippedIT {

    private static final Path FOLDER = Path.of("target", "quarkus-app");

    /** In the form of CycloneDX. */
    private static final Path BILL = Path.of("target", "bill-of-materials.json");

    /** PostgreSQL for this machine, or in a distribution for each. */
    private static final int PLATFORMS = Integer.getInteger("shipped.platforms");

    /** What all may take, in bytes, but PostgreSQL's programs and the class-data archive, which only this machine can use. */
    private static final long MOST_BYTES = 90_000_000;

    private static final Pattern POSTGRESQL = Pattern.compile("io\\.zonky\\.test\\.postgres\\..*");

    /** BigQuery's Storage API, servers within Google's network, a second Netty and a second HTTP client. */
    private static final Pattern NEVER_LOADED = Pattern.compile(
            ".*(bigquerystorage|\\.arrow\\.|flatbuffers|grpc-xds|grpc-alts|grpc-grpclb|grpc-googleapis|netty-shaded"
                    + "|conscrypt|org\\.apache\\.httpcomponents\\.http|brotli4j|testcontainers).*");

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");

    @Test
    void hasPostgresForEachPlatformOfTheBuildAndNoOther() throws IOException {
        List<String> programs = jars().stream()
                .map(jar -> jar.getFileName().toString())
                .filter(POSTGRESQL.asMatchPredicate())
                .toList();
        assertEquals(PLATFORMS, programs.size(), programs::toString);
    }

    @Test
    void hasNothingThatIsNeverLoaded() throws IOException {
        assertEquals(
                List.of(),
                jars().stream()
                        .map(jar -> jar.getFileName().toString())
                        .filter(NEVER_LOADED.asMatchPredicate())
                        .toList());
    }

    @Test
    void hasNoNativeCodeButPostgres() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path jar : jars()) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream()
                        .filter(entry -> NATIVE.matcher(entry.getName()).matches())
                        .forEach(entry -> found.add(jar.getFileName() + ": " + entry.getName()));
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void isSmall() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                boolean counts = !POSTGRESQL.matcher(name).matches() && !name.endsWith(".jsa");
                bytes += counts ? Files.size(file) : 0;
            }
        }
        assertTrue(bytes < MOST_BYTES, bytes + " bytes");
    }

    @Test
    void theBillOfMaterialsHasEachJarWithItsLicense() throws IOException {
        Set<String> licensed = new HashSet<>();
        for (JsonNode component : new ObjectMapper().readTree(BILL.toFile()).path("components")) {
            if (!component.path("licenses").isEmpty()) {
                licensed.add(component.path("group").asText() + "."
                        + component.path("name").asText() + "-"
                        + component.path("version").asText() + ".jar");
            }
        }
        assertEquals(
                List.of(),
                jars().stream()
                        .map(jar -> jar.getFileName().toString())
                        .filter(jar -> !licensed.contains(jar))
                        .toList());
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
