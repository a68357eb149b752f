"""Phase Ledger for Python: record that a phase finished, and ask before you begin.

One file, the standard library only, Python 3.9 or later. A running ledger serves it::

    curl -fsSO "$PHASE_LEDGER_URL/client/phase_ledger.py"

Five calls are all there is::

    phase_ledger.record("phase4", "2026-02-02", "player_daily_cache", record_count=123)
    phase_ledger.readiness("phase4", "2026-02-02", within="6h")  # a Verdict, true when ready
    phase_ledger.wait_until_ready("phase4", "2026-02-02", timeout=1800)
    phase_ledger.run("phase4", "2026-02-02", "player_daily_cache")  # a context manager: start, outcome, gate
    phase_ledger.processor("phase4", "player_daily_cache")  # the same as a decorator

They read ``PHASE_LEDGER_URL`` and, if it is set, ``PHASE_LEDGER_KEY``. A `Client` takes both as arguments, and more.

**Recording never fails your job.** `record` retries for a minute. A fact that is not in the ledger then is written to
stderr as one line, ``PHASE_LEDGER_UNSENT {json}``, and None is returned. ``POST /v1/completions/import`` reads such
lines at any time and any number of times: what had arrived after all is not recorded twice. A fact that was refused
(a wrong key, a misspelt field) gets its line too, and the import says what is wrong with it. Only a conflict has none,
for then the ledger holds another account of the same run; it is logged as an error.

**Asking tells "no" from "don't know".** `NotReady` is the ledger's no. `Unknown` means that it could not be asked, or
that what answered was no ledger. Neither is ever taken for a yes.

A `Client` holds no connection and no lock, so threads and forked processes may share one. It follows no redirect and
uses no proxy, so that the key reaches only the ledger.
"""

from __future__ import annotations

import base64
import contextlib
import copy
import dataclasses
import email.utils
import functools
import http.client
import inspect
import io
import itertools
import json
import logging
import math
import numbers
import os
import random
import re
import signal
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta, timezone
from datetime import time as time_of_day
from decimal import Decimal
from email.message import Message
from typing import Any, NamedTuple, Optional, TypeVar, Union, cast
from urllib.parse import SplitResult, quote, urlencode, urlsplit

__version__ = "1.0.0"
__all__ = [
    "Client", "Completion", "LedgerError", "NotReady", "Reason", "Refused", "Run", "Unknown", "Verdict",
    "processor", "readiness", "record", "run", "wait_until_ready",
]

DateLike = Union[date, str]
Seconds = Union[float, timedelta]
Requires = Union[str, tuple[str, Optional[DateLike]], tuple[str, Optional[DateLike], Optional[str]]]
Count = Union[int, float, Decimal]  # a whole number, whatever its type
_T = TypeVar("_T")
_F = TypeVar("_F", bound=Callable[..., Any])

_PATIENCE = 60.0  # seconds for all tries of one request
_TIMEOUT = 10.0  # seconds for one try; the ledger itself gives up on a commit after as many
_LAST_TRY = 2.0  # seconds that are kept of the patience, so that the last try has time to succeed
_BRIEF = 5.0  # patience where the job must not be held up, and after SIGTERM: Cloud Run kills ten seconds later
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0  # seconds; the pause before a retry is random between 0 and these
_MOST_TRIES = 1_000
_HOLD = 30  # seconds that a ledger is asked to hold a question open, if it can
_TOKEN_MARGIN, _METADATA_TIMEOUT = 300.0, 3.0  # seconds: a token is not used in its last minutes
_CHUNK, _LARGEST_ANSWER = 1 << 16, 8 << 20  # bytes
_LONGEST_LINE = 200_000  # bytes; Cloud Logging drops an entry of more than 256 KiB
_LONGEST_MESSAGE = 1_000  # characters
_LARGEST_METADATA = 150_000  # bytes as JSON in ASCII; the ledger takes 262,144 in UTF-8, and a line has to hold it too
_LARGEST_COUNT = (1 << 63) - 1
_MOST_LEVELS, _MOST_VALUES, _MOST_BITS = 50, 50_000, 1_000  # of metadata, and of a whole number in it
_RETRIED = frozenset({408, 425, 429})  # and 5xx
_PRINTABLE = re.compile(r"[!-~]+(?: [!-~]+)*")
_UNSENDABLE = re.compile("[\\x00\ud800-\udfff]")  # U+0000 and halves of surrogate pairs: no database keeps them
_SPARE = frozenset({"record_count", "expected_count", "correlation_id", "started_at", "entities_changed", "metadata"})
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_log = logging.getLogger("phase_ledger")


class LedgerError(Exception):
    """What this module raises, a wrong argument (ValueError, TypeError) apart."""


