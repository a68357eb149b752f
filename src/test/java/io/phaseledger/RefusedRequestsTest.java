package io.phaseledger;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is refused: each code of the contract, where it is listed, with the place that is at fault. All that is wrong in a body
 * is named at once, what was probably meant is offered, and each answer is as the contract says.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RefusedRequestsTest {

    private static final ContractDocument CONTRACT = ContractDocument.read();
    private static final AnswerCheck CHECK = new AnswerCheck(CONTRACT);
    private static final ContractLimits LIMITS = ContractLimits.of(CONTRACT);

    private static final Pattern MARKED = Pattern.compile("`(?<code>[a-z_]+)`");

    /**
     * Each with the code of the problem, or of the error at a place; without a code where rows are refused and the rest is
     * taken. {@code $x} is a new name, {@code $id} a completion, {@code $s} a subscription.
     */
    static final String REFUSED = """
            GET  | /v1/completions?limt=1                                                   |                                                    |                                                      | 400 | unknown_parameter      | limt
            GET  | /v1/completions?limit=1&limit=2                                          |                                                    |                                                      | 400 | repeated_parameter     | limit
            GET  | /v1/completions?game_date=                                               |                                                    |                                                      | 400 | blank_parameter        | game_date
            GET  | /v1/completions?game_date=2026-02-30                                     |                                                    |                                                      | 400 | invalid_date           | game_date
            GET  | /v1/completions?completed_from=yesterday                                 |                                                    |                                                      | 400 | invalid_instant        | completed_from
            GET  | /v1/readiness/phase4/2026-02-02?within=soon                              |                                                    |                                                      | 400 | invalid_duration       | within
            GET  | /v1/readiness/phase4/2026-02-02?position=-1                              |                                                    |                                                      | 400 | invalid_position       | position
            GET  | /v1/completions?limit=ten                                                |                                                    |                                                      | 400 | invalid_integer        | limit
            GET  | /v1/ingest/rejected?resolved=yes                                         |                                                    |                                                      | 400 | invalid_boolean        | resolved
            GET  | /v1/completions?cursor=x                                                 |                                                    |                                                      | 400 | invalid_cursor         | cursor
            PUT  | /v1/policies/phase4                                                      | If-Match: seven                                    | {'time_zone':'UTC','requirements':[]}                | 400 | invalid_etag           |
            POST | /v1/completions                                                          | Content-Type: application/json                     |                                                      | 400 | body_missing           |
            POST | /v1/completions                                                          |                                                    | {'phase'                                             | 400 | malformed_json         |
            POST | /v1/completions                                                          |                                                    | {} {}                                                | 400 | trailing_content       |
            POST | /v1/completions                                                          |                                                    | {'phase':'a','phase':'b'}                            | 400 | duplicate_field        | /phase
            POST | /v1/completions                                                          |                                                    | {'recrod_count':1}                                   | 400 | unknown_field          | /recrod_count
            POST | /v1/completions                                                          |                                                    | {'record_count':'1'}                                 | 400 | wrong_type             | /record_count
            POST | /v1/subscriptions                                                        |                                                    | {'settle':'soon'}                                    | 400 | invalid_duration       | /settle
            POST | /v1/completions                                                          |                                                    | {'metadata':$nested}                                 | 400 | json_limit             |
            POST | /v1/completions                                                          | Content-Encoding: gzip                             | {}                                                   | 400 | malformed_encoding     |
            POST | /v1/ingest/cloudevents                                                   |                                                    | {'id':'a'}                                           | 400 | invalid_event          | /specversion
            POST | /v1/completions                                                          | Sec-Fetch-Site: cross-site                         | {}                                                   | 403 | foreign_origin         |
            GET  | /v1/waiter                                                               |                                                    |                                                      | 404 | not_found              |
            GET  | /sample/fault                                                            |                                                    |                                                      | 500 | internal_error         |
            GET  | /sample/database/08006                                                   |                                                    |                                                      | 503 | ledger_unavailable     |
            GET  | /v1/completions/0198f1a0                                                 |                                                    |                                                      | 404 | unknown_completion     |
            GET  | /v1/imports/none                                                         |                                                    |                                                      | 404 | unknown_import         |
            GET  | /v1/keys/none                                                            |                                                    |                                                      | 404 | unknown_key            |
            GET  | /v1/receipts/none                                                        |                                                    |                                                      | 404 | unknown_receipt        |
            GET  | /v1/policies/fase4                                                       |                                                    |                                                      | 404 | unknown_policy         |
            GET  | /v1/aliases/phases/$x                                                    |                                                    |                                                      | 404 | unknown_alias          |
            POST | /v1/ingest/rejected/none/retry                                           |                                                    |                                                      | 404 | unknown_rejection      |
            POST | /v1/ingest/rejected/none/dismiss                                         |                                                    |                                                      | 404 | unknown_rejection      |
            GET  | /v1/subscriptions/none                                                   |                                                    |                                                      | 404 | unknown_subscription   |
            GET  | /v1/waiters                                                              | Accept: image/png                                  |                                                      | 406 | not_acceptable         |
            POST | /v1/mirror/reconcile                                                     |                                                    |                                                      | 409 | mirror_off             |
            GET  | /v1/readiness/phase4/2026-02-02?at_least=999999999                       |                                                    |                                                      | 409 | position_unknown       | at_least
            GET  | /v1/readiness/phase4/1999-02-02?expect=ready                             |                                                    |                                                      | 412 | not_ready              |
            GET  | /v1/readiness/phase4/1999-02-02                                          | If-Match: "x"                                      |                                                      | 412 | precondition_failed    |
            PUT  | /v1/policies/phase4                                                      | If-Match: "77"                                     | {'time_zone':'UTC','requirements':[]}                | 412 | version_mismatch       |
            POST | /v1/completions                                                          | Content-Length: 20000000                           |                                                      | 413 | body_too_large         |
            POST | /v1/completions                                                          | Content-Type: text/html                            | {}                                                   | 415 | unsupported_media_type |
            POST | /v1/completions                                                          | Content-Encoding: br                               | {}                                                   | 415 | unsupported_encoding   |
            POST | /v1/completions                                                          |                                                    | {'status':'success'}                                 | 422 | required               | /phase
            POST | /v1/completions                                                          |                                                    | {'status':'done'}                                    | 422 | unknown_value          | /status
            POST | /v1/completions                                                          |                                                    | {'phase':' phase4'}                                  | 422 | invalid_name           | /phase
            POST | /v1/completions                                                          |                                                    | {'record_count':-1}                                  | 422 | out_of_range           | /record_count
            POST | /v1/completions                                                          |                                                    | {'game_date':'TODAY'}                                | 422 | relative_date          | /game_date
            POST | /v1/completions                                                          |                                                    | {'completed_at':'2026-02-03T07:00:00'}               | 422 | zone_missing           | /completed_at
            POST | /v1/completions                                                          |                                                    | {'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'success','completed_at':'2199-01-01T00:00:00Z'} | 422 | completed_at_in_future | /completed_at
            POST | /v1/completions                                                          |                                                    | {'metadata':{'a':'\\u0000'}}                         | 422 | invalid_character      | /metadata/a
            GET  | /v1/completions?game_date=2026-02-02&game_date_from=2026-02-02           |                                                    |                                                      | 422 | contradiction          | game_date
            GET  | /v1/completions?limit=3                                                  | Accept: text/csv                                   |                                                      | 422 | not_with_streams       | limit
            PUT  | /v1/slates/2031-02-16                                                    |                                                    | {'units':1,'inserted_at':'2199-01-01T00:00:00Z'}     | 422 | inserted_at_in_future  | /inserted_at
            GET  | /v1/readiness/phase4/2026-02-02?as_of=2199-01-01T00:00:00Z               |                                                    |                                                      | 422 | as_of_in_future        | as_of
            GET  | /v1/readiness?game_date_from=2026-01-01&game_date_to=2027-03-01          |                                                    |                                                      | 422 | too_many_dates         | game_date_to
            GET  | /v1/readiness?game_date_from=2026-01-01&game_date_to=2026-01-01$policies |                                                    |                                                      | 422 | too_many_policies      | policy
            POST | /v1/ingest/cloudevents                                                   | Content-Type: application/cloudevents-batch+json   | $events                                              | 422 | too_many_events        |
            POST | /v1/completions/batch                                                    |                                                    | $rows                                                | 422 | too_many_rows          |
            PUT  | /v1/policies/$x                                                          |                                                    | {'time_zone':'EST5','requirements':[]}               | 422 | unknown_time_zone      | /time_zone
            PUT  | /v1/policies/$x                                                          |                                                    | {'time_zone':'UTC','requirements':[{'phase':'a','processor_name':'b','accept':['running']}]} | 422 | invalid_accept         | /requirements/0/accept
            PUT  | /v1/policies/$x                                                          |                                                    | {'time_zone':'UTC','requirements':[],'deadline':{'ready_by':'6 am'}} | 422 | invalid_time           | /deadline/ready_by
            PUT  | /v1/policies/$x                                                          |                                                    | {'time_zone':'UTC','requirements':[],'name':'other'} | 422 | name_mismatch          | /name
            PUT  | /v1/policies/phase4                                                      |                                                    | {'time_zone':'UTC','requirements':[],'effective_from':'2020-01-01T00:00:00Z'} | 422 | effective_from_in_past | /effective_from
            PUT  | /v1/policies/$x                                                          |                                                    | {'time_zone':'UTC','requirements':[],'upstream':[{'policy':'fase4'}]} | 422 | unknown_policy         | /upstream/0/policy
            PUT  | /v1/policies/$x                                                          |                                                    | {'time_zone':'UTC','requirements':[],'upstream':[{'policy':'phase4'},{'policy':'phase4'}]} | 422 | duplicate_upstream     | /upstream/1/policy
            PUT  | /v1/policies/phase4                                                      |                                                    | {'time_zone':'UTC','requirements':[],'upstream':[{'policy':'phase4'}]} | 422 | upstream_cycle         | /upstream/0/policy
            PUT  | /v1/aliases/phases/$x                                                    |                                                    | {'target':'phase4_precompute'}                       | 422 | alias_chain            | /target
            PUT  | /v1/aliases/phases/fase4                                                 |                                                    | {'target':'fase4'}                                   | 422 | alias_of_itself        | /target
            GET  | /v1/sources/nowhere                                                      |                                                    |                                                      | 404 | unknown_source         |
            PUT  | /v1/sources/$x                                                           |                                                    | {'door':'pubsub'}                                    | 422 | unknown_value          | /door
            PUT  | /v1/sources/$x                                                           |                                                    | {'door':'openlineage','job':'('}                     | 422 | invalid_pattern        | /job
            PUT  | /v1/sources/$x                                                           |                                                    | {'door':'openlineage','namespace':'(?<a>.)','job':'(?<a>.)'} | 422 | duplicate_group        | /job
            PUT  | /v1/sources/$x                                                           |                                                    | {'door':'openlineage','phase':'${a}'}                | 422 | unknown_group          | /phase
            PUT  | /v1/sources/$x                                                           |                                                    | {'door':'openlineage','whole':{'when':'run','count':3}} | 422 | contradiction          | /whole/count
            POST | /v1/keys                                                                 |                                                    | {'name':'k','scopes':['read'],'expires_at':'2020-01-01T00:00:00Z'} | 422 | in_the_past            | /expires_at
            POST | /v1/subscriptions                                                        |                                                    | {'url':'https://a.invalid/','events':['a','b','c','d','e','f','g','h','i','j','k']} | 422 | invalid_size           | /events
            POST | /v1/subscriptions                                                        |                                                    | {'url':'https://a.invalid/','events':['slate'],'secret':'s'} | 422 | invalid_secret         | /secret
            POST | /v1/subscriptions                                                        |                                                    | {'url':'https://10.0.0.1/','events':['slate']}       | 422 | unreachable_target     | /url
            POST | /v1/completions/$id/retraction                                           |                                                    | {}                                                   | 422 | required               | /reason
            POST | /v1/completions/0198f1a0/retraction                                      |                                                    | {'reason':'r'}                                       | 404 | unknown_completion     |
            POST | /v1/completions/batch                                                    |                                                    | {}                                                   | 400 | wrong_type             |
            POST | /v1/completions/batch                                                    |                                                    | [{'status':'x'},{'p':1}]                             | 207 |                        |
            POST | /v1/completions/import                                                   |                                                    | [{'status':'x'}]                                     | 200 |                        |
            POST | /v1/completions/import?x=1                                               |                                                    | []                                                   | 400 | unknown_parameter      | x
            POST | /v1/slates/import                                                        |                                                    | [{'units':-1}]                                       | 200 |                        |
            GET  | /v1/mirror?x=1                                                           |                                                    |                                                      | 400 | unknown_parameter      | x
            POST | /v1/mirror/import?game_date_from=2026-02-01&game_date_to=2026-02-28      |                                                    |                                                      | 409 | mirror_off             |
            POST | /v1/mirror/reconcile?repair=extra                                        |                                                    |                                                      | 422 | unknown_value          | repair
            GET  | /v1/policies?x=1                                                         |                                                    |                                                      | 400 | unknown_parameter      | x
            GET  | /v1/policies/fase4/versions                                              |                                                    |                                                      | 404 | unknown_policy         |
            GET  | /v1/slates?from=x                                                        |                                                    |                                                      | 400 | invalid_date           | from
            GET  | /v1/slates?from=TODAY                                                    |                                                    |                                                      | 422 | relative_date          | from
            PUT  | /v1/slates/2026-13-01                                                    |                                                    | {'units':1}                                          | 400 | invalid_date           | game_date
            GET  | /v1/aliases/processors?x=1                                               |                                                    |                                                      | 400 | unknown_parameter      | x
            DELETE | /v1/aliases/processors/$x                                                |                                                    |                                                      | 404 | unknown_alias          |
            POST | /v1/sources/try                                                          |                                                    | {'events':[]}                                        | 422 | required               | /source
            GET  | /v1/sources?x=1                                                          |                                                    |                                                      | 400 | unknown_parameter      | x
            GET  | /v1/sources/none/versions                                                |                                                    |                                                      | 404 | unknown_source         |
            PUT  | /v1/sources/$x                                                           |                                                    | {'dor':'openlineage'}                                | 400 | unknown_field          | /dor
            DELETE | /v1/sources/none                                                         |                                                    |                                                      | 404 | unknown_source         |
            GET  | /v1/readiness/fase4/2026-02-02                                           |                                                    |                                                      | 404 | unknown_policy         |
            GET  | /v1/waiters?x=1                                                          |                                                    |                                                      | 400 | unknown_parameter      | x
            GET  | /v1/uses?policy=phase4&from=x&to=2026-02-01                              |                                                    |                                                      | 400 | invalid_date           | from
            GET  | /v1/uses?policy=phase4&from=2026-02-02&to=2026-02-01                     |                                                    |                                                      | 422 | out_of_range           | to
            GET  | /v1/uses?policy=fase4&from=2026-02-02&to=2026-02-02                      |                                                    |                                                      | 404 | unknown_policy         |
            GET  | /v1/receipts?from=x                                                      |                                                    |                                                      | 400 | invalid_date           | from
            GET  | /v1/receipts?from=2026-02-02&to=2026-02-01                               |                                                    |                                                      | 422 | out_of_range           | to
            GET  | /v1/events?type=x                                                        |                                                    |                                                      | 422 | unknown_value          | type
            GET  | /v1/events?after=999999999                                               |                                                    |                                                      | 409 | position_unknown       | after
            GET  | /v1/readiness?game_date_from=2026-02-01&game_date_to=2026-02-02&policy=x |                                                    |                                                      | 404 | unknown_policy         |
            POST | /v1/readiness/evaluate                                                   |                                                    | {'policy_name':'x','game_date':'2026-02-02'}         | 404 | unknown_policy         |
            POST | /v1/readiness/evaluate                                                   |                                                    | []                                                   | 400 | wrong_type             |
            POST | /v1/ingest/pubsub                                                        |                                                    | {}                                                   | 422 | required               | /message
            POST | /v1/ingest/pubsub                                                        |                                                    | {'message':7}                                        | 400 | wrong_type             | /message
            POST | /v1/ingest/openlineage                                                   |                                                    | {}                                                   | 422 | required               | /run/runId
            GET  | /v1/ingest/rejected?source=pub_sub                                       |                                                    |                                                      | 422 | unknown_value          | source
            DELETE | /v1/keys/none                                                            |                                                    |                                                      | 404 | unknown_key            |
            GET  | /v1/subscriptions?x=1                                                    |                                                    |                                                      | 400 | unknown_parameter      | x
            PATCH | /v1/subscriptions/none                                                   |                                                    | {}                                                   | 404 | unknown_subscription   |
            PATCH | /v1/subscriptions/$s                                                     |                                                    | {'events':[]}                                        | 422 | required               | /events
            DELETE | /v1/subscriptions/none                                                   |                                                    |                                                      | 404 | unknown_subscription   |
            GET  | /v1/subscriptions/none/deliveries                                        |                                                    |                                                      | 404 | unknown_subscription   |
            GET  | /v1/subscriptions/$s/deliveries?status=lost                              |                                                    |                                                      | 422 | unknown_value          | status
            POST | /v1/subscriptions/none/replay                                            |                                                    | {'from_sequence':0}                                  | 404 | unknown_subscription   |
            POST | /v1/subscriptions/$s/replay                                              |                                                    | {'from_sequence':3,'to_sequence':2}                  | 422 | out_of_range           | /to_sequence
            POST | /v1/subscriptions/none/test                                              |                                                    |                                                      | 404 | unknown_subscription   |
            GET  | /nope                                                                    |                                                    |                                                      | 404 | not_found              |
            GET  | /sample/nope                                                             |                                                    |                                                      | 404 | not_found              |
            GET  | /v1/nope                                                                 |                                                    |                                                      | 404 | not_found              |
            GET  | /q/nope                                                                  |                                                    |                                                      | 404 | not_found              |
            GET  | /sample/unwritable                                                       |                                                    |                                                      | 500 | internal_error         |
            GET  | /sample/database/23505                                                   |                                                    |                                                      | 500 | internal_error         |
            GET  | /sample/asked?game_date_form=x                                           |                                                    |                                                      | 400 | unknown_parameter      | game_date_form
            GET  | /sample?x                                                                |                                                    |                                                      | 400 | unknown_parameter      | x
            GET  | /sample/asked?game_date_to=2026-02-02&game_date_to=2026-02-02            |                                                    |                                                      | 400 | repeated_parameter     | game_date_to
            GET  | /sample/asked?within                                                     |                                                    |                                                      | 400 | blank_parameter        | within
            GET  | /sample/asked?status=a&status=                                           |                                                    |                                                      | 400 | blank_parameter        | status
            GET  | /sample/asked?status=%00                                                 |                                                    |                                                      | 422 | invalid_character      | status
            GET  | /sample/asked?status=%ff                                                 |                                                    |                                                      | 422 | invalid_character      | status
            GET  | /sample/asked?game_date_from=TODAY                                       |                                                    |                                                      | 422 | relative_date          | game_date_from
            GET  | /sample/asked?colour=dark_blue,blu                                       |                                                    |                                                      | 422 | unknown_value          | colour
            GET  | /sample/asked?day=2026-02-02&day=2026-02-30                              |                                                    |                                                      | 400 | invalid_date           | day
            GET  | /sample/asked?limit=0                                                    |                                                    |                                                      | 422 | out_of_range           | limit
            GET  | /sample/asked?limit=10                                                   |                                                    |                                                      | 422 | out_of_range           | limit
            GET  | /sample/asked?name=a,1                                                   |                                                    |                                                      | 422 | invalid_name           | name
            GET  | /sample/asked?name=a,                                                    |                                                    |                                                      | 400 | blank_parameter        | name
            GET  | /sample/asked                                                            | Last-Position: x                                   |                                                      | 400 | invalid_position       | Last-Position
            GET  | /sample/asked                                                            | Accept: image/png                                  |                                                      | 406 | not_acceptable         |
            GET  | /sample/dates/TODAY?min_records=1                                        |                                                    |                                                      | 422 | relative_date          | date
            GET  | /sample/dates/2026-02-02                                                 |                                                    |                                                      | 422 | required               | min_records
            PUT  | /v1/policies/phase4                                                      | If-None-Match: "*"                                 | {'time_zone':'UTC','requirements':[]}                | 400 | invalid_etag           | If-None-Match
            PUT  | /v1/policies/phase4                                                      | If-None-Match: "3"                                 | {'time_zone':'UTC','requirements':[]}                | 400 | invalid_etag           | If-None-Match
            PUT  | /v1/policies/phase4                                                      | If-None-Match: x                                   | {'time_zone':'UTC','requirements':[]}                | 400 | invalid_etag           | If-None-Match
            PUT  | /v1/policies/phase4                                                      | If-None-Match: *                                   | {'time_zone':'UTC','requirements':[]}                | 412 | version_mismatch       |
            """;

    /** Bodies and parameters that are wrong in more than one place, or in one that only reading all of it shows. */
    private static final String NAMED = """
            POST | /v1/mirror/import                                                                      |                                                              | 422 | game_date_from game_date_to
            POST | /v1/mirror/import?game_date_from=2026-02-02                                            |                                                              | 422 | game_date_to
            GET  | /v1/readiness/phase4/2026-02-03?wait=9h                                                |                                                              | 422 | wait
            GET  | /v1/readiness/phase4/2026-02-03?position=1&at_least=2                                  |                                                              | 422 | at_least
            GET  | /v1/readiness?game_date_from=2026-02-01&game_date_to=2026-02-02&policy=phase4,         |                                                              | 400 | policy
            GET  | /v1/readiness?game_date_from=2026-02-01&game_date_to=2026-01-31                        |                                                              | 422 | game_date_to
            GET  | /v1/readiness                                                                          |                                                              | 422 | game_date_from game_date_to
            GET  | /v1/slates?from=2026-03-01&to=2026-02-01                                               |                                                              | 422 | to
            GET  | /v1/slates?as_of=2100-01-01T00:00:00Z                                                  |                                                              | 422 | as_of
            POST | /v1/completions                                                                        | {'phase':'phase4','record_count':'5','game_date':'TODAY','status':'ok','processor_name':' p'} | 400 | /record_count /game_date /status /processor_name
            POST | /v1/completions                                                                        | {'phase':'phase4','game_date':'2026-02-02','processor_name':'p','status':' success'} | 422 | /status
            POST | /v1/keys                                                                               | {'name':'k','scopes':['read',' record']}                     | 422 | /scopes/1
            POST | /v1/subscriptions                                                                      | {'url':'http://127.0.0.1:1/x','pubsub_topic':'projects/p-12345/topics/abc','events':['readiness'],'settle':'PT5S','secret':'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'} | 422 | /pubsub_topic /settle /secret
            POST | /v1/subscriptions                                                                      | {'url':'http://127.0.0.1:1/x','events':['readiness'],'deliver':'settled','settle':'PT1.9S'} | 422 | /settle
            POST | /v1/readiness/evaluate                                                                 | {'policy':{'time_zone':'UTC','requirements':[],'effective_from':'garbage'},'game_date':'2026-02-02'} | 400 | /policy/effective_from
            POST | /v1/readiness/evaluate                                                                 | {'policy':{'time_zone':'UTC','requirements':[],'upstream':[{'policy':'phase3'},{'policy':'phase3'}]},'game_date':'2026-02-02'} | 422 | /policy/upstream/1/policy
            POST | /v1/readiness/evaluate                                                                 | {'policy':{'name':5,'time_zone':'UTC','requirements':[]},'game_date':'2026-02-02'} | 400 | /policy/name
            POST | /v1/readiness/evaluate                                                                 | {'policy':{'time_zone':'UTC','requirements':[{'phase':'p','processor_name':'q','accept':['succes']}]},'game_date':'2026-02-02'} | 422 | /policy/requirements/0/accept/0
            POST | /v1/readiness/evaluate                                                                 | {'policy_name':'phase4','game_date_from':'2026-02-02'}       | 422 | /game_date_to
            POST | /v1/readiness/evaluate                                                                 | {'policy_name':'phase4','game_date_to':'2026-02-02'}         | 422 | /game_date_from
            POST | /v1/readiness/evaluate                                                                 | {'policy_name':'phase4'}                                     | 422 | /game_date
            POST | /v1/readiness/evaluate                                                                 | {'policy':{'time_zone':'UTC','requirements':[]},'policy_name':'phase4','game_date':'2026-02-02'} | 422 | /policy
            POST | /v1/readiness/evaluate                                                                 | {'policy_name':'phase4','game_date':'2026-02-02','as_of':'2100-01-01T00:00:00Z'} | 422 | /as_of
            POST | /sample                                                                                | {'recrod_count':1,'record_count':'1'}                        | 400 | /record_count /recrod_count /phase
            PUT  | /v1/policies/evaluate                                                                  | {'time_zone':'UTC','requirements':[]}                        | 422 | name
            """;

    /** What a sentence ends with that offers something. */
    private static final String OFFERED = """
            GET  | /v1/readiness/Phase4/2026-02-02 |                                                                       | 404 | did you mean `phase4`?
            GET  | /v1/policies/Phase4             |                                                                       | 404 | did you mean `phase4`?
            GET  | /sample/asked?wihtin=6h         |                                                                       | 400 | `wihtin` is not a parameter here; did you mean `within`?
            PUT  | /v1/policies/$x                 | {'time_zone':'PST','requirements':[]}                                 | 422 | the nearest is America/Los_Angeles
            PUT  | /v1/policies/$x                 | {'time_zone':'EST','requirements':[]}                                 | 422 | must be a name of the tz database such as America/New_York
            PUT  | /v1/policies/$x                 | {'time_zone':'UTC','requirements':[],'upstream':[{'policy':'phase_3'}]} | 422 | did you mean `phase3`?
            POST | /v1/readiness/evaluate          | {'game_date':'2026-02-02','policy':{'time_zone':'UTC','requirements':[],'upstream':[{'policy':'phase_3'}]}} | 422 | did you mean `phase3`?
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
        String named = text.replace('\'', '"')
                .replace("$x", name())
                .replace("$nested", "[".repeat(LIMITS.most("nesting of JSON") + 1))
                .replace("$policies", manyPolicies())
                .replace("$events", listOf(LIMITS.most("events of a batch of CloudEvents") + 1))
                .replace("$rows", listOf(LIMITS.most("rows of a batch") + 1));
        String identified = named.contains("$id") ? named.replace("$id", completion()) : named;
        return identified.contains("$s") ? identified.replace("$s", subscription()) : identified;
    }

    private static String name() {
        return "x" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String manyPolicies() {
        return IntStream.rangeClosed(0, LIMITS.most("policies of a question"))
                .mapToObj(each -> "&policy=p" + each)
                .collect(Collectors.joining());
    }

    private static String listOf(int elements) {
        return "{},".repeat(elements).replaceFirst("^", "[").replaceFirst(",$", "]");
    }

    private static String completion() {
        return created(
                "/v1/completions",
                "{'phase':'phase4','game_date':'2026-02-02','processor_name':'$x','status':'success'}");
    }

    private static String subscription() {
        return created(
                "/v1/subscriptions", "{'url':'https://phase-ledger.invalid/hook','events':['slate'],'enabled':false}");
    }

    private static String created(String path, String body) {
        return given().contentType("application/json")
                .body(filled(body))
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
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
        RawHttp http = new RawHttp(RestAssured.port);
        boolean isShort = header != null && header.startsWith("Content-Length"); // The rest would be waited for.
        RawAnswer answer = (isShort ? http.sendAndLeave(request.bytes()) : http.send(request.bytes())).get(0);
        assertEquals(status, answer.status(), answer::toString);
        assertEquals(List.of(), faults(method, path, answer), answer::toString);
        assertFalse(answer.body().contains("a secret"), answer::body);
        return AnswerCheck.tree(answer);
    }

    private static List<String> faults(String method, String path, RawAnswer answer) {
        return CONTRACT.operations().stream()
                .filter(each -> each.has(method, path.replaceAll("\\?.*", "")))
                .findFirst()
                .map(each -> CHECK.faults(each, answer))
                .orElseGet(() -> CHECK.faultsOfProblem(answer));
    }

    private static boolean names(JsonNode problem, String where, @Nullable String code) {
        return problem.path("errors")
                .valueStream()
                .anyMatch(each ->
                        place(each).equals(where) && each.path("code").asText().equals(code));
    }

    private static String place(JsonNode error) {
        return error.path(error.has("pointer") ? "pointer" : "parameter").asText();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = REFUSED)
    void it_is_refused_as_the_contract_says(
            String method,
            String path,
            @Nullable String header,
            @Nullable String body,
            int status,
            @Nullable String code,
            @Nullable String where)
            throws IOException {
        JsonNode problem = answer(method, path, header, body, status);
        if (where != null) {
            assertTrue(names(problem, where, code), problem::toString);
        } else if (code != null) {
            assertEquals(code, problem.path("code").asText(), problem::toString);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = NAMED)
    void each_place_that_is_wrong_is_named_and_no_other(
            String method, String path, @Nullable String body, int status, String places) throws IOException {
        JsonNode problem = answer(method, path, null, body, status);
        assertEquals(
                Set.of(places.split(" ")),
                problem.path("errors")
                        .valueStream()
                        .map(RefusedRequestsTest::place)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = OFFERED)
    void what_was_probably_meant_is_offered(String method, String path, @Nullable String body, int status, String offer)
            throws IOException {
        JsonNode problem = answer(method, path, null, body, status);
        String detail = problem.path("detail").asText();
        assertTrue(detail.endsWith(offer), detail);
    }

    @Test
    void a_phase_that_is_misspelt_is_taken_and_offered_the_one_that_is_read() {
        given().contentType("application/json")
                .body("""
                        {"phase":"Phase4","game_date":"2026-02-02","processor_name":"player_daily_cache","status":"running",
                         "execution_id":"%s"}""".formatted(UUID.randomUUID()))
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .body("warnings.code", contains("unknown_processor", "not_idempotent"))
                .body("warnings[0].nearest", equalTo("phase4"))
                .body("warnings[1].detail", endsWith("recorded again: send a completed_at or an Idempotency-Key"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE  | /sample                        | 405 | GET, HEAD, OPTIONS, POST
            POST    | /sample/dates/x                | 405 | GET, HEAD, OPTIONS
            GET     | /sample/bound/                 | 405 | OPTIONS, PUT
            OPTIONS | /v1/completions/1/retraction   | 200 | OPTIONS, POST
            OPTIONS | /v1/completions/batch          | 200 | OPTIONS, POST
            OPTIONS | /v1/completions                | 200 | GET, HEAD, OPTIONS, POST
            """)
    void a_path_says_which_methods_it_has_and_none_of_another(String method, String path, int status, String allow) {
        given().request(method, path).then().statusCode(status).header("Allow", allow);
    }

    /** A form of another site's page can send these without being asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain;json"})
    void a_body_has_a_type_that_no_form_has(String type) throws IOException {
        JsonNode problem = answer("POST", "/sample", "Content-Type: " + type, "{}", 415);
        assertEquals("unsupported_media_type", problem.path("code").asText());
        assertTrue(problem.path("detail").asText().startsWith("`" + type.split(";", -1)[0]), problem::toString);
        assertTrue(
                problem.path("detail").asText().endsWith("` is not read here; send it as application/json."),
                problem::toString);
        RawAnswer rows = new RawHttp(RestAssured.port)
                .send(RawRequest.of("POST", "/v1/completions/import")
                        .with("Content-Type", type)
                        .withBody(new byte[] {'{', '}'})
                        .bytes())
                .get(0);
        assertEquals(415, rows.status());
        assertTrue(String.valueOf(rows.headers().get("accept")).contains("application/x-ndjson"), rows::toString);
        assertTrue(
                AnswerCheck.tree(rows).path("media_types").toString().contains("application/x-ndjson"), rows::toString);
    }

    @Test
    void a_problem_has_its_members_and_headers() {
        given().get("/sample/problem")
                .then()
                .statusCode(409)
                .header("Retry-After", "2")
                .body("code", equalTo("conflict"))
                .body("type", equalTo("urn:phase-ledger:problem:conflict"))
                .body("instance", equalTo("/sample/problem"))
                .body("original.id", equalTo(1));
        given().get("/sample/database/57P03").then().statusCode(503).header("Retry-After", "1");
        given().get("/sample/fault").then().statusCode(500).body("$", hasKey("incident"));
    }

    @Test
    void parameters_are_read_as_what_they_are_declared_to_be() {
        given().urlEncodingEnabled(false)
                .get("/sample/asked?as_of=2026-02-02T06:00:00+05:00&within=90m&status=a&status=b&colour=dark_blue"
                        + "&day=2026-02-02,2026-02-03&name=a,b")
                .then()
                .body(equalTo(
                        "PT1H30M 2026-02-02T01:00:00Z false [a, b] Window[gameDateFrom=null, gameDateTo=null, limit=3, "
                                + "colour=[DARK_BLUE], day=[2026-02-02, 2026-02-03], name=[a, b], lastPosition=null]"));
    }

    @Test
    void a_policy_that_shall_be_new_is_no_version_of_another() throws IOException {
        String path = "/v1/policies/" + name();
        String policy = "{'time_zone':'UTC','requirements':[]}";
        answer("PUT", path, "If-None-Match: *", policy, 201);
        answer("PUT", path, "If-None-Match: *", policy, 412);
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
        REFUSED.lines()
                .map(line -> line.split("\\|", -1)[5].trim())
                .filter(code -> !code.isEmpty())
                .forEach(shown::add);
        assertEquals(listed, shown);
    }
}
