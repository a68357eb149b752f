package io.phaseledger;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is really answered to requests that the contract allows is what it says. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ContractAnswersTest {

    private static final ContractDocument CONTRACT = ContractDocument.read();
    private static final AnswerCheck CHECK = new AnswerCheck(CONTRACT);

    private static final String PLAYED =
            "{'phase':'phase4','game_date':'2026-02-02','processor_name':'player_daily_cache','status':'success',";

    /** Requests that the contract allows; {@code $x} is a new name, {@code $id} a new completion, {@code $s} a new subscription. */
    private static final String GOOD = """
            POST   | /v1/completions                                   | {'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'no_data'} | 201
            POST   | /v1/completions                                   | {'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'partial','record_count':3,'expected_count':9,'correlation_id':'c','execution_id':'$x','started_at':'2026-02-03T06:00:00Z','completed_at':'2026-02-03T02:00:00-05:00','is_incremental':true,'is_backfill':true,'entities_changed':['a'],'metadata':{'a':{'b':[1]}}} | 201
            POST   | /v1/completions                                   | {'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'running','record_count':null,'metadata':null} | 201
            GET    | /v1/completions/$id                               | | 200
            POST   | /v1/completions/$id/retraction                    | {'reason':'loaded from the wrong file'} | 201
            GET    | /v1/completions?limit=2                           | | 200
            GET    | /v1/ledger/head                                   | | 200
            GET    | /v1/completions?kind=all&order=asc&limit=1000     | | 200
            GET    | /v1/completions?phase=phase4&game_date=2026-02-02 | | 200
            GET    | /v1/policies                                      | | 200
            GET    | /v1/policies/phase4                               | | 200
            GET    | /v1/policies/phase3/versions                      | | 200
            PUT    | /v1/policies/$x                                   | {'time_zone':'UTC','requirements':[]} | 201
            PUT    | /v1/policies/$x                                   | {'description':'d','time_zone':'America/New_York','requirements':[{'phase':'phase4','processor_name':'p','min_records':50,'min_records_per_unit':1.5,'min_coverage':0.8,'accept':['success','no_data'],'optional':true,'game_date':-1,'lease':'PT1H'},{'phase':'p','processor_name':'q','game_date':'previous_slate'}],'min_optional':0.5,'freshness':{'max_age':'PT6H','applies':'always'},'backfill':'existence','upstream':[{'policy':'phase3','ready':'require','order':'warn'}],'deadline':{'ready_by':'06:00','day_offset':1,'warn_before':'PT30M'},'consumers':[{'processor_name':'c','max_age':'PT2H'}],'effective_from':'2025-10-01T00:00:00Z'} | 201
            PUT    | /v1/policies/$x?validate_only=true                | {'time_zone':'UTC','requirements':[],'min_optional':3} | 200
            GET    | /v1/slates                                        | | 200
            GET    | /v1/slates?from=2026-02-01&to=2026-02-28&as_of=2026-02-20T00:00:00Z | | 200
            PUT    | /v1/slates/2031-02-16                             | {'units':$n,'note':'All-Star break'} | 201
            PUT    | /v1/slates/2031-02-17                             | {'units':$n,'inserted_at':'2026-01-02T00:00:00Z'} | 201
            GET    | /v1/aliases/processors                            | | 200
            GET    | /v1/aliases/processors/MLFeatureStoreProcessor    | | 200
            PUT    | /v1/aliases/phases/$x                             | {'target':'phase4'} | 201
            PUT    | /v1/aliases/processors/$x?restate=true            | {'target':'player_daily_cache'} | 201
            GET    | /v1/sources                                       | | 200
            POST   | /v1/sources/try                                   | {'source':{'door':'openlineage','namespace':'$x'}} | 200
            PUT    | /v1/sources/$x                                    | {'door':'openlineage','namespace':'$x'} | 201
            PUT    | /v1/sources/$x?restate=true                       | {'door':'openlineage','namespace':'$x','job':'(?<dag>[^.]+)\\\\.(?<task>.+)','priority':10,'phase':'phase4','processor_name':'${task}','time_zone':'America/New_York','game_date':'run','date_offset':-1,'whole':{'when':'count','count':3}} | 201
            GET    | /v1/readiness/phase4/2026-02-02                   | | 200
            GET    | /v1/readiness/phase4/today?within=6h&applies=always&mode=backfill&position=3&at_least=1 | | 200
            GET    | /v1/readiness/phase4/1999-02-02?wait=0.05s         | | 200
            GET    | /v1/readiness/phase4/2026-02-02?consumer=$x       | | 200
            GET    | /v1/receipts                                      | | 200
            GET    | /v1/uses?policy=phase4&from=2026-02-01&to=2026-02-02&as_of=2026-02-03T00:00:00Z | | 200
            GET    | /v1/receipts?consumer=$x&policy=phase4&from=2026-02-01&to=2026-02-28&overtaken=true&limit=3 | | 200
            GET    | /v1/landings?policy=phase4&from=2026-02-01&to=2026-02-07&as_of=2026-02-03T00:00:00Z&position=3 | | 200
            GET    | /v1/waiters                                       | | 200
            GET    | /v1/readiness/ml_feature_store/2026-02-02?as_of=2026-02-02T11:00:00Z | | 200
            GET    | /v1/readiness/phase4_previous_slate/2031-02-18    | | 200
            GET    | /v1/readiness?game_date_from=2026-02-01&game_date_to=2026-02-07&policy=phase4&policy=phase3 | | 200
            POST   | /v1/readiness/evaluate                            | {'policy_name':'phase4','game_date':'2026-02-02'} | 200
            POST   | /v1/completions/batch                             | [{'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'success'}] | 207
            POST   | /v1/completions/batch?atomic=true                 | [{'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'success'}] | 201
            POST   | /v1/completions/import                            | [{'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'success','record_count':'7','completed_at':'2026-02-03 07:00:00 UTC','inserted_at':'2026-02-03 07:00:01 UTC'}] | 200
            POST   | /v1/slates/import                                 | [{'game_date':'2031-03-01','units':$n}] | 200
            POST   | /v1/readiness/evaluate                            | {'policy':{'time_zone':'UTC','requirements':[{'phase':'phase4','processor_name':'p'}]},'game_date_from':'2026-02-01','game_date_to':'2026-02-03','mode':'backfill','compare_with':'phase4'} | 200
            POST   | /v1/ingest/pubsub                                 | {'message':{'messageId':'$x','data':'eyJwcm9jZXNzb3JfbmFtZSI6IlBsYXllckRhaWx5Q2FjaGVQcm9jZXNzb3IiLCJwaGFzZSI6InBoYXNlNF9wcmVjb21wdXRlIiwiZ2FtZV9kYXRlIjoiMjAyNi0wMi0wMiIsInN0YXR1cyI6InN1Y2Nlc3MiLCJyZWNvcmRfY291bnQiOjEyM30='},'subscription':'projects/p/subscriptions/s','deliveryAttempt':1} | 200
            POST   | /v1/ingest/pubsub                                 | {'message':{'messageId':'$x','data':'eyJwcm9jZXNzb3JfbmFtZSI6InAiLCJwaGFzZSI6InBoYXNlNCIsImdhbWVfZGF0ZSI6IlRPREFZIiwic3RhdHVzIjoic3VjY2VzcyJ9'}} | 200
            POST   | /v1/ingest/cloudevents                            | {'specversion':'1.0','id':'$x','source':'/tests','type':'t','data':{'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'success'}} | 200
            POST   | /v1/ingest/openlineage                            | {'eventType':'COMPLETE','eventTime':'2026-02-03T07:00:00Z','run':{'runId':'$x','facets':{'nominalTime':{'nominalStartTime':'2026-02-02T00:00:00Z'}}},'job':{'namespace':'nba/phase4','name':'$x'}} | 200
            POST   | /api/v1/lineage                                   | {'eventType':'OTHER','run':{'runId':'$x'}} | 200
            POST   | /v1/ingest/openlineage                            | {'eventType':'OTHER','run':{'runId':'$x'}} | 200
            POST   | /v1/ingest/openlineage                            | {'eventTime':'2026-02-03T07:00:00Z','job':{'namespace':'n','name':'$x'}} | 200
            GET    | /v1/ingest/rejected?source=pubsub&limit=1         |                      | 200
            GET    | /v1/ingest/rejected?resolved=true                 |                      | 200
            GET    | /v1/imports                                    |                      | 200
            GET    | /v1/mirror                                     |                      | 200
            GET    | /v1/keys                                       |                      | 200
            POST   | /v1/keys                                       | {'name':'$x','scopes':['record','read'],'phases':['phase4'],'expires_at':'2199-01-01T00:00:00Z'} | 201
            POST   | /v1/subscriptions                              | {'url':'https://phase-ledger.invalid/hook','events':['readiness.ready'],'policies':['phase4'],'phases':['phase4'],'game_date_from':'2199-01-01','deliver':'settled','settle':'PT5M','include':['backfill'],'description':'d','enabled':false} | 201
            GET    | /v1/subscriptions                              | | 200
            GET    | /v1/subscriptions/$s                           | | 200
            PATCH  | /v1/subscriptions/$s                           | {'description':null,'enabled':false} | 200
            GET    | /v1/subscriptions/$s/deliveries?status=dead&limit=3&cursor=17 | | 200
            POST   | /v1/subscriptions/$s/replay                    | {'from_sequence':0,'to_sequence':3} | 200
            POST   | /v1/subscriptions/$s/test                      | | 200
            DELETE | /v1/subscriptions/$s                           | | 204
            """;

    private static RequestSpecification allowed() {
        return given().filter(new HeldAgainstContract(CONTRACT, CHECK));
    }

    private static ValidatableResponse send(
            RequestSpecification request, String method, String path, @Nullable String body) {
        RequestSpecification with =
                body == null ? request : request.contentType("application/json").body(body.replace('\'', '"'));
        return with.request(method, path).then();
    }

    private static String name() {
        return "x" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String filled(String text) {
        String units = Integer.toString((int) (System.nanoTime() % 1_000_000));
        String named = text.replace("$x", name()).replace("$n", units);
        String identified = named.contains("$id") ? named.replace("$id", completion(name())) : named;
        return identified.contains("$s") ? identified.replace("$s", subscription()) : identified;
    }

    private static String subscription() {
        String body = "{'url':'https://phase-ledger.invalid/hook','events':['slate'],'enabled':false}";
        return send(allowed(), "POST", "/v1/subscriptions", body).extract().path("id");
    }

    private static String completion(String executionId) {
        return send(allowed(), "POST", "/v1/completions", PLAYED + "'execution_id':'" + executionId + "'}")
                .extract()
                .path("id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = GOOD)
    void what_the_contract_allows_is_answered_as_it_says(
            String method, String path, @Nullable String body, int status) {
        send(allowed(), method, filled(path), body == null ? null : filled(body))
                .statusCode(status);
    }

    @Test
    void no_operation_is_left_out() {
        var asked = (GOOD + RefusedRequestsTest.REFUSED)
                .lines()
                .map(line -> line.split("\\|"))
                .toList();
        for (ContractDocument.Operation operation : CONTRACT.operations()) {
            assertTrue(
                    asked.stream()
                            .anyMatch(row ->
                                    operation.has(row[0].trim(), row[1].trim().replaceAll("\\?.*", ""))),
                    operation::toString);
        }
    }

    @Test
    void a_report_is_replayed_and_contradicted_as_the_contract_says() {
        String execution = name();
        String report = PLAYED + "'execution_id':'" + execution + "'";
        completion(execution);
        send(allowed(), "POST", "/v1/completions", report + "}").statusCode(200).header("Idempotent-Replayed", "true");
        send(allowed(), "POST", "/v1/completions", report + ",'record_count':7}")
                .statusCode(409);
    }

    @Test
    void a_retraction_is_repeated_and_not_retracted_as_the_contract_says() {
        String path = "/v1/completions/" + completion(name()) + "/retraction";
        String retraction = send(allowed(), "POST", path, "{'reason':'r'}")
                .statusCode(201)
                .extract()
                .path("id");
        send(allowed(), "POST", path, "{'reason':'r'}").statusCode(200);
        send(allowed(), "POST", "/v1/completions/" + retraction + "/retraction", "{'reason':'r'}")
                .statusCode(422);
    }

    @Test
    void a_rejected_message_is_tried_again_and_dismissed_as_the_contract_says() {
        String kept = send(allowed(), "POST", "/v1/ingest/pubsub", "{'message':{'messageId':'" + name() + "'}}")
                .statusCode(200)
                .extract()
                .path("rejection_id");
        send(allowed(), "POST", "/v1/ingest/rejected/" + kept + "/retry", null)
                .statusCode(200)
                .body("retry_outcome", equalTo("data_missing"));
        send(allowed(), "POST", "/v1/ingest/rejected/" + kept + "/dismiss", null)
                .statusCode(200)
                .body("dismissed_by", notNullValue());
    }

    @Test
    void a_policy_and_an_alias_are_put_again_as_the_contract_says() {
        String policy = "/v1/policies/" + name();
        String body = "{'time_zone':'UTC','requirements':[]}";
        send(allowed(), "PUT", policy, body).statusCode(201);
        send(allowed(), "PUT", policy, body).statusCode(200);
        send(allowed().header("If-Match", "\"7\""), "PUT", policy, body).statusCode(412);
        String alias = "/v1/aliases/processors/" + name();
        send(allowed(), "PUT", alias, "{'target':'y'}").statusCode(201);
        send(allowed(), "PUT", alias, "{'target':'y'}").statusCode(200);
        send(allowed(), "DELETE", alias, null).statusCode(204);
    }

    @Test
    void an_answer_that_still_holds_is_so_as_the_contract_says() {
        String path = "/v1/readiness/phase4/1999-02-02";
        String tag = send(allowed(), "GET", path, null).extract().header("ETag");
        send(allowed().header("If-None-Match", tag), "GET", path, null)
                .statusCode(304)
                .body(equalTo(""));
    }

    @Test
    void whole_selections_stream_as_the_contract_says() {
        completion(name());
        for (String type : List.of("text/csv", "application/x-ndjson")) {
            send(allowed().accept(type), "GET", "/v1/completions?game_date=2026-02-02", null)
                    .statusCode(200);
        }
    }

    @Test
    void an_answer_that_the_contract_does_not_allow_would_be_noticed() throws JsonProcessingException {
        JsonNode wrong = new ObjectMapper().readTree("{\"items\":[{\"kind\":\"nobody\",\"name\":1,\"more\":2}]}");
        JsonNode schema = CONTRACT.node().at("/components/schemas/AliasList");
        String faults = CONTRACT.closed().faults(schema, wrong).toString();
        for (String each : List.of(
                "kind: does not have a value in the enumeration",
                "name: integer found, string expected",
                "required property 'target' not found",
                "'more' is not defined")) {
            assertTrue(faults.contains(each), faults);
        }
    }
}