class Unknown(LedgerError):
    """The ledger could not be asked, or what answered was no ledger; of a record: it may or may not have arrived."""

    def __init__(self, why: str, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        """Seconds that the answer asked us to stay away."""


class Refused(LedgerError):
    """The ledger understood and said no; asking again would not help."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        """The HTTP status; 0 when nothing was sent, because it cannot be."""
        self.problem = problem
        """The problem document (RFC 9457), or what there was of one."""
        self.code = str(problem.get("code", ""))
        listed = problem.get("errors")
        errors = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        pointers = [str(each["pointer"]).split("/") for each in errors if "pointer" in each]
        self.fields = frozenset(pointer[1] if len(pointer) > 1 else "" for pointer in pointers)
        """The fields of a report at fault."""
        self.parameters = frozenset(str(each["parameter"]) for each in errors if "parameter" in each)
        """The query parameters at fault."""
        places = [f"{each.get('pointer') or each.get('parameter')}: {each.get('detail')}" for each in errors]
        said = [str(problem.get("detail", "no detail was given")), *(places if len(places) > 1 else [])]
        super().__init__(_one_line(f"{status or ''} {self.code} {'; '.join(said)}"))


class NotReady(LedgerError):
    """The ledger said that the work must not begin; `verdict` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.explain())
        self.verdict = verdict


