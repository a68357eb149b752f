"""What Schemathesis cannot tell from the contract: which of its findings are no faults, each with the reason."""

from __future__ import annotations

import datetime
import json
import os
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis.core.failures import Failure

# Valid by the schemas, and refused: the operation, the code, and why. Schemas judge each field by itself; and what the
# ledger holds, or what the time is, they cannot know.
RANGE = "The end comes before the beginning."
EITHER = "Fields that exclude each other, or need each other."
FUTURE = "What is not yet can be neither asked nor recorded."
PATTERN = "Patterns are of RE2, and templates name their groups."
CURSOR = "A cursor is given out with a page, for the filters of that page."
REFUSED = {
    ("askReadiness", "as_of_in_future"): FUTURE,
    ("askReadiness", "contradiction"): "What was known then does not change: no wait with as_of or position.",
    ("askReadiness", "not_ready"): "That is what expect=ready asks for.",
    ("askReadinessMatrix", "as_of_in_future"): FUTURE,
    ("askReadinessMatrix", "blank_parameter"): "A name is more than white space.",
    ("askReadinessMatrix", "out_of_range"): RANGE,
    ("askReadinessMatrix", "too_many_dates"): "At most 400 between the two.",
    ("changeSubscription", "contradiction"): EITHER,
    ("changeSubscription", "required"): EITHER,
    ("changeSubscription", "out_of_range"): "settle: 1 second to 24 hours; schemas have no bounds of durations.",
    ("changeSubscription", "unreachable_target"): "Only https, no private network, and only topics of a known project.",
    ("createKey", "in_the_past"): "expires_at is later than now.",
    ("createSubscription", "contradiction"): EITHER,
    ("createSubscription", "required"): EITHER,
    ("createSubscription", "out_of_range"): "settle: 1 second to 24 hours; schemas have no bounds of durations.",
    ("createSubscription", "unreachable_target"): "Only https, no private network, and only topics of a known project.",
    ("deleteSource", "invalid_etag"): "An ETag is a version in quotes.",
    ("deleteSource", "version_mismatch"): "That is what If-Match asks for.",
    ("evaluateReadiness", "as_of_in_future"): FUTURE,
    ("evaluateReadiness", "contradiction"): EITHER,
    ("evaluateReadiness", "out_of_range"): RANGE + " Or min_optional: 1.0 could mean one or all.",
    ("evaluateReadiness", "duplicate_upstream"): "Each policy once; schemas compare whole items.",
    ("evaluateReadiness", "required"): EITHER,
    ("evaluateReadiness", "too_many_dates"): "At most 400 between the two.",
    ("evaluateReadiness", "unknown_policy"): "Upstream policies exist.",
    ("importMirror", "out_of_range"): RANGE,
    ("ingestCloudEvents", "invalid_size"): "source and id have at most 511 characters together.",
    ("ingestLineage", "invalid_size"): "runId, eventType and eventTime have at most 512 characters together.",
    ("ingestOpenLineage", "invalid_size"): "runId, eventType and eventTime have at most 512 characters together.",
    ("listCompletions", "contradiction"): EITHER,
    ("listCompletions", "cursor_mismatch"): CURSOR,
    ("listCompletions", "invalid_cursor"): CURSOR,
    ("listCompletions", "out_of_range"): RANGE,
    ("listLandings", "as_of_in_future"): FUTURE,
    ("listLandings", "out_of_range"): RANGE,
    ("listLandings", "too_many_dates"): "At most 400 between the two.",
    ("listReceipts", "contradiction"): EITHER,
    ("listReceipts", "cursor_mismatch"): CURSOR,
    ("listReceipts", "invalid_cursor"): CURSOR,
    ("listReceipts", "out_of_range"): RANGE,
    ("listRejected", "cursor_mismatch"): CURSOR,
    ("listRejected", "invalid_cursor"): CURSOR,
    ("listSlates", "as_of_in_future"): FUTURE,
    ("listSlates", "out_of_range"): RANGE,
    ("listUses", "as_of_in_future"): FUTURE,
    ("listUses", "out_of_range"): RANGE,
    ("listUses", "too_many_dates"): "At most 400 between the two.",
    ("putAlias", "alias_chain"): "An alias stands for no alias.",
    ("putAlias", "alias_of_itself"): "An alias stands for another name.",
    ("putPolicy", "duplicate_upstream"): "Each policy once; schemas compare whole items.",
    ("putPolicy", "effective_from_in_past"): "Only the first version's may lie in the past.",
    ("putPolicy", "invalid_etag"): "Either If-Match or If-None-Match.",
    ("putPolicy", "name_mismatch"): "name is the name in the path.",
    ("putPolicy", "out_of_range"): "min_optional: 1.0 could mean one or all.",
    ("putPolicy", "unknown_policy"): "Upstream policies exist.",
    ("putPolicy", "upstream_cycle"): "No policy leads back to itself.",
    ("putPolicy", "version_mismatch"): "That is what If-Match and If-None-Match ask for.",
    ("putSlate", "inserted_at_in_future"): FUTURE,
    ("putSource", "contradiction"): EITHER,
    ("putSource", "duplicate_group"): PATTERN,
    ("putSource", "invalid_etag"): "Either If-Match or If-None-Match.",
    ("putSource", "invalid_pattern"): PATTERN,
    ("putSource", "required"): EITHER,
    ("putSource", "unknown_group"): PATTERN,
    ("putSource", "version_mismatch"): "That is what If-Match and If-None-Match ask for.",
    ("recordBatch", "completed_at_in_future"): FUTURE,
    ("recordBatch", "conflict"): "With atomic, a row of a known identity with other facts refuses all.",
    ("reconcileMirror", "out_of_range"): RANGE,
    ("recordCompletion", "completed_at_in_future"): FUTURE,
    ("replayDeliveries", "out_of_range"): RANGE,
    ("trySource", "contradiction"): EITHER,
    ("trySource", "duplicate_group"): PATTERN,
    ("trySource", "invalid_pattern"): PATTERN,
    ("trySource", "required"): EITHER,
    ("trySource", "unknown_group"): PATTERN,
    ("retractCompletion", "retraction_of_retraction"): "A retraction is a row, too, and cannot be retracted.",
}

