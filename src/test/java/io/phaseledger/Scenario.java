package io.phaseledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A story of policies, slates and completions, with questions and the answers that the contract gives. */
public record Scenario(String name, JsonNode json) {

    private static final Path FOLDER = Path.of("src/test/resources/scenarios");

    /** Shares such as 0.6 are read as written, not as the nearest binary fraction. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Every scenario there is, by name. */
    public static List<Scenario> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Scenario::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario read(Path file) {
        try {
            JsonNode json = JSON.readTree(file.toFile());
            return new Scenario(json.required("name").textValue(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** In an order in which they can be put: an upstream comes before what names it. */
    public List<JsonNode> policies() {
        return list("policies");
    }

    public List<JsonNode> slates() {
        return list("slates");
    }

    /** In the order in which the ledger learned of them. */
    public List<JsonNode> completions() {
        return list("completions");
    }

    public List<ScenarioAsk> asks() {
        return list("asks").stream().map(ask -> new ScenarioAsk(name, ask)).toList();
    }

    /** The ledger that the story leaves, its completions at positions from one. */
    public MemoryLedger ledger() {
        return ScenarioReading.ledger(this);
    }

    private List<JsonNode> list(String field) {
        return StreamSupport.stream(json.required(field).spliterator(), false).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