@dataclasses.dataclass(frozen=True)
class Reason:
    """One thing that a verdict says: ``missing``, ``stale``, ``too_few_records``, …"""

    code: str
    message: str
    phase: str | None
    processor_name: str | None
    raw: Mapping[str, Any] = dataclasses.field(repr=False, compare=False)


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The answer to "may I begin?". It is true when ready: ``if verdict: …``"""

    policy: str
    policy_version: int | None
    game_date: date
    state: str
    """``ready``, ``not_ready``, ``not_applicable`` (no work that date) or ``bypassed`` (a backfill)."""
    ready: bool
    """False only for ``not_ready``."""
    as_of: datetime
    """The instant that it is about. With `position` it gives this same answer for ever."""
    position: int
    data_age: timedelta | None
    """The age of the oldest row that decided; None when none did."""
    expires_at: datetime | None
    """When, with no new row, ready becomes not ready; None if never."""
    reasons: tuple[Reason, ...]
    """Why not; empty when ready."""
    warnings: tuple[Reason, ...]
    waived: tuple[Reason, ...]
    """What a backfill did not ask for."""
    receipt_id: str | None
    """The receipt of this answer; None where the question named no consumer, or none could be stored."""
    raw: Mapping[str, Any] = dataclasses.field(repr=False, compare=False)
    """All that was answered, whatever this version of the module knows of it."""

    def __bool__(self) -> bool:
        return self.ready

    @property
    def data_age_hours(self) -> float | None:
        """The number to store beside what is made from the data, as ``feature_data_age_hours``."""
        return None if self.data_age is None else self.data_age / timedelta(hours=1)

    def explain(self) -> str:
        """The verdict for people: one line, then one for each reason, waived reason and warning."""
        said = [f"{self.policy} is {self.state.replace('_', ' ')} for {self.game_date} as of {self.as_of.isoformat()}"]
        for kind, these in (("", self.reasons), ("waived ", self.waived), ("warning ", self.warnings)):
            said += [f"  {kind}{each.code}: {each.message}" for each in these]
        return "\n".join(said)


@dataclasses.dataclass(frozen=True)
class Completion:
    """What the ledger holds of a report."""

    id: str
    position: int
    replayed: bool
    """Whether it had been recorded before, for instance by a try whose answer was lost."""
    warnings: tuple[str, ...]
    raw: Mapping[str, Any] = dataclasses.field(repr=False, compare=False)


class _Assumed(str):
    """A status that no one has set."""


_ASSUMED = _Assumed("success")


@dataclasses.dataclass
class Run:
    """One run of a processor; what you set here is what will be recorded of it."""

    execution_id: str
    started_at: datetime
    verdict: Verdict | None = None
    """The verdict that it began with; None if it asked for none, or went on without one."""
    status: str = _ASSUMED
    """``success``, unless you set ``partial``, ``no_data``, ``skipped``. An exception makes it ``failed``, but what you
    have set stays."""
    record_count: Count | None = None
    expected_count: Count | None = None
    is_incremental: bool = False
    entities_changed: list[str] = dataclasses.field(default_factory=list)
    metadata: dict[str, Any] = dataclasses.field(default_factory=dict)
    completion: Completion | None = None
    """What the ledger holds of the outcome, once the run is over."""

    @property
    def data_age_hours(self) -> float | None:
        """How old the input was when the run began; None if that is unknown."""
        return self.verdict.data_age_hours if self.verdict else None


class Terminated(SystemExit):
    """SIGTERM came during a run. You need not catch it: the process ends as it would have, a little later."""


class Client:
    """A ledger, and how long to try.

    :param url: where it is; ``PHASE_LEDGER_URL`` by default
    :param key: an API key (``plk_…``); ``PHASE_LEDGER_KEY`` by default
    :param id_tokens: send a Google ID token of this service's account when there is no key; by default where
        ``K_SERVICE``, ``CLOUD_RUN_JOB`` or ``GCE_METADATA_HOST`` says that there is a metadata server, over https only
    :param audience: of the ID token; the scheme and host of `url` by default
    :param patience: seconds for all tries of one call together
    :param timeout: seconds for one try, from connecting to the last byte; not counting the name lookup
    :param unsent: takes the line of a fact that is not in the ledger; writes it to stderr by default
    :param clock, sleep, now, rand: time and chance, for tests
    """

    def __init__(
        self, url: str | None = None, *, key: str | None = None,
        id_tokens: bool | None = None, audience: str | None = None,
        patience: float = _PATIENCE, timeout: float = _TIMEOUT,
        unsent: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc), rand: Callable[[], float] = random.random,
    ) -> None:
        self._url, self._key, self._id_tokens, self._audience = url, key, id_tokens, audience
        self._patience, self._timeout, self._unsent = patience, timeout, unsent or _to_stderr
        self._clock, self._sleep, self._now, self._rand = clock, sleep, now, rand
        self._token = ("", "", 0.0)  # audience, token, expiry; replaced as a whole, so it needs no lock
        self._knows_consumer = True

    def record(
        self, phase: str, game_date: DateLike, processor_name: str, status: str = "success", *,
        record_count: Count | None = None, expected_count: Count | None = None,
        execution_id: str | None = None, correlation_id: str | None = None,
        started_at: datetime | str | None = None, completed_at: datetime | str | None = None,
        is_incremental: bool = False, is_backfill: bool = False,
        entities_changed: Iterable[str] = (), metadata: Mapping[str, Any] | None = None,
        patience: float | None = None, raise_on_error: bool = False,
    ) -> Completion | None:
        """Records that a processor finished its work for a date, with an outcome.

        :param game_date: the date that the work was *for*: a date or ``2026-02-02``, never ``TODAY`` and no datetime
        What JSON or the ledger cannot take is made sendable. A fact that the ledger refuses for a part that it can be
        without, such as a count below 0, is sent without that part; ``left_out`` in its metadata names it, and
        ``refused`` says how it began.

        :param status: ``success``, ``partial``, ``failed``, ``no_data``, ``skipped``, or ``running`` (a heartbeat)
        :param execution_id: identifies the run: sent twice it is recorded once, with other facts it is a conflict;
            made up if you give none, so that our own retries are safe
        :param completed_at: when it happened, with a zone; now by default, however late it arrives
        :returns: what the ledger holds; None if it does not, and then stderr has the fact
        :raises LedgerError, ValueError: only with `raise_on_error`; the line is written all the same
        """
        fact = _fact({
            "phase": phase, "game_date": game_date, "processor_name": processor_name, "status": status,
            "record_count": record_count, "expected_count": expected_count,
            "execution_id": execution_id or uuid.uuid4().hex, "correlation_id": correlation_id,
            "started_at": started_at, "completed_at": completed_at or self._now(),
            "is_incremental": is_incremental, "is_backfill": is_backfill,
            "entities_changed": entities_changed, "metadata": metadata,
        })
        try:
            return self._deliver(fact, self._patience if patience is None else patience)
        except BaseException as error:
            # Whatever ends this, a signal in the middle of a pause included: first of all the fact is written down.
            self._write_down(fact, error)
            if raise_on_error or not isinstance(error, Exception):
                raise
            return None

    def readiness(
        self, policy: str, game_date: DateLike, *, within: str | timedelta | None = None, applies: str | None = None,
        mode: str | None = None, as_of: datetime | str | None = None, consumer: str | None = None,
        patience: float | None = None,
    ) -> Verdict:
        """Asks once whether a policy is ready for a date.

        :param game_date: a date, ``2026-02-02``, or ``today``: the date that it is now in the policy's time zone
        :param within: how old the rows may be, ``6h``, ``1h30m`` or a timedelta; the policy's own bound by default
        :param applies: for which dates that matters: ``same_day``, ``always``, ``never``
        :param mode: ``live``, or ``backfill`` for filling history
        :param as_of: the past instant that the question is about, with a zone
        :param consumer: the processor that asks; the answer has a receipt then, unless it is about the past
        :raises Unknown: after `patience` seconds of trying; that is not "not ready"
        :raises Refused: there is no such policy, or the question makes no sense
        """
        path = _question(policy, game_date, within, applies, mode, as_of)
        patience = self._patience if patience is None else patience
        return self._persist(lambda timeout: _verdict(self._look(path, consumer, timeout, {}), policy), patience)

    def wait_until_ready(
        self, policy: str, game_date: DateLike, timeout: Seconds, *, within: str | timedelta | None = None,
        applies: str | None = None, mode: str | None = None, consumer: str | None = None, poll: float = 15.0,
    ) -> Verdict:
        """Waits until a policy is ready for a date, and answers with the verdict that says so.

        A ledger that can hold a question open does (``Prefer: wait``); one that cannot is asked again after a random
        time about `poll` seconds long.

        :param timeout: how long to wait; the last question is asked at its end
        :raises NotReady: not ready in all that time, with the last verdict
        :raises Unknown: not one answer in all that time
        :raises Refused: at once, for waiting would not help
        """
        path = _question(policy, game_date, within, applies, mode, None)
        end = self._clock() + _seconds(timeout)
        verdict: Verdict | None = None
        headers: dict[str, str] = {}
        while True:
            left = end - self._clock()
            pause, fault = poll * (0.5 + self._rand()), ""
            hold = min(_HOLD, int(left)) if headers else 0
            try:
                asked = {**headers, "Prefer": f"wait={hold}"} if hold > 0 else headers
                answer = self._look(path, consumer, self._timeout + hold, asked)
                if answer.status != 304:
                    verdict = _verdict(answer, policy)
                    headers = {"If-None-Match": answer.header("ETag")} if answer.header("ETag") else {}
                if verdict:
                    return verdict
                if answer.header("Preference-Applied").startswith("wait") or (headers and hold == 0):
                    pause = self._rand()  # It was held open, or the next will be; though never in a tight loop.
            except Unknown as error:
                fault, pause = str(error), max(pause, error.retry_after)
            left = end - self._clock()
            if left <= 0 and verdict is not None:
                raise NotReady(verdict)
            if left <= 0:
                raise Unknown(f"not one answer about {policy} in {_seconds(timeout):g} s; the last fault: {fault}")
            self._sleep(min(pause, left))

    @contextlib.contextmanager
    def run(
        self, phase: str, game_date: DateLike, processor_name: str, *,
        requires: Requires | None = None, wait: Seconds = 0.0, on_unknown: str = "block", heartbeat: Seconds = 0.0,
        execution_id: str | None = None, correlation_id: str | None = None,
        is_incremental: bool = False, is_backfill: bool = False, metadata: Mapping[str, Any] | None = None,
    ) -> Iterator[Run]:
        """Records the start and the outcome of a block, and does not let it begin before its input.

        An exception is recorded as ``failed``, with its type and message, and goes on unchanged; a status that the
        block has set before stays. So do
        KeyboardInterrupt, a SystemExit that is not zero, and SIGTERM where Python would have died of it: in the main
        thread, with no handler of yours. What SIGKILL ends stays ``running``.

        :param requires: the policy that must be ready, or ``(policy, date, within)``; the date is `game_date` if left
            out. A backfill asks it with ``mode=backfill``
        :param wait: how long to wait for that
        :param on_unknown: when there was not one answer in all of `wait`, ``block`` raises, and ``proceed`` runs and
            says so in the metadata of the outcome. "Not ready" always blocks, and so does a refused question
        :param heartbeat: record ``running`` again every so often, for policies with a lease; 0 for never
        :raises NotReady, Unknown, Refused: before the block, and then nothing is recorded
        """
        if on_unknown not in ("block", "proceed") or (on_unknown == "proceed" and _seconds(wait) <= 0):
            raise ValueError("on_unknown is block, or proceed together with a wait: how long to try to know")
        this = Run(execution_id or uuid.uuid4().hex, self._now(), is_incremental=is_incremental)
        this.metadata.update(metadata or {})
        if requires is not None:
            policy, day, within = (*((requires,) if isinstance(requires, str) else requires), None, None)[:3]
            question = {"within": within, "mode": "backfill" if is_backfill else None, "consumer": processor_name}
            self._permit(this, str(policy), day or game_date, _seconds(wait), on_unknown == "proceed", question)
            this.started_at = self._now()  # The wait is not part of the work: it begins now.
        who = (phase, game_date, processor_name)
        about: dict[str, Any] = {
            "execution_id": this.execution_id, "correlation_id": correlation_id,
            "started_at": this.started_at, "is_backfill": is_backfill,
        }
        unlogged = copy.copy(self)  # A heartbeat that is lost is none the poorer for it: the next one says more.
        unlogged._unsent = lambda line: None
        process, patience = os.getpid(), self._patience
        with _sigterm_raises():
            try:
                self.record(*who, "running", **about, patience=min(_BRIEF, patience))
                with _every(_seconds(heartbeat), lambda: unlogged.record(*who, "running", **about, patience=0)):
                    yield this
            except BaseException as error:
                if not (isinstance(error, SystemExit) and error.code in (None, 0)):
                    this.metadata = this.metadata if isinstance(this.metadata, dict) else {"value": this.metadata}
                    this.status = "failed" if isinstance(this.status, _Assumed) else this.status
                    this.metadata.update(error_type=type(error).__name__, error_message=_text(error)[:_LONGEST_MESSAGE])
                if isinstance(error, (Terminated, KeyboardInterrupt)):
                    patience = min(_BRIEF, patience)
                raise
            finally:
                if os.getpid() == process:  # A forked child that unwinds this stack has no outcome to tell.
                    this.completion = self.record(
                        *who, this.status, record_count=this.record_count, expected_count=this.expected_count,
                        is_incremental=this.is_incremental, entities_changed=this.entities_changed,
                        metadata=this.metadata, **about, patience=patience,
                    )

    def processor(
        self, phase: str, processor_name: str, *, date_from: str = "game_date", **options: Any
    ) -> Callable[[_F], _F]:
        """`run` around each call of a function, for the date in its argument `date_from`.

        A whole number that it returns is the record count. If it has a parameter ``run``, that is handed the `Run`; if
        it has a parameter ``correlation_id``, that is recorded.

        :param options: those of `run`
        """

        def decorate(function: _F) -> _F:
            signature = inspect.signature(function)
            if _is_lazy(function) or date_from not in signature.parameters:
                raise TypeError(f"{_text(function)} must be a plain function with an argument {date_from}")

            @functools.wraps(function)
            def recorded(*args: Any, **kwargs: Any) -> Any:
                bound = signature.bind(*args, **({**kwargs, "run": None} if "run" in signature.parameters else kwargs))
                bound.apply_defaults()
                given = {"correlation_id": bound.arguments.get("correlation_id"), **options}
                with self.run(phase, bound.arguments[date_from], processor_name, **given) as this:
                    if "run" in bound.arguments:
                        bound.arguments["run"] = this
                    result = function(*bound.args, **bound.kwargs)
                    if inspect.isawaitable(result):
                        raise TypeError(f"{_text(function)} returned before its work was done")
                    if this.record_count is None:
                        this.record_count = _count(result)
                    return result

            return cast(_F, recorded)

        return decorate

    def _permit(
        self, this: Run, policy: str, day: DateLike, wait: float, may_proceed: bool, question: dict[str, Any]
    ) -> None:
        try:
            ask = functools.partial(self.wait_until_ready, timeout=wait) if wait > 0 else self.readiness
            verdict = ask(policy, day, **question)
        except Unknown as error:
            if not may_proceed:
                raise
            _log.warning("going on without knowing whether %s is ready for %s: %s", policy, day, error)
            asked = {"policy": policy, "game_date": day, "waited_seconds": wait, "unknown": str(error)}
            this.metadata.update(proceeded_without_readiness=True, readiness=asked)
            return
        if not verdict:
            raise NotReady(verdict)
        this.verdict = verdict
        this.metadata["readiness"] = {
            "policy": verdict.policy, "policy_version": verdict.policy_version, "game_date": verdict.game_date,
            "state": verdict.state, "as_of": verdict.as_of, "position": verdict.position,
            "data_age_hours": verdict.data_age_hours,
        }
        if verdict.receipt_id is not None:
            this.metadata["receipt_id"] = verdict.receipt_id

    def _deliver(self, fact: dict[str, Any], patience: float) -> Completion:
        _date(fact["game_date"])
        for instant in (fact["started_at"], fact["completed_at"]):
            _zoned(instant)
        try:
            completion = self._send(fact, patience)
        except Refused as refusal:
            if not refusal.fields or not refusal.fields <= _SPARE:
                raise
            _log.warning("%s; sent without %s", refusal, ", ".join(sorted(refusal.fields)))
            fact.update(_without(fact, sorted(refusal.fields)))
            completion = self._send(fact, patience)
        for warning in completion.warnings:
            _log.warning("%s of %s: %s", fact["status"], fact["processor_name"], warning)
        return completion

    def _send(self, fact: dict[str, Any], patience: float) -> Completion:
        body = _json(fact).encode()
        return self._persist(lambda timeout: _completion(self._ask("/v1/completions", timeout, body)), patience)

    def _write_down(self, fact: dict[str, Any], error: BaseException) -> None:
        why = _one_line(f"{type(error).__name__}: {error}")
        if isinstance(error, Refused) and error.code == "conflict":
            _log.error("CONFLICT: the ledger holds another account of this run: %s; not recorded: %s", why, _json(fact))
            return
        _log.error("not recorded: %s", why)
        line = _unsent_line(fact)
        try:
            self._unsent(line)
        except Exception:  # It is the caller's own code and may raise anything.
            _to_stderr(line)

    def _look(self, path: str, consumer: str | None, timeout: float, headers: dict[str, str]) -> _Answer:
        """One try of a question. A ledger that does not know the parameter ``consumer`` is asked without it."""
        if consumer and self._knows_consumer:
            try:
                between = "&" if "?" in path else "?"
                return self._ask(f"{path}{between}{urlencode({'consumer': consumer})}", timeout, headers=headers)
            except Refused as refusal:
                if refusal.status != 400 or "consumer" not in refusal.parameters:
                    raise
                self._knows_consumer = False
        return self._ask(path, timeout, headers=headers)

    def _persist(self, attempt: Callable[[float], _T], patience: float) -> _T:
        """Tries with full jitter until it works, is refused, or `patience` is used up."""
        end = self._clock() + patience
        for tries in range(_MOST_TRIES):
            try:
                return attempt(min(self._timeout, max(_LAST_TRY, end - self._clock())))
            except Unknown as error:
                room = end - _LAST_TRY - self._clock()
                if room <= 0 or error.retry_after > room:
                    raise Unknown(f"{error} (tries: {tries + 1})", error.retry_after) from error
                jitter = self._rand() * min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(tries, 10))
                self._sleep(min(room, error.retry_after + jitter))
        raise Unknown(f"no answer in {_MOST_TRIES} tries")

    def _ask(
        self, path: str, timeout: float, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> _Answer:
        """One request; whatever is no answer of a ledger is `Unknown`, whatever is a final no is `Refused`."""
        url = urlsplit((self._url or os.environ.get("PHASE_LEDGER_URL", "")).strip())
        if url.scheme not in ("http", "https") or not url.hostname:
            raise Refused(0, {"detail": "there is no ledger to ask: PHASE_LEDGER_URL is not an http(s) URL"})
        bearer, no_token = self._bearer(url)
        sent = {"Accept": "application/json", "User-Agent": f"phase-ledger-python/{__version__}", **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
        if bearer:
            sent["Authorization"] = f"Bearer {bearer}"
        answer = _exchange(url, path, sent, body, timeout, self._clock)
        if answer.status in (200, 201, 304):
            return answer
        problem = answer.problem()
        if 300 <= answer.status < 400:
            raise Refused(answer.status, {"detail": f"redirected to {answer.header('Location')}; that is not followed"})
        if 400 <= answer.status < 500 and answer.status not in _RETRIED and not (answer.status == 401 and no_token):
            raise Refused(answer.status, problem)
        why = f"{answer.status} {problem.get('detail', answer.header('Content-Type'))}; {no_token}"
        raise Unknown(_one_line(why).rstrip("; "), _retry_after(answer.header("Retry-After"), self._now()))

    def _bearer(self, url: SplitResult) -> tuple[str, str]:
        """The key or the ID token; else nothing, and the reason if a token was expected."""
        key = (self._key or os.environ.get("PHASE_LEDGER_KEY", "")).strip()
        if key and not _PRINTABLE.fullmatch(key):
            raise Refused(0, {"detail": "the key has characters that no header can carry"})
        on_google = any(os.environ.get(name) for name in ("K_SERVICE", "CLOUD_RUN_JOB", "GCE_METADATA_HOST"))
        if key or not (on_google and url.scheme == "https" if self._id_tokens is None else self._id_tokens):
            return key, ""
        audience = self._audience or f"{url.scheme}://{url.netloc}"
        known_audience, token, expiry = self._token
        if known_audience == audience and self._now().timestamp() < expiry - _TOKEN_MARGIN:
            return token, ""
        try:
            token, expiry = _id_token(audience, self._clock)
        except Unknown as error:
            _log.warning("no ID token, so asking without one: %s", error)
            return "", f"no ID token: {error}"
        self._token = (audience, token, expiry)
        return token, ""


class _Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes

    def header(self, name: str) -> str:
        """Its value if it can be shown and sent back, else nothing."""
        value = str(self.headers.get(name, ""))
        return value if _PRINTABLE.fullmatch(value) else ""

    def json(self) -> dict[str, Any]:
        with contextlib.suppress(ValueError, RecursionError):
            value = json.loads(self.body) if "json" in self.header("Content-Type") else None
            if isinstance(value, dict):
                return value
        raise Unknown(f"{self.status} {self._foreign()}")

    def problem(self) -> dict[str, Any]:
        try:
            return self.json()
        except Unknown:
            return {"detail": self._foreign()}

    def _foreign(self) -> str:
        return f"with {len(self.body)} bytes of {self.header('Content-Type') or 'no type'}, which no ledger answers"


class _Bounded(io.RawIOBase):
    """A connected socket with one deadline for all that is sent and received, however slowly it comes."""

    def __init__(self, wire: socket.socket, deadline: float, clock: Callable[[], float]) -> None:
        self._wire, self._deadline, self._clock = wire, deadline, clock

    def _bound(self) -> socket.socket:
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeoutError("timed out")
        self._wire.settimeout(left)
        return self._wire

    def sendall(self, data: bytes) -> None:
        self._bound().sendall(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._bound().recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def close(self) -> None:
        """Nothing: http.client closes before the answer is read; the caller, which made the socket, closes it."""


def _exchange(
    url: SplitResult, path: str, headers: Mapping[str, str], body: bytes | None, timeout: float,
    clock: Callable[[], float],
) -> _Answer:
    """One request and its answer on a connection of their own."""
    deadline = clock() + timeout
    make = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    try:
        connection = make(url.hostname or "", url.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.connect()
            with connection.sock as wire:
                connection.sock = cast(Any, _Bounded(wire, deadline, clock))
                sent = {**headers, "Connection": "close"}
                connection.request("GET" if body is None else "POST", url.path.rstrip("/") + path, body, sent)
                response = connection.getresponse()
                content = b""
                while part := response.read(_CHUNK):
                    content += part
                    if len(content) > _LARGEST_ANSWER:
                        raise http.client.HTTPException(f"the answer has more than {_LARGEST_ANSWER} bytes")
                return _Answer(response.status, response.headers, content)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unknown(_one_line(f"{type(error).__name__}: {error}")) from error


def _id_token(audience: str, clock: Callable[[], float]) -> tuple[str, float]:
    """A token of this machine's service account, and when it expires."""
    server = urlsplit("http://" + (os.environ.get("GCE_METADATA_HOST") or "metadata.google.internal"))
    path = "/computeMetadata/v1/instance/service-accounts/default/identity?"
    asked = path + urlencode({"audience": audience, "format": "full"})
    answer = _exchange(server, asked, {"Metadata-Flavor": "Google"}, None, _METADATA_TIMEOUT, clock)
    token = answer.body.decode("ascii", "replace").strip()
    try:
        claims = token.split(".")[1]
        return token, float(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"])
    except (LookupError, TypeError, ValueError):
        raise Unknown(f"the metadata server answered {answer.status}, and no token") from None


def _completion(answer: _Answer) -> Completion:
    raw = answer.json()
    row, position, warnings = raw.get("id"), raw.get("position"), raw.get("warnings") or []
    if not isinstance(row, str) or not isinstance(position, int) or not isinstance(warnings, list):
        raise Unknown(f"{answer.status} without id and position is no answer to a report")
    said = tuple(_one_line(str(each.get("detail"))) for each in warnings if isinstance(each, dict))
    return Completion(row, position, answer.header("Idempotent-Replayed") == "true", said, raw)


def _verdict(answer: _Answer, policy: str) -> Verdict:
    """Strict about what counts as a verdict: another service's "ready" must not start a job."""
    raw = answer.json()
    try:
        ready, state, age, expiry = raw["ready"], raw["state"], raw.get("data_age_seconds"), raw.get("expires_at")
        receipt = raw.get("receipt_id")
        if raw["policy"]["name"] != policy or not isinstance(ready, bool) or ready is (state == "not_ready"):
            raise ValueError("contradicts itself or the question")
        return Verdict(
            policy, raw["policy"].get("version"), date.fromisoformat(raw["game_date"]), str(state), ready,
            _instant(raw["as_of"]), int(raw["position"]), None if age is None else timedelta(seconds=age),
            None if expiry is None else _instant(expiry),
            _reasons(raw.get("reasons")), _reasons(raw.get("warnings")), _reasons(raw.get("waived")),
            None if receipt is None else str(receipt), raw,
        )
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unknown(_one_line(f"{answer.status} without a verdict on {policy}: {error!r}")) from error


def _reasons(items: Any) -> tuple[Reason, ...]:
    return tuple(
        Reason(str(each["code"]), str(each.get("message")), each.get("phase"), each.get("processor_name"), each)
        for each in items or ()
    )


def _instant(text: str) -> datetime:
    """An instant of the ledger's; before 3.11 fromisoformat knows no Z and only three or six digits."""
    six_digits = re.sub(r"\.([0-9]+)", lambda found: "." + (found[1] + "00000")[:6], text)
    return datetime.fromisoformat(six_digits.replace("Z", "+00:00"))


def _question(
    policy: str, game_date: DateLike, within: str | timedelta | None, applies: str | None, mode: str | None,
    as_of: datetime | str | None,
) -> str:
    day = "today" if game_date == "today" else _date(game_date)
    bound = f"PT{within.total_seconds():f}S" if isinstance(within, timedelta) else within
    asked = {"within": bound, "applies": applies, "mode": mode, "as_of": _zoned(as_of)}
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return f"/v1/readiness/{quote(policy, safe='')}/{day}" + (f"?{query}" if query else "")


def _date(value: object) -> str:
    """A calendar date as the ledger reads it; nothing relative, such as TODAY."""
    if isinstance(value, datetime):
        raise ValueError(f"{value} is an instant, and which date that is depends on a zone; give the date of the work")
    text = value.isoformat() if isinstance(value, date) else value
    if not isinstance(text, str) or not _ISO_DATE.fullmatch(text):
        raise ValueError(f"{value!r} is not a calendar date such as 2026-02-02")
    return date.fromisoformat(text).isoformat()


def _zoned(value: datetime | str | None) -> str | None:
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise ValueError(f"{value} has no time zone, so it does not say which instant it is")
    return value.isoformat() if isinstance(value, datetime) else value


def _seconds(value: Seconds) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)


