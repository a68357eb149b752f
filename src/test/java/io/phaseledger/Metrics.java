package io.phaseledger;

import io.restassured.RestAssured;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What Prometheus is told.
 *
 * @param values by each name with its labels
 */
public record Metrics(Map<String, Double> values) {

    /** Of the app that the tests run in. */
    public static Metrics now() {
        return of(RestAssured.get("/q/metrics").asString());
    }

    static Metrics of(PackagedService service) {
        return of(RestAssured.get(service.url() + "/q/metrics").asString());
    }

    /** Where a key is needed to see them. */
    static Metrics of(PackagedService service, String key) {
        return of(RestAssured.given()
                .header("Authorization", "Bearer " + key)
                .get(service.url() + "/q/metrics")
                .asString());
    }

    /** After a {@code #} within a line follows the trace that a count comes from. */
    static Metrics of(String text) {
        return new Metrics(text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst(" # .*", ""))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))));
    }

    /** What is shown from the start; one that is not there is no 0. */
    public double gauge(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new AssertionError(name + " is none of " + values.keySet());
        }
        return value;
    }

    /** 0 before the first. */
    public double count(String name) {
        return values.getOrDefault(name, 0.0);
    }

    /** Of all whose name and labels begin so. */
    public double sum(String beginning) {
        return values.entrySet().stream()
                .filter(each -> each.getKey().startsWith(beginning))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
