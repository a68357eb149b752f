"""Recording: once, whatever happens on the way, and never at the cost of the job."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import threading
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from email.utils import format_datetime
from fractions import Fraction

import hostile
import ledger_service
import phase_ledger
from hostile import FakeTime, Hostile, answer

NIGHT = datetime(2026, 2, 3, 7, 0, tzinfo=timezone.utc)
DATE = "2026-02-02"
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def problem(status: int, code: str, detail: str = "because", **headers: str) -> hostile.Behaviour:
    body = json.dumps({"status": status, "code": code, "detail": detail})
    return answer(status, body, "application/problem+json", **headers)


def recorded(**more: object) -> hostile.Behaviour:
    return answer(201, json.dumps({"id": "an-id", "position": 7, "warnings": [], **more}))


class Recorder(unittest.TestCase):
    """A client whose time is told, and what it wrote down."""

    def setUp(self) -> None:
        self.time = FakeTime()
        self.unsent: list[str] = []
        self.log = io.StringIO()
        handler = logging.StreamHandler(self.log)
        logger = logging.getLogger("phase_ledger")
        logger.addHandler(handler)
        logger.propagate = False
        self.addCleanup(logger.removeHandler, handler)

    def client(self, url: str, **more: object) -> phase_ledger.Client:
        settings = {
            "clock": self.time.clock,
            "sleep": self.time.sleep,
            "rand": lambda: 1.0,
            "now": lambda: NIGHT,
            "timeout": 0.5,
            "unsent": self.unsent.append,
            **more,
        }
        return phase_ledger.Client(url, **settings)


class Silent:
    """Has nothing to say for itself."""

    def __str__(self) -> str:
        raise RuntimeError


class OnTheRealService(Recorder):
    def setUp(self) -> None:
        super().setUp()
        self.service = ledger_service.shared()
        self.name = ledger_service.new_name()

    def real(self, **more: object) -> phase_ledger.Client:
        return self.client(self.service.url, **{"timeout": 30, "now": lambda: datetime.now(timezone.utc), **more})

    def test_everything_that_can_be_said_arrives(self) -> None:
        completion = self.real().record(
            "phase4",
            date(2026, 2, 2),
            self.name,
            "partial",
            record_count=3,
            expected_count=9,
            execution_id="run-1",
            correlation_id="nightly",
            started_at=NIGHT,
            completed_at=NIGHT + timedelta(minutes=1),
            is_incremental=True,
            is_backfill=True,
            entities_changed=["Dončić", "203507"],
            metadata={"text": "é\n\t\u2028 ☃ 🏀", "nothing": None},
        )
        assert completion is not None
        self.assertFalse(completion.replayed)
        (row,) = self.service.rows(processor_name=self.name)
        self.assertEqual(row["id"], completion.id)
        expected = {
            "phase": "phase4",
            "game_date": DATE,
            "status": "partial",
            "record_count": 3,
            "expected_count": 9,
            "execution_id": "run-1",
            "correlation_id": "nightly",
            "started_at": "2026-02-03T07:00:00Z",
            "completed_at": "2026-02-03T07:01:00Z",
            "is_incremental": True,
            "is_backfill": True,
            "entities_changed": ["Dončić", "203507"],
            "metadata": {"text": "é\n\t\u2028 ☃ 🏀", "nothing": None},
        }
        self.assertEqual({name: row[name] for name in expected}, expected)

    def test_a_name_nobody_waits_for_is_recorded_and_said(self) -> None:
        completion = self.real().record("phase4", DATE, "player_daily_cahce")
        assert completion is not None
        self.assertIn("player_daily_cache", completion.warnings[0])
        self.assertIn("player_daily_cache", self.log.getvalue())

    def test_a_second_call_for_the_same_run_is_a_replay(self) -> None:
        first = self.real().record("phase4", DATE, self.name, execution_id="run-1", record_count=5)
        again = self.real().record("phase4", DATE, self.name, execution_id="run-1", record_count=5)
        assert first is not None and again is not None
        self.assertEqual((first.id, True), (again.id, again.replayed))

    def test_without_an_execution_id_two_calls_are_two_runs(self) -> None:
        for _ in range(2):
            self.real().record("phase4", DATE, self.name)
        self.assertEqual(2, len({row["execution_id"] for row in self.service.rows(processor_name=self.name)}))

    def test_an_answer_that_is_lost_leaves_one_row(self) -> None:
        lost = hostile.forward(self.service.url, and_then=hostile.drop)
        with Hostile(lost, lost, hostile.forward(self.service.url)) as between:
            completion = self.client(between.url, timeout=30).record("phase4", DATE, self.name)
        assert completion is not None
        self.assertTrue(completion.replayed)
        self.assertEqual(1, len(self.service.rows(processor_name=self.name)))
        self.assertEqual(1, len({request.body for request in between.requests}), "all tries say the same")

    def test_what_was_not_sent_is_imported_once_and_not_fresher_than_it_was(self) -> None:
        with Hostile(hostile.drop) as away:
            nothing = self.client(away.url).record(
                "phase4", DATE, self.name, record_count=5, metadata={"who": "Ré\nné\u2028\u0085", "path": 'C:\\"x"'}
            )
        self.assertIsNone(nothing)
        (line,) = self.unsent
        self.assertEqual([line], line.splitlines())
        self.assertTrue(line.isascii())
        logged = f"2026-02-03T07:01:02Z [job-1] {line}"
        self.assertEqual({"recorded": 1, "replayed": 0}, counts(self.service.take_in(logged)))
        self.assertEqual({"recorded": 0, "replayed": 1}, counts(self.service.take_in(line)))
        (row,) = self.service.rows(processor_name=self.name)
        self.assertEqual("2026-02-03T07:00:00Z", row["completed_at"])
        self.assertEqual({"who": "Ré\nné\u2028\u0085", "path": 'C:\\"x"'}, row["metadata"])

    def test_importing_the_line_of_a_report_that_did_arrive_is_a_replay(self) -> None:
        with Hostile(hostile.forward(self.service.url, and_then=hostile.drop)) as between:
            self.assertIsNone(self.client(between.url, timeout=30).record("phase4", DATE, self.name, "failed"))
        self.assertEqual(1, len(self.service.rows(processor_name=self.name)))
        self.assertEqual({"recorded": 0, "replayed": 1}, counts(self.service.take_in(*self.unsent)))

    def test_a_heartbeat_that_was_not_sent_is_imported_too(self) -> None:
        with Hostile(hostile.drop) as away:
            self.client(away.url).record("phase4", DATE, self.name, "running")
        self.service.take_in(*self.unsent)
        self.assertEqual(1, self.service.take_in(*self.unsent)["replayed"])

    def test_a_conflict_is_loud_and_has_no_line(self) -> None:
        self.real().record("phase4", DATE, self.name, execution_id="run-1", record_count=5)
        self.assertIsNone(self.real().record("phase4", DATE, self.name, execution_id="run-1", record_count=6))
        self.assertEqual([], self.unsent)
        self.assertIn("CONFLICT", self.log.getvalue())
        self.assertIn('"record_count":6', self.log.getvalue())
        self.assertEqual(1, len(self.service.rows(processor_name=self.name)))

    def test_a_refused_fact_has_a_line_and_the_import_says_why(self) -> None:
        self.assertIsNone(self.real().record("phase4", DATE, "x" * 256))
        self.assertIn("invalid_name", self.log.getvalue())
        (rejected,) = self.service.take_in(*self.unsent)["rejected"]
        self.assertEqual("invalid_name", rejected["code"])

    def test_a_clock_that_runs_ahead_is_refused_now_and_imported_when_its_time_has_come(self) -> None:
        ahead = datetime.now(timezone.utc) + timedelta(hours=1)
        self.real(now=lambda: ahead).record("phase4", DATE, self.name)
        self.assertIn("completed_at_in_future", self.log.getvalue())
        (line,) = self.unsent
        earlier = line.replace(ahead.isoformat(), NIGHT.isoformat())
        self.assertEqual(1, self.service.take_in(earlier)["recorded"])

    def test_dates_that_are_none_never_leave_the_process_and_are_written_down(self) -> None:
        for wrong in ("TODAY", "yesterday", "2026-2-3", "20260203", "2026-02-30", datetime(2026, 2, 3, 7), None):
            with self.subTest(wrong), Hostile(recorded()) as server:
                self.unsent.clear()
                self.assertIsNone(self.client(server.url).record("phase4", wrong, self.name))
                self.assertEqual([], server.requests)
                self.assertEqual(1, len(self.unsent))
                self.assertEqual(1, self.service.take_in(*self.unsent)["rejected_count"])

    def test_an_instant_without_a_zone_is_refused_here_and_by_the_import(self) -> None:
        self.assertIsNone(self.real().record("phase4", DATE, self.name, completed_at=datetime(2026, 2, 3, 7)))
        self.assertIn("zone", self.log.getvalue())
        self.assertEqual("zone_missing", self.service.take_in(*self.unsent)["rejected"][0]["code"])

    def test_numbers_and_metadata_of_any_kind_are_said_as_well_as_they_can_be(self) -> None:
        circular: dict[object, object] = {}
        circular["self"] = circular
        odd = {
            "nan": float("nan"),
            "third": Fraction(1, 4),
            "day": date(2026, 2, 2),
            "set": {1},
            "type": int,
            3: "three",
        }
        for number, (given, stored) in enumerate([
            (odd, {"nan": None, "third": 0.25, "day": DATE, "set": [1], "type": "<class 'int'>", "3": "three"}),
            (circular, {"self": "…"}),
            ({("a", "b"): 1}, {"('a', 'b')": 1}),
            ({"nul": "a\0b", "half": "\ud83d"}, {"nul": "a\ufffdb", "half": "\ufffd"}),
            ({"silent": Silent(), "bytes": b"\xff"}, {"silent": "<Silent without a text>", "bytes": "\\xff"}),
            ({"huge": 1 << 4000, "count": Decimal("1.50")}, {"huge": hex(1 << 4000)[:1000], "count": "1.50"}),
        ]):  # fmt: skip
            with self.subTest(number):
                self.assertIsNotNone(self.real().record("phase4", DATE, f"{self.name}{number}", metadata=given))
                (row,) = self.service.rows(processor_name=f"{self.name}{number}")
                self.assertEqual(stored, row["metadata"])

    def test_a_fact_too_long_for_a_log_is_still_one_and_says_what_it_left_out(self) -> None:
        with Hostile(hostile.drop) as away:
            client = self.client(away.url)
            client.record(
                "phase4", DATE, self.name, execution_id="a", entities_changed=["é" * 50] * 9_000, metadata={"a": 1}
            )
            client.record("phase4", DATE, self.name, execution_id="b", metadata={"a": "é" * 50_000})
        self.assertLess(max(map(len, self.unsent)), 200_000)
        self.assertEqual(2, self.service.take_in(*self.unsent)["recorded"])
        rows = self.service.rows(processor_name=self.name)
        self.assertEqual({"a": 1, "left_out": ["entities_changed"]}, rows[0]["metadata"])
        self.assertEqual(["a"], rows[1]["metadata"]["left_out"])
        self.assertEqual(1_000, len(rows[1]["metadata"]["a"]))

    def test_a_service_that_is_killed_and_comes_back_has_each_outcome_once(self) -> None:
        """Four jobs report while the service dies and returns; they really wait, as long as it takes."""
        service = ledger_service.Service()
        self.addCleanup(service.remove)
        half_way, failures = threading.Barrier(5), []
        client = phase_ledger.Client(service.url, unsent=failures.append)

        def job(number: int) -> None:
            for run in range(20):
                if run == 10:
                    half_way.wait()
                client.record("phase4", DATE, f"{self.name}{number}", execution_id=f"run-{run}")

        jobs = [threading.Thread(target=job, args=(number,)) for number in range(4)]
        for each in jobs:
            each.start()
        half_way.wait()
        service.kill()
        with self.assertRaises(phase_ledger.Unknown):
            client.readiness("phase4", DATE, patience=0)
        service.start()
        for each in jobs:
            each.join(120)
        self.assertEqual([], failures)
        said = [(row["processor_name"], row["execution_id"]) for row in service.rows(phase="phase4")]
        self.assertEqual(80, len(said))
        self.assertEqual(80, len(set(said)))


class Patience(Recorder):
    def test_a_whole_number_of_any_type_is_a_count_and_no_other_value_costs_the_outcome(self) -> None:
        for given, sent in ((Decimal(123), 123), (123.0, 123), (123.5, None), (-1, None), ("7", None), (True, None)):
            with self.subTest(repr(given)), Hostile(recorded()) as server:
                self.assertIsNotNone(self.client(server.url).record("phase4", DATE, "p", record_count=given))
                fact = json.loads(server.requests[0].body)
                self.assertEqual(sent, fact.get("record_count"))
                said = {"left_out": ["record_count"], "refused": {"record_count": str(given)}}
                self.assertEqual(said if sent is None else None, fact.get("metadata"))

    def test_what_is_refused_for_a_part_is_sent_without_it_but_never_without_what_decides(self) -> None:
        def refusing(pointer: str) -> hostile.Behaviour:
            errors = [{"pointer": pointer, "code": "invalid_size", "detail": "too many"}]
            return answer(422, json.dumps({"code": "invalid_size", "errors": errors}), "application/problem+json")

        with Hostile(refusing("/entities_changed/3"), recorded()) as server:
            self.assertIsNotNone(self.client(server.url).record("phase4", DATE, "p", entities_changed=["a"]))
            fact = json.loads(server.requests[1].body)
            self.assertNotIn("entities_changed", fact)
            said = {"left_out": ["entities_changed"], "refused": {"entities_changed": "['a']"}}
            self.assertEqual(said, fact["metadata"])
        for pointer in ("/is_incremental", "/completed_at", "/processor_name", ""):
            with self.subTest(pointer), Hostile(refusing(pointer), recorded()) as server:
                self.assertIsNone(self.client(server.url).record("phase4", DATE, "p"))
                self.assertEqual(1, len(server.requests))

    def test_it_tries_for_a_minute_with_growing_pauses(self) -> None:
        with Hostile(problem(503, "ledger_unavailable")) as server:
            self.assertIsNone(self.client(server.url).record("phase4", DATE, "p"))
        self.assertEqual([0.5, 1, 2, 4, 8, 10, 10, 10, 10, 2.5], self.time.pauses)
        self.assertEqual(11, len(server.requests))
        self.assertEqual(1, len(self.unsent))
        self.assertIn("not recorded", self.log.getvalue())

    def test_jitter_is_full(self) -> None:
        chances = iter([0.0, 0.25, 0.5, 1.0])
        with Hostile(*[problem(500, "internal_error")] * 4, recorded()) as server:
            self.client(server.url, rand=lambda: next(chances)).record("phase4", DATE, "p")
        self.assertEqual([0.0, 0.25, 1.0, 4.0], self.time.pauses)

    def test_retry_after_is_honoured_as_seconds_and_as_a_date(self) -> None:
        later = format_datetime(NIGHT + timedelta(seconds=9), usegmt=True)
        with Hostile(
            problem(429, "busy", Retry_After="7"),
            problem(503, "away", Retry_After=later),
            problem(503, "away"),
            recorded(),
        ) as server:
            self.assertIsNotNone(self.client(server.url).record("phase4", DATE, "p"))
        self.assertEqual([7.5, 10, 2], self.time.pauses)

    def test_it_does_not_wait_for_what_comes_too_late(self) -> None:
        with Hostile(problem(429, "busy", Retry_After="3600")) as server:
            self.assertIsNone(self.client(server.url).record("phase4", DATE, "p"))
        self.assertEqual(([], 1), (self.time.pauses, len(self.unsent)))

    def test_nonsense_in_retry_after_is_nothing(self) -> None:
        for nonsense in ("soon", "-5", "²", "9" * 5000, "Mon, 99 Foo 2026 99:99:99 GMT", ""):
            with self.subTest(nonsense[:20]), Hostile(problem(503, "x", Retry_After=nonsense), recorded()) as server:
                self.client(server.url).record("phase4", DATE, "p")
                self.assertLessEqual(len(server.requests), 2)

    def test_garbage_is_no_answer(self) -> None:
        good = b'{"id":"an-id","position":7}'
        for name, garbage in {
            "html with 200": answer(200, "<html>hello</html>", "text/html"),
            "html that says json": answer(200, "<html>", "application/json"),
            "json that says html": answer(201, good.decode(), "text/html"),
            "truncated json": answer(201, '{"id":"an-id","posi'),
            "truncated body": hostile.raw(JSON_HEAD + b"Content-Length: 99\r\n\r\n{"),
            "empty body": answer(201, ""),
            "no content": answer(204, ""),
            "a list": answer(200, "[]"),
            "another object": answer(200, '{"status":"ok"}'),
            "odd types": answer(200, '{"id":1,"position":"x"}'),
            "deep": answer(200, "[" * 100_000),
            "500": answer(500, "oops", "text/plain"),
            "502 from a proxy": answer(502, "<html>", "text/html"),
            "408": answer(408), "425": answer(425),
            "304 unasked": answer(304, ""),
            "no http": hostile.raw(b"220 mail.example.com ESMTP\r\n"),
            "nothing": hostile.raw(b""),
            "latin-1": hostile.raw(JSON_HEAD + b"X: \xe9\r\nContent-Length: 3\r\n\r\n\xe9\xe9\xe9"),
            "endless header": hostile.raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000),
            "reset": hostile.drop,
            "hang": hostile.hang,
        }.items():  # fmt: skip
            with self.subTest(name), Hostile(garbage, recorded()) as server:
                completion = self.client(server.url).record("phase4", DATE, "p")
                self.assertEqual("an-id", completion and completion.id)
                self.assertEqual(2, len(server.requests))
                self.assertEqual(server.requests[0].body, server.requests[1].body)
        self.assertEqual([], self.unsent)

    def test_an_answer_that_never_ends_ends_with_the_try(self) -> None:
        with Hostile(hostile.drip) as server:
            client = phase_ledger.Client(server.url, timeout=0.5, patience=0, unsent=self.unsent.append)
            self.assertIsNone(client.record("phase4", DATE, "p"))
        self.assertIn("timed out", self.log.getvalue())

    def test_an_answer_without_bound_is_not_kept(self) -> None:
        flood = JSON_HEAD + b'\r\n{"id":"an-id","position":7}' + b" " * (9 << 20)
        with Hostile(hostile.raw(flood), recorded()) as server:
            self.assertIsNotNone(self.client(server.url, timeout=30).record("phase4", DATE, "p"))
        self.assertEqual(2, len(server.requests))

    def test_what_is_final_is_not_tried_again(self) -> None:
        for status in (400, 401, 403, 404, 405, 413, 415, 422):
            with self.subTest(status), Hostile(problem(status, "some_code", "as\nsaid")) as server:
                self.unsent.clear()
                self.assertIsNone(self.client(server.url).record("phase4", DATE, "p"))
                self.assertEqual((1, 1), (len(server.requests), len(self.unsent)))
                self.assertIn(f"{status} some_code as said", self.log.getvalue())

    def test_nobody_there(self) -> None:
        with Hostile(hostile.drop) as server:
            pass
        self.assertIsNone(self.client(server.url).record("phase4", DATE, "p"))
        self.assertIn("refused", self.log.getvalue().lower())
        self.assertEqual(60, self.time.seconds + 2)

    def test_an_error_is_raised_where_it_is_asked_for_and_written_down_all_the_same(self) -> None:
        with Hostile(problem(403, "forbidden")) as server, self.assertRaises(phase_ledger.Refused) as caught:
            self.client(server.url).record("phase4", DATE, "p", raise_on_error=True)
        self.assertEqual(403, caught.exception.status)
        with Hostile(hostile.drop) as server, self.assertRaises(phase_ledger.Unknown):
            self.client(server.url).record("phase4", DATE, "p", raise_on_error=True)
        with self.assertRaises(ValueError):
            self.client("http://127.0.0.1:9").record("phase4", "TODAY", "p", raise_on_error=True)
        self.assertEqual(3, len(self.unsent))

    def test_being_told_to_stop_between_two_tries_loses_nothing(self) -> None:
        def interrupt(seconds: float) -> None:
            raise KeyboardInterrupt

        with Hostile(hostile.drop) as server, self.assertRaises(KeyboardInterrupt):
            self.client(server.url, sleep=interrupt).record("phase4", DATE, "p")
        self.assertEqual(1, len(self.unsent))

    def test_no_address_a_wrong_one_and_a_broken_sink_cost_the_job_nothing(self) -> None:
        for url in ("", "ledger", "ftp://ledger", "http://", "http://[", "http://ledger:port", "http://127.0.0.1:1"):
            with self.subTest(url):
                self.unsent.clear()
                self.assertIsNone(self.client(url).record("phase4", DATE, "p"))
                self.assertEqual(1, len(self.unsent))

        def broken(line: str) -> None:
            raise RuntimeError(line)

        stderr = io.StringIO()
        with contextlib.redirect_stderr(stderr):
            self.client("", unsent=broken).record("phase4", DATE, "p")
            self.client("", unsent=None).record("phase4", DATE, "p")
        self.assertEqual(2, stderr.getvalue().count("\nPHASE_LEDGER_UNSENT {") + stderr.getvalue().startswith("PHASE"))
        with contextlib.redirect_stderr(None):
            self.client("", unsent=None).record("phase4", DATE, "p")

    def test_who_asks_says_so(self) -> None:
        with Hostile(recorded()) as server:
            self.client(server.url).record("phase4", DATE, "p")
        (request,) = server.requests
        self.assertEqual(f"phase-ledger-python/{phase_ledger.__version__}", request.headers["user-agent"])
        self.assertEqual(("POST", "/v1/completions"), (request.method, request.path))

    def test_a_path_before_ours_is_kept(self) -> None:
        with Hostile(recorded()) as server:
            self.client(server.url + "/ledger/").record("phase4", DATE, "p")
        self.assertEqual("/ledger/v1/completions", server.requests[0].path)


def counts(imported: dict) -> dict:
    return {name: imported[name] for name in ("recorded", "replayed")}


if __name__ == "__main__":
    unittest.main()
