package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No code is listed in the contract that cannot be had, where it is listed, and each names the place that is at fault. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class EveryCodeTest {

    private static final ContractDocument CONTRACT = ContractDocument.read();
    private static final AnswerCheck CHECK = new AnswerCheck(CONTRACT);
    private static final ContractLimits LIMITS = ContractLimits.of(CONTRACT);

    private static final Pattern MARKED = Pattern.compile("`(?<code>[a-z_]+)`");
    /** One request for each; {@code $x} is a new name. */
    static final String REFUSED = """
            GET  | /v1/completions?limt=1                                                 |                                                  |                                          | 400 | unknown_parameter      | limt
            GET  | /v1/completions?limit=1&limit=2                                        |                                                  |                                          | 400 | repeated_parameter     | limit
            GET  | /v1/completions?game_date=                                             |                                                  |                                          | 400 | blank_parameter        | game_date
            GET  | /v1/completions?game_date=2026-02-30                                   |                                                  |                                          | 400 | invalid_date           | game_date
            GET  | /v1/completions?completed_from=yesterday                               |                                                  |                                          | 400 | invalid_instant        | completed_from
            GET  | /v1/readiness/phase4/2026-02-02?within=soon                            |                                                  |                                          | 400 | invalid_duration       | within
            GET  | /v1/readiness/phase4/2026-02-02?position=-1                            |                                                  |                                          | 400 | invalid_position       | position
            GET  | /v1/completions?limit=ten                                              |                                                  |                                          | 400 | invalid_integer        | limit
            GET  | /v1/ingest/rejected?resolved=yes                                       |                                                  |                                          | 400 | invalid_boolean        | resolved
            GET  | /v1/completions?cursor=x                                               |                                                  |                                          | 400 | invalid_cursor         | cursor
            PUT  | /v1/policies/phase4                                                    | If-Match: seven                                  | {'time_zone':'UTC','requirements':[]}    | 400 | invalid_etag           |
            POST | /v1/completions                                                        | Content-Type: application/json                   |                                          | 400 | body_missing           |
            POST | /v1/completions                                                        |                                                  | {'phase'                                 | 400 | malformed_json         |
            POST | /v1/completions                                                        |                                                  | {} {}                                    | 400 | trailing_content       |
            POST | /v1/completions                                                        |                                                  | {'phase':'a','phase':'b'}                | 400 | duplicate_field        | /phase
            POST | /v1/completions                                                        |                                                  | {'recrod_count':1}                       | 400 | unknown_field          | /recrod_count
            POST | /v1/completions                                                        |                                                  | {'record_count':'1'}                     | 400 | wrong_type             | /record_count
            POST | /v1/subscriptions                                                      |                                                  | {'settle':'soon'}                        | 400 | invalid_duration       | /settle
            POST | /v1/completions                                                        |                                                  | {'metadata':$nested}                     | 400 | json_limit             |
            POST | /v1/completions                                                        | Content-Encoding: gzip                           | {}                                       | 400 | malformed_encoding     |
            POST | /v1/ingest/cloudevents                                                 |                                                  | {'id':'a'}                               | 400 | invalid_event          | /specversion
            POST | /v1/completions                                                        | Sec-Fetch-Site: cross-site                       | {}                                       | 403 | foreign_origin         |
            GET  | /v1/waiter                                                             |                                                  |                                          | 404 | not_found              |
            GET  | /sample/fault                                                          |                                                  |                                          | 500 | internal_error         |
            GET  | /sample/database/08006                                                 |                                                  |                                          | 503 | ledger_unavailable     |
            GET  | /v1/completions/0198f1a0                                               |                                                  |                                          | 404 | unknown_completion     |
            GET  | /v1/imports/none                                                       |                                                  |                                          | 404 | unknown_import         |
            GET  | /v1/keys/none                                                          |                                                  |                                          | 404 | unknown_key            |
            GET  | /v1/policies/fase4                                                     |                                                  |                                          | 404 | unknown_policy         |
            GET  | /v1/aliases/phases/$x                                                  |                                                  |                                          | 404 | unknown_alias          |
            POST | /v1/ingest/rejected/none/retry                                         |                                                  |                                          | 404 | unknown_rejection      |
            POST | /v1/ingest/rejected/none/dismiss                                       |                                                  |                                          | 404 | unknown_rejection      |
            GET  | /v1/subscriptions/none                                                 |                                                  |                                          | 404 | unknown_subscription   |
            GET  | /v1/waiters                                                            | Accept: image/png                                |                                          | 406 | not_acceptable         |
            POST | /v1/mirror/reconcile                                                   |                                                  |                                          | 409 | mirror_off             |
            GET  | /v1/readiness/phase4/2026-02-02?at_least=999999999                     |                                                  |                                          | 409 | position_unknown       | at_least
            GET  | /v1/readiness/phase4/1999-02-02?expect=ready                           |                                                  |                                          | 412 | not_ready              |
            GET  | /v1/readiness/phase4/1999-02-02                                        | If-Match: "x"                                    |                                          | 412 | precondition_failed    |
            PUT  | /v1/policies/phase4                                                    | If-Match: "77"                                   | {'time_zone':'UTC','requirements':[]}    | 412 | version_mismatch       |
            POST | /v1/completions                                                        | Content-Length: 20000000                         |                                          | 413 | body_too_large         |
            POST | /v1/completions                                                        | Content-Type: text/html                          | {}                                       | 415 | unsupported_media_type |
            POST | /v1/completions                                                        | Content-Encoding: br                             | {}                                       | 415 | unsupported_encoding   |
            POST | /v1/completions                                                        |                                                  | {'status':'success'}                     | 422 | required               | /phase
            POST | /v1/completions                                                        |                                                  | {'status':'done'}                        | 422 | unknown_value          | /status
            POST | /v1/completions                                                        |                                                  | {'phase':' phase4'}                      | 422 | invalid_name           | /phase
            POST | /v1/completions                                                        |                                                  | {'record_count':-1}                      | 422 | out_of_range           | /record_count
            POST | /v1/completions                                                        |                                                  | {'game_date':'TODAY'}                    | 422 | relative_date          | /game_date
            POST | /v1/completions                                                        |                                                  | {'completed_at':'2026-02-03T07:00:00'}   | 422 | zone_missing           | /completed_at
            POST | /v1/completions                                                        |                                                  | {'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'success','completed_at':'2199-01-01T00:00:00Z'} | 422 | completed_at_in_future | /completed_at
            POST | /v1/completions                                                        |                                                  | {'metadata':{'a':'\\u0000'}}             | 422 | invalid_character      | /metadata/a
            GET  | /v1/completions?game_date=2026-02-02&game_date_from=2026-02-02         |                                                  |                                          | 422 | contradiction          | game_date
            GET  | /v1/completions?limit=3                                                | Accept: text/csv                                 |                                          | 422 | not_with_streams       | limit
            PUT  | /v1/slates/2031-02-16                                                  |                                                  | {'units':1,'inserted_at':'2199-01-01T00:00:00Z'} | 422 | inserted_at_in_future  | /inserted_at
            GET  | /v1/readiness/phase4/2026-02-02?as_of=2199-01-01T00:00:00Z             |                                                  |                                          | 422 | as_of_in_future        | as_of
            GET  | /v1/readiness?game_date_from=2026-01-01&game_date_to=2027-03-01        |                                                  |                                          | 422 | too_many_dates         | game_date_to
            GET  | /v1/readiness?game_date_from=2026-01-01&game_date_to=2026-01-01$policies |                                                  |                                          | 422 | too_many_policies      | policy
            POST | /v1/ingest/cloudevents                                                 | Content-Type: application/cloudevents-batch+json | $events                                  | 422 | too_many_events        |
            POST | /v1/completions/batch                                                  |                                                  | $rows                                    | 422 | too_many_rows          |
            PUT  | /v1/policies/$x                                                        |                                                  | {'time_zone':'EST5','requirements':[]}   | 422 | unknown_time_zone      | /time_zone
            PUT  | /v1/policies/$x                                                        |                                                  | {'time_zone':'UTC','requirements':[{'phase':'a','processor_name':'b','accept':['running']}]} | 422 | invalid_accept         | /requirements/0/accept
            PUT  | /v1/policies/$x                                                        |                                                  | {'time_zone':'UTC','requirements':[],'deadline':{'ready_by':'6 am'}} | 422 | invalid_time           | /deadline/ready_by
            PUT  | /v1/policies/$x                                                        |                                                  | {'time_zone':'UTC','requirements':[],'name':'other'} | 422 | name_mismatch          | /name
            PUT  | /v1/policies/phase4                                                    |                                                  | {'time_zone':'UTC','requirements':[],'effective_from':'2020-01-01T00:00:00Z'} | 422 | effective_from_in_past | /effective_from
            PUT  | /v1/policies/$x                                                        |                                                  | {'time_zone':'UTC','requirements':[],'upstream':[{'policy':'fase4'}]} | 422 | unknown_policy         | /upstream/0/policy
            PUT  | /v1/policies/$x                                                        |                                                  | {'time_zone':'UTC','requirements':[],'upstream':[{'policy':'phase4'},{'policy':'phase4'}]} | 422 | duplicate_upstream     | /upstream/1/policy
            PUT  | /v1/policies/phase4                                                    |                                                  | {'time_zone':'UTC','requirements':[],'upstream':[{'policy':'phase4'}]} | 422 | upstream_cycle         | /upstream/0/policy
            PUT  | /v1/aliases/phases/$x                                                  |                                                  | {'target':'phase4_precompute'}           | 422 | alias_chain            | /target
            PUT  | /v1/aliases/phases/fase4                                               |                                                  | {'target':'fase4'}                       | 422 | alias_of_itself        | /target
            GET  | /v1/sources/nowhere                                                    |                                                  |                                          | 404 | unknown_source         |
            PUT  | /v1/sources/$x                                                         |                                                  | {'door':'pubsub'}                        | 422 | unknown_value          | /door
            PUT  | /v1/sources/$x                                                         |                                                  | {'door':'openlineage','job':'('}         | 422 | invalid_pattern        | /job
            PUT  | /v1/sources/$x                                                         |                                                  | {'door':'openlineage','namespace':'(?<a>.)','job':'(?<a>.)'} | 422 | duplicate_group        | /job
            PUT  | /v1/sources/$x                                                         |                                                  | {'door':'openlineage','phase':'${a}'}    | 422 | unknown_group          | /phase
            PUT  | /v1/sources/$x                                                         |                                                  | {'door':'openlineage','whole':{'when':'run','count':3}} | 422 | contradiction          | /whole/count
            POST | /v1/keys                                                               |                                                  | {'name':'k','scopes':['read'],'expires_at':'2020-01-01T00:00:00Z'} | 422 | in_the_past            | /expires_at
            POST | /v1/subscriptions                                                      |                                                  | {'url':'https://a.invalid/','events':['a','b','c','d','e','f','g','h','i','j','k']} | 422 | invalid_size           | /events
            POST | /v1/subscriptions                                                      |                                                  | {'url':'https://a.invalid/','events':['slate'],'secret':'s'} | 422 | invalid_secret         | /secret
            POST | /v1/subscriptions                                                      |                                                  | {'url':'https://10.0.0.1/','events':['slate']} | 422 | unreachable_target     | /url
            """;

    /**
     * Those that take more than a request, or a service that is set up otherwise. Other tests show them, and
     * {@link EveryCodeAnswered} finds them in what the services of those tests logged.
     */
    static final Set<String> SHOWN_ELSEWHERE = Set.of(
            "body_incomplete",
            "body_too_slow",
            "foreign_host",
            "insufficient_scope",
            "invalid_caller",
            "invalid_token",
            "malformed_request",
            "mirror_away",
            "mirror_refused",
            "no_grant",
            "not_yours",
            "overloaded",
            "shutting_down",
            "too_many_upstreams",
            "unauthenticated");

    /** What the descriptions of refusals put between the same marks, and is no code. */
    private static final Set<String> NO_CODES = Set.of(
            "at_least",
            "atomic",
            "errors",
            "evaluate",
            "expires_at",
            "incident",
            "max_bytes",
            "max_inflation",
            "media_types",
            "nearest",
            "original",
            "policy",
            "policy_name",
            "position",
            "today",
            "verdict",
            "wait",
            "ways_on");

    private static String filled(String text) {
        return text.replace('\'', '"')
                .replace("$x", "x" + UUID.randomUUID().toString().replace("-", ""))
                .replace("$nested", "[".repeat(LIMITS.most("nesting of JSON") + 1))
                .replace("$policies", manyPolicies())
                .replace("$events", listOf(LIMITS.most("events of a batch of CloudEvents") + 1))
                .replace("$rows", listOf(LIMITS.most("rows of a batch") + 1));
    }

    private static String manyPolicies() {
        return IntStream.rangeClosed(0, LIMITS.most("policies of a question"))
                .mapToObj(each -> "&policy=p" + each)
                .collect(Collectors.joining());
    }

    private static String listOf(int elements) {
        return "{},".repeat(elements).replaceFirst("^", "[").replaceFirst(",$", "]");
    }

    private static JsonNode answer(
            String method, String path, @Nullable String header, @Nullable String body, int status) throws IOException {
        RawRequest request = RawRequest.of(method, filled(path));
        if (header != null) {
            request = request.with(header);
        }
        if (body != null) {
            request = request.withBody(filled(body).getBytes(UTF_8));
            request = header != null && header.startsWith("Content-Type")
                    ? request
                    : request.with("Content-Type", "application/json");
        }
        RawAnswer answer = new RawHttp(RestAssured.port).send(request.bytes()).get(0);
        assertEquals(status, answer.status(), answer::toString);
        assertEquals(List.of(), faults(method, path, answer), answer::toString);
        return AnswerCheck.tree(answer);
    }

    private static List<String> faults(String method, String path, RawAnswer answer) {
        return CONTRACT.operations().stream()
                .filter(each -> each.has(method, path.replaceAll("\\?.*", "")))
                .findFirst()
                .map(each -> CHECK.faults(each, answer))
                .orElseGet(() -> CHECK.faultsOfProblem(answer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = REFUSED)
    void it_can_be_had(
            String method,
            String path,
            @Nullable String header,
            @Nullable String body,
            int status,
            String code,
            @Nullable String where)
            throws IOException {
        JsonNode problem = answer(method, path, header, body, status);
        if (where == null) {
            assertEquals(code, problem.path("code").asText(), problem::toString);
        } else {
            String place = where.startsWith("/") ? "pointer" : "parameter";
            assertTrue(
                    problem.path("errors").findParents(place).stream()
                            .anyMatch(each -> where.equals(each.path(place).asText())
                                    && code.equals(each.path("code").asText())),
                    problem::toString);
        }
    }

    @Test
    void what_is_recorded_with_other_facts_is_a_conflict() throws IOException {
        String report = filled("{'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','execution_id':'1',");
        answer("POST", "/v1/completions", null, report + "'status':'success'}", 201);
        JsonNode problem =
                answer("POST", "/v1/completions", null, report + "'status':'success','record_count':7}", 409);
        assertEquals("conflict", problem.path("code").asText());
    }

    @Test
    void a_cursor_belongs_to_its_filters() throws IOException {
        String name = filled("$x");
        for (String execution : List.of("1", "2")) {
            String report =
                    "{'phase':'phase4','game_date':'2026-02-02','status':'success','processor_name':'%s','execution_id':'%s'}";
            answer("POST", "/v1/completions", null, report.formatted(name, execution), 201);
        }
        String path = "/v1/completions?limit=1&processor_name=" + name;
        String cursor = answer("GET", path, null, null, 200).path("next_cursor").asText();
        JsonNode problem = answer("GET", path + "&phase=phase3&cursor=" + cursor, null, null, 400);
        assertEquals("cursor_mismatch", problem.path("code").asText());
    }

    @Test
    void a_retraction_cannot_be_retracted() throws IOException {
        String report = "{'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'success'}";
        String of = "/v1/completions/%s/retraction";
        String reason = "{'reason':'loaded twice'}";
        String completion =
                answer("POST", "/v1/completions", null, report, 201).path("id").asText();
        String retraction = answer("POST", of.formatted(completion), null, reason, 201)
                .path("id")
                .asText();
        JsonNode problem = answer("POST", of.formatted(retraction), null, reason, 422);
        assertEquals("retraction_of_retraction", problem.path("code").asText());
    }

    @Test
    void none_is_left_out() {
        Set<String> listed = new TreeSet<>();
        for (JsonNode response : CONTRACT.node().at("/components/responses")) {
            if (response.path("content").has(AnswerCheck.PROBLEM)) {
                Matcher code = MARKED.matcher(response.path("description").asText());
                while (code.find()) {
                    listed.add(code.group("code"));
                }
            }
        }
        listed.removeAll(NO_CODES);
        Set<String> shown = new TreeSet<>(SHOWN_ELSEWHERE);
        shown.addAll(Set.of("conflict", "cursor_mismatch", "retraction_of_retraction"));
        REFUSED.lines().map(line -> line.split("\\|", -1)[5].trim()).forEach(shown::add);
        assertEquals(listed, shown);
    }
}
