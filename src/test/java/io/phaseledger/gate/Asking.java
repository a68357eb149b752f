package io.phaseledger.gate;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A policy of its own, with one requirement, and what is said and asked of it over HTTP. */
record Asking(String policy, String processor) {

    static final HttpClient CLIENT = HttpClient.newHttpClient();

    static final String DATE = "2031-05-04";

    private static final int CREATED = 201;

    /** A new policy that takes these fields besides its requirement. */
    static Asking of(String fields) {
        String name = "w" + UUID.randomUUID().toString().replace("-", "");
        Asking asking = new Asking(name, name + "_p");
        asking.put(fields);
        return asking;
    }

    void put(String fields) {
        given().contentType("application/json")
                .body("""
                        {"time_zone": "UTC", "requirements": [{"phase": "phase4", "processor_name": "%s"}] %s}""".formatted(processor, fields))
                .put("/v1/policies/" + policy)
                .then()
                .statusCode(CREATED);
    }

    /** Records a success, completed now unless that is among the fields; returns its position. */
    long complete(String fields) {
        return given().contentType("application/json")
                .body("""
                        {"phase": "phase4", "game_date": "%s", "processor_name": "%s", "status": "success" %s}""".formatted(DATE, processor, fields))
                .post("/v1/completions")
                .then()
                .statusCode(CREATED)
                .extract()
                .jsonPath()
                .getLong("position");
    }

    String path() {
        return "/v1/readiness/" + policy + "/" + DATE;
    }

    /** Asks without waiting for the answer. */
    CompletableFuture<HttpResponse<String>> ask(String query, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path() + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** How many wait for this policy on the instance. */
    int waiting() {
        return given().get("/v1/waiters")
                .jsonPath()
                .getList("items.findAll { it.policy == '" + policy + "' }")
                .size();
    }
}