def _retry_after(value: str, now: datetime) -> float:
    """Seconds, from a number of them or from an HTTP date; 0 if it is neither."""
    if value.isdigit():
        return float(value[:9])
    try:
        then = email.utils.parsedate_to_datetime(value)
        return max(0.0, (then.replace(tzinfo=then.tzinfo or timezone.utc) - now).total_seconds())
    except (TypeError, ValueError, LookupError, OverflowError):
        return 0.0


def _is_lazy(function: object) -> bool:
    """Whether a call would return before the work is done, also where the function is partial or an object's."""
    for _ in range(_MOST_LEVELS):
        if inspect.isroutine(function):
            break
        if isinstance(function, functools.partial):
            function = function.func
        else:
            function = inspect.getattr_static(type(function), "__call__", None)
    lazy = (inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction)
    return any(is_lazy(function) for is_lazy in lazy)


def _fact(given: dict[str, Any]) -> dict[str, Any]:
    """A fact that can be sent, whatever was given; a count that is none, and a start without a zone, are left out."""
    fact = {name: value if isinstance(value, datetime) else _Plain().of(value) for name, value in given.items()}
    fact.update(is_incremental=_flag(given["is_incremental"]), is_backfill=_flag(given["is_backfill"]))
    fact["entities_changed"] = _entities(given["entities_changed"])
    metadata = fact["metadata"] or None
    fact["metadata"] = _bounded(metadata if isinstance(metadata, dict) else {"value": metadata}) if metadata else None
    counts = {name: _count(given[name]) for name in ("record_count", "expected_count")}
    wrong = [name for name, count in counts.items() if count is None and given[name] is not None]
    if isinstance(given["started_at"], datetime) and given["started_at"].utcoffset() is None:
        wrong.append("started_at")
    return _without(fact, wrong, counts) if wrong else {**fact, **counts}