# Instants that are over, for nothing may have happened later than now; most dates that the ledger takes.
INSTANTS = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2025, 12, 31)).map(lambda at: f"{at.isoformat()}Z")
DATES = st.dates(datetime.date(1970, 1, 1), datetime.date(2199, 12, 31)).map(str)
DURATIONS = st.integers(1, 86_400).map(lambda seconds: f"PT{seconds}S")
LINE = {"phase": "phase4", "game_date": "2026-02-02", "processor_name": "player_daily_cache", "status": "success"}
NDJSON = ("application/x-ndjson", "application/jsonl")

schemathesis.openapi.format("date", DATES)
schemathesis.openapi.format("date-time", INSTANTS)
schemathesis.openapi.format("duration", DURATIONS)


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """Without an empty alternative, as it is where callers must show a key."""
    if os.environ.get("WITH_AUTH"):
        raw_schema["security"] = [each for each in raw_schema["security"] if each]


@schemathesis.serializer(*NDJSON)
def lines(context: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Keeps the service at home and the run short: no receiver outside is called, and no answer waited for."""
    if isinstance(case.query, dict) and "wait" in case.query:
        case.query["wait"] = "1s"
    if case.media_type in NDJSON and case.meta.generation.mode.is_positive:
        case.body = json.dumps(LINE) + "\n"  # By the schema it is any text.
    for body in (case.body, case.body.get("policy") if isinstance(case.body, dict) else None):
        if isinstance(body, dict):
            if str(body.get("url")).startswith("https:"):
                body["url"] = "https://hooks.invalid/"
            if isinstance(body.get("time_zone"), str):
                body["time_zone"] = "America/New_York"  # One of six hundred; the contract does not list them.


@schemathesis.hook
def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
    operation = case.operation.definition.raw["operationId"]
    body = tree(response)
    if type(failure).__name__ == "RejectedPositiveData":
        return (operation, body.get("code")) not in REFUSED
    if type(failure).__name__ == "AcceptedNegativeData":  # Of lines, the schema says that they are text; all is.
        return not refused_inside(body) and case.media_type not in NDJSON
    if type(failure).__name__ == "UnsupportedMethodResponse":  # With PUT, import is a date, and none.
        return not (case.operation.path == "/v1/slates/import" and case.method == "PUT")
    # A key that was revoked is still shown, with when and by whom.
    return not (operation == "getKey" and type(failure).__name__ == "UseAfterFree")


def refused_inside(body: Any) -> bool:
    """A batch, an import and what other systems send are answered 2xx, and row by row it says which were not taken."""
    results = body.get("results", [body])
    return any(
        each.get("rejected_count", 0) > 0 or each.get("status", 0) >= 400 or each.get("outcome") in ("rejected", "ignored")
        for each in results
    )


def tree(response: Any) -> Any:
    try:
        found = json.loads(response.content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
