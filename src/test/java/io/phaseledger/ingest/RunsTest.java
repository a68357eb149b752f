package io.phaseledger.ingest;

import static io.phaseledger.ingest.Messages.OPENLINEAGE;
import static io.phaseledger.ingest.Messages.post;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the events of runs come to, over HTTP. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RunsTest {

    private final String id = UUID.randomUUID().toString().substring(24);

    /**
     * Events as {@code TYPE time run job nominal-start rows parent facets}, one a line; {@code -} is nothing, and times are of
     * 2026-02-03 in UTC where they are not whole.
     */
    private List<String> send(String events) {
        List<String> outcomes = new ArrayList<>();
        for (String line : events.strip().split(" ?; ?", -1)) {
            String[] said = line.strip().split(" +", 8);
            String nominal = said[4].equals("-") ? "" : nominal(said[4].split("/", -1));
            String parent = said[6].equals("-") ? "" : """
                    ,"parent":{"run":{"runId":"%s-%s"},"job":{"namespace":"%s","name":"p"}}""".formatted(id, said[6], namespace());
            String outputs = said[5].equals("-") ? "" : outputs(said[5]);
            outcomes.add(post(OPENLINEAGE, "application/json", """
                    {"eventType":"%s","eventTime":"%s","producer":"p","run":{"runId":"%s-%s","facets":{"x":{}%s%s%s}},
                     "job":{"namespace":"%s","name":"%s"},"outputs":[%s]}""".formatted(
                                    said[0],
                                    said[1].length() > 8 ? said[1] : "2026-02-03T" + said[1] + "Z",
                                    id,
                                    said[2],
                                    nominal,
                                    parent,
                                    said.length > 7 ? "," + said[7] : "",
                                    namespace(),
                                    said[3],
                                    outputs))
                    .statusCode(200)
                    .extract()
                    .path("outcome"));
        }
        return outcomes;
    }

    private static String nominal(String[] times) {
        String end = times.length == 1 ? "" : ",\"nominalEndTime\":\"" + times[1] + "\"";
        return ",\"nominalTime\":{\"nominalStartTime\":\"" + times[0] + "\"" + end + "}";
    }

    private static String outputs(String counts) {
        List<String> outputs = new ArrayList<>();
        for (String count : counts.split(",", -1)) {
            String statistics = count.equals("?") ? "" : """
                    ,"outputFacets":{"outputStatistics":{"rowCount":%s}}""".formatted(count);
            outputs.add("""
                    {"namespace":"db","name":"t%d"%s}""".formatted(outputs.size(), statistics));
        }
        return String.join(",", outputs);
    }

    private String namespace() {
        return "n" + id;
    }

    private List<String> rows() {
        return rows(namespace());
    }

    private static List<String> rows(String phase) {
        return get("/v1/completions?phase=" + phase + "&kind=completion")
                .then()
                .extract()
                .jsonPath()
                .<java.util.Map<String, Object>>getList("items")
                .stream()
                .filter(row -> row.get("retracted_by") == null)
                .map(row -> row.get("processor_name") + " " + row.get("status") + " " + row.get("game_date") + " "
                        + row.get("record_count"))
                .sorted()
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jobs of one tool are processors of their own | COMPLETE 07:00:00 1 a.run 2026-02-02 - -; FAIL 07:01:00 2 b.run 2026-02-02 - - | a.run success 2026-02-02 null, b.run failed 2026-02-02 null
            what a run has said before holds | START 07:00:00 1 j 2026-02-02 - -; COMPLETE 07:05:00 1 j - 9 - | j running 2026-02-02 null, j success 2026-02-02 9
            and what it says later | COMPLETE 07:05:00 1 j - 9 -; START 07:00:00 1 j 2026-02-02 - - | j running 2026-02-02 null, j success 2026-02-02 9
            marked a success by hand | FAIL 07:00:00 1 j 2026-02-02 - -; COMPLETE 08:00:00 1 j - - - | j failed 2026-02-02 null, j success 2026-02-02 null
            a child has the date of its parent | START 07:00:00 1 j 2026-02-02 - -; COMPLETE 07:04:00 2 c - 99 1 | c success 2026-02-02 99, j running 2026-02-02 null
            also of one that comes later | COMPLETE 07:04:00 2 c - 99 1; START 07:00:00 1 j 2026-02-02 - - | c success 2026-02-02 99, j running 2026-02-02 null
            a run that ran again | COMPLETE 07:00:00 1 j 2026-02-02 5 -; COMPLETE 09:00:00 1 j 2026-02-02 6 - | j success 2026-02-02 5, j success 2026-02-02 6
            the smallest output counts | COMPLETE 07:00:00 1 j 2026-02-02 5,0,7 - | j success 2026-02-02 0
            an output that says nothing is unknown | COMPLETE 07:00:00 1 j 2026-02-02 5,? - | j success 2026-02-02 null
            a mapped part is not the whole | COMPLETE 07:00:00 1 j 2026-02-02 5 - "airflow":{"taskInstance":{"map_index":0}} | j running 2026-02-02 5
            nor is a child of one | COMPLETE 07:00:00 1 j 2026-02-02 5 - "airflow":{"taskInstance":{"map_index":0}}; COMPLETE 07:00:00 2 c 2026-02-02 5 1 | c running 2026-02-02 5, j running 2026-02-02 5
            nor is what begins within the day | COMPLETE 07:00:00 1 j 2026-02-02T05:00:00 5 - | j running 2026-02-02 5
            a task that says it was skipped | COMPLETE 07:00:00 1 d.t 2026-02-02 - 2 "airflow":{"taskInstance":{"state":"skipped"}} | d.t skipped 2026-02-02 null
            a task of which the DAG run says so | COMPLETE 07:00:00 1 d.t 2026-02-02 - 2; COMPLETE 07:00:05 2 d 2026-02-02 - - "airflowState":{"tasksState":{"t":"skipped"}} | d success 2026-02-02 null, d.t skipped 2026-02-02 null
            the DAG run that ends after it | COMPLETE 07:00:00 1 d.t 2026-02-02 - 2; FAIL 06:59:00 2 d 2026-02-02 - - "airflowState":{"tasksState":{"t":"success"}}; COMPLETE 07:00:05 2 d 2026-02-02 - - "airflowState":{"tasksState":{"t":"skipped"}} | d failed 2026-02-02 null, d success 2026-02-02 null, d.t skipped 2026-02-02 null
            a failure without a zone | FAIL 2026-02-03T07:10:22.829392 1 j 2026-02-02 - - | j failed 2026-02-02 null
            a name that is a digit or has a colon | COMPLETE 07:00:00 1 2024::load 2026-02-02 - - | 2024::load success 2026-02-02 null
            """)
    void what_was_said_together_decides(String name, String events, String rows) {
        send(events);
        assertEquals(List.of(rows.split(", ", -1)), rows());
        assertEquals(Set.of("already_recorded"), Set.copyOf(send(events)));
        assertEquals(List.of(rows.split(", ", -1)), rows());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the zone of the source | "time_zone":"Asia/Taipei" | COMPLETE 07:00:00 1 j 2026-02-01T16:00:00Z 5 - | j success 2026-02-02 5
            the phase and name of the source | "processor_name":"loader","date_offset":-1 | COMPLETE 07:00:00 1 j 2026-02-02 5 - | loader success 2026-02-01 5
            so many parts | "whole":{"when":"count","count":2} | COMPLETE 07:00:00 1 j 2026-02-02 5 9 M0; COMPLETE 07:01:00 2 j 2026-02-02 6 9 M1 | j running 2026-02-02 5, j running 2026-02-02 6, j success 2026-02-02 11
            a part that failed is in the way | "whole":{"when":"count","count":1} | COMPLETE 07:00:00 1 j 2026-02-02 5 9 M0; FAIL 07:01:00 2 j 2026-02-02 - 9 M1 | j failed 2026-02-02 null, j running 2026-02-02 5
            until it succeeds by another run | "whole":{"when":"count","count":2} | COMPLETE 07:00:00 1 j 2026-02-02 5 9 M0; FAIL 07:01:00 2 j 2026-02-02 - 9 M1; COMPLETE 07:02:00 3 j 2026-02-02 6 9 M1 | j failed 2026-02-02 null, j running 2026-02-02 5, j running 2026-02-02 6, j success 2026-02-02 11
            parts of two parents are not added | "whole":{"when":"count","count":2} | COMPLETE 07:00:00 1 j 2026-02-02 5 8 M0; COMPLETE 07:01:00 2 j 2026-02-02 6 9 M1 | j running 2026-02-02 5, j running 2026-02-02 6
            the parent has completed | "whole":{"when":"parent"} | COMPLETE 07:00:00 1 j 2026-02-02 5 9 M0; COMPLETE 07:02:00 9 d 2026-02-02 - - | d success 2026-02-02 null, j running 2026-02-02 5, j success 2026-02-02 5
            a gap among the parts | "whole":{"when":"parent"} | COMPLETE 07:00:00 1 j 2026-02-02 5 9 M1; COMPLETE 07:02:00 9 d 2026-02-02 - - | d success 2026-02-02 null, j running 2026-02-02 5
            all were skipped | "whole":{"when":"parent"} | COMPLETE 07:00:00 1 j 2026-02-02 - 9 "airflow":{"taskInstance":{"map_index":0,"state":"skipped"}}; COMPLETE 07:02:00 9 d 2026-02-02 - - | d success 2026-02-02 null, j running 2026-02-02 null, j skipped 2026-02-02 null
            intervals cover the date | "time_zone":"UTC","whole":{"when":"intervals"} | COMPLETE 07:00:00 1 j 2026-02-02T00:00:00Z/2026-02-02T12:00:00Z 5 -; COMPLETE 07:01:00 2 j 2026-02-02T12:00:00Z/2026-02-03T00:00:00Z 6 - | j running 2026-02-02 5, j running 2026-02-02 6, j success 2026-02-02 11
            or do not | "time_zone":"UTC","whole":{"when":"intervals"} | COMPLETE 07:00:00 1 j 2026-02-02T00:00:00Z/2026-02-02T12:00:00Z 5 -; COMPLETE 07:01:00 2 j 2026-02-02T13:00:00Z/2026-02-03T00:00:00Z 6 - | j running 2026-02-02 5, j running 2026-02-02 6
            23 hours of a day in spring | "time_zone":"America/New_York","whole":{"when":"intervals"} | COMPLETE 07:00:00 1 j 2026-03-08T05:00:00Z/2026-03-08T17:00:00Z 5 -; COMPLETE 07:01:00 2 j 2026-03-08T17:00:00Z/2026-03-09T04:00:00Z 6 - | j running 2026-03-08 5, j running 2026-03-08 6, j success 2026-03-08 11
            """)
    void a_source_says_how_a_job_is_understood(String name, String source, String events, String rows) {
        given().contentType("application/json")
                .body("{\"door\":\"openlineage\",\"namespace\":\"" + namespace() + "\",\"job\":\"j\"," + source + "}")
                .put("/v1/sources/s" + id)
                .then()
                .statusCode(201);
        String said = events.replaceAll("M(\\d)", "\"airflow\":{\"taskInstance\":{\"map_index\":$1}}");
        send(said);
        assertEquals(List.of(rows.split(", ", -1)), rows());
        send(said);
        assertEquals(List.of(rows.split(", ", -1)), rows());
    }

    @Test
    void what_was_said_again_under_an_alias_is_taken_back_with_what_it_repeats() {
        send("COMPLETE 07:00:00 1 d.t 2026-02-02 - 2");
        String target = "new" + id;
        given().contentType("application/json")
                .body("{\"target\":\"" + target + "\"}")
                .put("/v1/aliases/phases/" + namespace() + "?restate=true")
                .then()
                .statusCode(201)
                .body("restated", equalTo(1));
        assertEquals(List.of("d.t success 2026-02-02 null"), rows(target));
        send("COMPLETE 07:00:05 2 d 2026-02-02 - - \"airflowState\":{\"tasksState\":{\"t\":\"skipped\"}}");
        assertEquals(List.of("d success 2026-02-02 null", "d.t skipped 2026-02-02 null"), rows(target));
    }

    @Test
    void a_name_that_is_longer_than_one_of_a_processor_is_cut_and_kept_whole() {
        String job = "j".repeat(300);
        send("COMPLETE 07:00:00 1 " + job + " 2026-02-02 - -");
        get("/v1/completions?phase=" + namespace())
                .then()
                .body("items[0].processor_name", startsWith("jjj"))
                .body("items[0].metadata.whole_processor_name", equalTo(job));
    }

    @Test
    void a_source_that_restates_says_again_what_stands_and_not_what_was_retracted() {
        send("COMPLETE 07:00:00 1 j 2026-02-02 5 -; COMPLETE 07:00:00 2 j 2026-02-03 6 -");
        String taken = get("/v1/completions?phase=" + namespace() + "&game_date=2026-02-03")
                .path("items[0].id");
        given().contentType("application/json")
                .body("{\"reason\":\"loaded from the wrong file\"}")
                .post("/v1/completions/" + taken + "/retraction")
                .then()
                .statusCode(201);
        put("", "loader");
        send("COMPLETE 07:00:00 3 j 2026-02-04 7 -");
        List<String> kept = List.of("j success 2026-02-02 5", "loader success 2026-02-04 7");
        assertEquals(kept, rows());
        put("?restate=true", "loader");
        List<String> said =
                List.of("j success 2026-02-02 5", "loader success 2026-02-02 5", "loader success 2026-02-04 7");
        await().untilAsserted(() -> assertEquals(said, rows()));
        put("?restate=true", "loader");
        send("COMPLETE 07:00:00 4 j 2026-02-05 8 -");
        await().untilAsserted(() -> assertEquals(4, rows().size()));
        assertEquals(said, rows().subList(0, 3));
    }

    @Test
    void parts_that_become_whole_in_another_way_from_now_on_are_read_on() {
        put("", "loader\",\"time_zone\":\"UTC\",\"whole\":{\"when\":\"parent\"},\"job\":\"j");
        String part = " j 2026-02-02/2026-02-03 5 9 \"airflow\":{\"taskInstance\":{\"map_index\":0}}";
        send("COMPLETE 07:00:00 1" + part + "; COMPLETE 07:02:00 9 d 2026-02-02 - -");
        List<String> whole =
                List.of("d success 2026-02-02 null", "loader running 2026-02-02 5", "loader success 2026-02-02 5");
        assertEquals(whole, rows());
        put("", "loader\",\"time_zone\":\"UTC\",\"whole\":{\"when\":\"intervals\"},\"job\":\"j");
        send("FAIL 07:03:00 1" + part);
        assertEquals(4, rows().size());
    }

    private void put(String query, String processor) {
        given().contentType("application/json")
                .body("{\"door\":\"openlineage\",\"namespace\":\"" + namespace() + "\",\"processor_name\":\""
                        + processor + "\"}")
                .put("/v1/sources/s" + id + query)
                .then()
                .statusCode(oneOf(200, 201));
    }
}