def _flag(value: object) -> object:
    """True, or None for what is not; what cannot say which is left for the ledger to refuse."""
    try:
        return bool(value) or None
    except Exception:
        return _text(value)


def _entities(given: object) -> list[str] | None:
    try:
        entities = [given] if isinstance(given, (str, bytes)) else list(cast(Iterable[object], given or ()))
    except Exception:
        entities = [given]
    return [_text(each) for each in entities] or None


def _count(value: object) -> int | None:
    """A whole number of records, of whatever type; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, (numbers.Real, Decimal)):
        return None
    try:
        count = int(cast(Any, value))
        return count if count == value and 0 <= count <= _LARGEST_COUNT else None
    except (ValueError, OverflowError, ArithmeticError):  # NaN, infinity
        return None


def _without(fact: dict[str, Any], names: list[str], counts: Mapping[str, int | None] | None = None) -> dict[str, Any]:
    """The fact without some of its parts, which its metadata names."""
    kept: dict[str, Any] = {} if "metadata" in names else fact["metadata"] or {}
    refused = {name: _text(fact[name])[:_LONGEST_MESSAGE] for name in names}
    metadata = {**kept, "left_out": [*_listed(kept), *names], "refused": refused}
    return {**fact, **(counts or {}), **dict.fromkeys(names), "metadata": metadata}


def _listed(metadata: Mapping[str, Any]) -> list[Any]:
    """What it says already that was left out."""
    listed = metadata.get("left_out")
    return listed if isinstance(listed, list) else []


def _json(fact: Mapping[str, Any]) -> str:
    """One line of ASCII, of what can be sent."""
    given = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in fact.items()}
    return json.dumps({k: v for k, v in given.items() if v is not None}, separators=(",", ":"), allow_nan=False)


def _text(value: object) -> str:
    """A value as text that every database keeps, whatever its class does when it is asked for one."""
    try:
        text = value if isinstance(value, str) else str(value)
    except Exception:
        text = f"<{type(value).__name__} without a text>"
    return _UNSENDABLE.sub("\ufffd", text)


class _Plain:
    """Makes values such that JSON and the ledger can hold them, within bounds on levels and number."""

    def __init__(self) -> None:
        self._left = _MOST_VALUES
        self._around: list[int] = []

    def of(self, value: Any) -> Any:
        self._left -= 1
        if self._left < 0 or len(self._around) > _MOST_LEVELS or id(value) in self._around:
            return "…"  # Too many, too deep, or within itself.
        self._around.append(id(value))
        try:
            return self._converted(value)
        except Exception:  # A class may do anything when it is asked for its parts.
            return _text(value)
        finally:
            self._around.pop()

    def _converted(self, value: Any) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, Mapping):
            return self._entries(value)
        if isinstance(value, (bytes, bytearray)):
            return _text(value.decode("utf-8", "backslashreplace"))
        if isinstance(value, (Sequence, Set)):
            return [self.of(each) for each in itertools.islice(value, max(0, self._left) + 1)]
        if isinstance(value, (date, time_of_day)):
            return value.isoformat()
        if isinstance(value, numbers.Integral):
            return int(value) if int(value).bit_length() <= _MOST_BITS else hex(int(value))[:_LONGEST_MESSAGE]
        if isinstance(value, numbers.Real):
            return float(value) if math.isfinite(value) else None
        if callable(getattr(value, "tolist", None)):  # numpy, pandas, array
            return self.of(value.tolist())
        return _text(value)

    def _entries(self, value: Mapping[Any, Any]) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for key, each in itertools.islice(value.items(), max(0, self._left) + 1):
            name = _text(key)[:_LONGEST_MESSAGE]
            while name in entries:
                name += "_"
            entries[name] = self.of(each)
        return entries


def _bounded(metadata: dict[str, Any]) -> dict[str, Any]:
    """The same, of which no more is kept than the ledger takes: of the largest entries, how they begin."""
    size = {name: len(json.dumps({name: value})) for name, value in metadata.items()}
    over, cut, kept = sum(size.values()) - _LARGEST_METADATA, [], dict(metadata)
    for name in sorted(size, key=lambda name: -size[name]):
        if over <= 0:
            break
        beginning = json.dumps(kept.pop(name))[:_LONGEST_MESSAGE]
        over -= size[name]
        if size[name] > 2 * _LONGEST_MESSAGE:
            kept[name] = beginning
            over += _LONGEST_MESSAGE + len(name)
        cut.append(name)
    return {**kept, "left_out": [*_listed(kept), *cut[:100]]} if cut else kept


def _unsent_line(fact: Mapping[str, Any]) -> str:
    """The line that import reads. If it is too long for a log, its longest parts are left out, and the line says so."""
    for left_out in ([], ["entities_changed"], ["entities_changed", "metadata"]):
        kept = {**fact, **dict.fromkeys(left_out)}
        if left_out:
            metadata = kept["metadata"] or {}
            kept["metadata"] = {**metadata, "left_out": [*_listed(metadata), *left_out]}
        line = f"PHASE_LEDGER_UNSENT {_json(kept)}"
        if len(line) <= _LONGEST_LINE:
            break
    return line


def _to_stderr(line: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # stderr may be closed or missing.
        sys.stderr.write(line + "\n")  # One call, so that no other thread writes into the line.
        sys.stderr.flush()


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_MESSAGE]


@contextlib.contextmanager
def _sigterm_raises() -> Iterator[None]:
    """Where SIGTERM would end the process at once, makes it raise `Terminated` instead."""
    process = os.getpid()

    def terminate(number: int, frame: object) -> None:
        if os.getpid() == process:
            raise Terminated(128 + number)
        signal.signal(number, signal.SIG_DFL)  # A forked child has nothing to record, and ends as it would have.
        os.kill(os.getpid(), number)

    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextlib.contextmanager
def _every(interval: float, beat: Callable[[], object]) -> Iterator[None]:
    """Calls `beat` in the background; when this ends, no call is running that could still look newer."""
    if interval <= 0:
        yield
        return
    over = threading.Event()

    def pulse() -> None:
        while not over.wait(interval):
            beat()

    thread = threading.Thread(target=pulse, name="phase-ledger-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(2 * _LAST_TRY)


_default = Client()
record, readiness, wait_until_ready = _default.record, _default.readiness, _default.wait_until_ready
run, processor = _default.run, _default.processor
