"""Asking: yes, no and don't know are three different things."""

from __future__ import annotations

import json
import threading
import time
import unittest
from datetime import date, datetime, timedelta, timezone

import hostile
import ledger_service
import phase_ledger
from hostile import Hostile, answer
from phase_ledger import NotReady, Refused, Unknown, Verdict
from test_record import DATE, NIGHT, Recorder, problem


def verdict(is_ready: bool, etag: str = "", **more: object) -> hostile.Behaviour:
    missing = {"code": "missing", "phase": "phase4", "processor_name": "p", "message": "no p"}
    body = {
        "policy": {"name": "phase4", "version": 3}, "game_date": DATE, "mode": "live", "ready": is_ready,
        "state": "ready" if is_ready else "not_ready", "as_of": "2026-02-03T07:00:00.4Z", "position": 9,
        "decided_at": None, "expires_at": None, "data_age_seconds": None, "data_age_hours": None,
        "reasons": [] if is_ready else [missing],
        "warnings": [], "waived": [], "requirements": [], "new_in_v1": {"unknown": ["to", "us"]}, **more,
    }  # fmt: skip
    return answer(200, json.dumps(body), "application/json;charset=UTF-8", **({"ETag": etag} if etag else {}))


UNKNOWN_CONSUMER = answer(
    400,
    json.dumps({"code": "unknown_parameter", "detail": "no", "errors": [{"parameter": "consumer", "detail": "no"}]}),
)


class OnTheRealService(Recorder):
    def setUp(self) -> None:
        super().setUp()
        self.service = ledger_service.shared()
        self.name, self.policy = ledger_service.new_name(), ledger_service.new_name("policy")
        self.service.put_policy(self.policy, self.name)
        self.ledger = self.client(self.service.url, timeout=30, now=lambda: datetime.now(timezone.utc))

    def test_no_then_yes_with_the_age_of_the_data(self) -> None:
        before = self.ledger.readiness(self.policy, DATE, within="6h", applies="always", consumer="me")
        self.assertFalse(before)
        self.assertEqual(["missing"], [reason.code for reason in before.reasons])
        self.assertEqual((self.name, "phase4"), (before.reasons[0].processor_name, before.reasons[0].phase))
        self.assertIsNone(before.data_age_hours)
        self.assertIn(f"{self.policy} is not ready for 2026-02-02", before.explain())
        self.assertIn(f"missing: {self.name}", before.explain())

        done = datetime.now(timezone.utc) - timedelta(hours=2)
        self.ledger.record("phase4", DATE, self.name, completed_at=done)
        after = self.ledger.readiness(self.policy, date(2026, 2, 2), within=timedelta(hours=6), applies="always")
        self.assertTrue(after)
        self.assertIsNone(after.receipt_id)
        self.assertIsNotNone(before.receipt_id)
        self.assertEqual(("ready", 1, date(2026, 2, 2)), (after.state, after.policy_version, after.game_date))
        self.assertEqual(after.data_age, after.as_of - done)
        self.assertAlmostEqual(2, after.data_age_hours or 0, places=1)
        self.assertEqual(self.name, after.raw["requirements"][0]["processor_name"])

        stale = self.ledger.readiness(self.policy, DATE, within="1h", applies="always")
        self.assertEqual(["stale"], [reason.code for reason in stale.reasons])
        self.assertEqual(
            ["missing"],
            [reason.code for reason in self.ledger.readiness(self.policy, DATE, as_of=before.as_of).reasons],
        )
        self.assertTrue(self.ledger.readiness(self.policy, DATE, mode="backfill"))

    def test_today_is_the_policys(self) -> None:
        self.assertIsInstance(self.ledger.readiness(self.policy, "today").game_date, date)

    def test_a_policy_that_is_not_there_is_refused_with_the_nearest(self) -> None:
        for ask in (self.ledger.readiness, lambda *about: self.ledger.wait_until_ready(*about, timeout=60)):
            with self.assertRaisesRegex(Refused, "phase4") as caught:
                ask("phase44", DATE)
            self.assertEqual((404, []), (caught.exception.status, self.time.pauses))

    def test_a_question_that_makes_no_sense_is_refused(self) -> None:
        with self.assertRaisesRegex(Refused, "within"):
            self.ledger.readiness(self.policy, DATE, within="six")
        for wrong in ("TODAY", "02/02/2026"):
            with self.assertRaises(ValueError):
                self.ledger.readiness(self.policy, wrong)
        with self.assertRaisesRegex(ValueError, "which date that is depends on a zone"):
            self.ledger.readiness(self.policy, datetime(2026, 2, 2, tzinfo=timezone.utc))
        with self.assertRaisesRegex(ValueError, "no time zone"):
            self.ledger.readiness(self.policy, DATE, as_of=datetime(2026, 2, 2))

    def waiting(self, **more: object) -> phase_ledger.Client:
        """By the real clock: the question is held open by the service, not by us."""
        return self.client(self.service.url, timeout=30, clock=time.monotonic, sleep=time.sleep, **more)

    def test_waiting_ends_when_it_becomes_ready(self) -> None:
        answers: list[Verdict] = []
        waiter = threading.Thread(
            target=lambda: answers.append(
                self.waiting().wait_until_ready(self.policy, DATE, timeout=timedelta(minutes=30), consumer="me")
            )
        )
        waiter.start()
        while self.policy not in [each["policy"] for each in self.service.waiters()]:
            self.assertTrue(waiter.is_alive())
        self.ledger.record("phase4", DATE, self.name)
        waiter.join(60)
        self.assertTrue(answers and answers[0])

    def test_waiting_in_vain_says_why(self) -> None:
        with self.assertRaisesRegex(NotReady, f"missing: {self.name}") as caught:
            self.waiting().wait_until_ready(self.policy, DATE, 2)
        self.assertEqual("not_ready", caught.exception.verdict.state)


class Strictness(Recorder):
    def test_what_does_not_say_ready_in_a_verdicts_words_is_unknown(self) -> None:
        for name, garbage in {
            "html": answer(200, "<html>ready</html>", "text/html"),
            "only ready": answer(200, '{"ready":true}'),
            "ready as text": verdict(True, ready="true"),
            "ready as one": verdict(True, ready=1),
            "contradiction": verdict(True, state="not_ready"),
            "the other contradiction": verdict(False, state="ready"),
            "another policy": verdict(True, policy={"name": "phase3", "version": 1}),
            "no date": verdict(True, game_date=None),
            "no instant": verdict(True, as_of="now"),
            "reasons that are none": verdict(True, reasons=[1]),
            "age that is none": verdict(True, data_age_seconds=1e300),
            "a record": answer(201, '{"id":"an-id","position":7}'),
            "empty": answer(200, ""), "truncated": answer(200, '{"ready":true,"state":"re'),
            "unasked 304": answer(304, ""), "503": problem(503, "ledger_unavailable"), "reset": hostile.drop,
        }.items():  # fmt: skip
            with self.subTest(name), Hostile(garbage) as server, self.assertRaises(Unknown):
                self.client(server.url).readiness("phase4", DATE, patience=0)

    def test_fields_that_are_new_are_kept_and_passed_over(self) -> None:
        with Hostile(verdict(True)) as server:
            answered = self.client(server.url).readiness("phase4", DATE)
        self.assertEqual({"unknown": ["to", "us"]}, answered.raw["new_in_v1"])
        self.assertEqual(NIGHT + timedelta(microseconds=400_000), answered.as_of)

    def test_a_state_that_is_new_is_ready_if_it_says_so(self) -> None:
        with Hostile(verdict(True, state="waved_through")) as server:
            self.assertTrue(self.client(server.url).readiness("phase4", DATE))

    def test_it_tries_again_before_it_says_unknown(self) -> None:
        with Hostile(hostile.drop, answer(200, "<html>", "text/html"), verdict(True)) as server:
            self.assertTrue(self.client(server.url).readiness("phase4", DATE))

    def test_a_ledger_without_consumers_is_asked_without_once_and_for_all(self) -> None:
        with Hostile(UNKNOWN_CONSUMER, verdict(True)) as server:
            ledger = self.client(server.url)
            for _ in range(2):
                self.assertTrue(ledger.readiness("phase4", DATE, within="6h", consumer="me"))
        path = f"/v1/readiness/phase4/{DATE}?within=6h"
        self.assertEqual([f"{path}&consumer=me", path, path], [request.path for request in server.requests])

    def test_what_comes_in_a_name_stays_in_the_name(self) -> None:
        with Hostile(problem(404, "unknown_policy")) as server, self.assertRaises(Refused):
            self.client(server.url).readiness("a/../b?c=d#e", DATE)
        self.assertEqual(f"/v1/readiness/a%2F..%2Fb%3Fc%3Dd%23e/{DATE}", server.requests[0].path)


class Waiting(Recorder):
    def headers(self, server: Hostile, name: str) -> list[str]:
        return [request.headers.get(name, "") for request in server.requests]

    def test_it_asks_only_for_what_is_new(self) -> None:
        with Hostile(verdict(False, 'W/"a"'), answer(304, ""), verdict(False, 'W/"b"'), verdict(True)) as server:
            self.assertTrue(self.client(server.url).wait_until_ready("phase4", DATE, 3600))
        self.assertEqual(["", 'W/"a"', 'W/"a"', 'W/"b"'], self.headers(server, "if-none-match"))

    def test_a_ledger_that_holds_the_question_open_is_asked_again_at_once(self) -> None:
        held = answer(304, "", Preference_Applied="wait=30")
        with Hostile(verdict(False, 'W/"a"'), held, held, verdict(True)) as server:
            self.assertTrue(self.client(server.url).wait_until_ready("phase4", DATE, 60))
        self.assertEqual([1, 1, 1], self.time.pauses)
        self.assertEqual(["", "wait=30", "wait=30", "wait=30"], self.headers(server, "prefer"))

    def test_it_asks_to_be_held_no_longer_than_it_waits(self) -> None:
        with Hostile(verdict(False, 'W/"a"')) as server, self.assertRaises(NotReady):
            self.client(server.url).wait_until_ready("phase4", DATE, 40, poll=10)
        self.assertEqual(["", "wait=30", "wait=24", "wait=9", ""], self.headers(server, "prefer"))

    def test_faults_in_between_are_waited_out(self) -> None:
        with Hostile(hostile.drop, problem(503, "away", Retry_After="100"), answer(200, ""), verdict(True)) as server:
            self.assertTrue(self.client(server.url).wait_until_ready("phase4", DATE, 3600))
        self.assertEqual([22.5, 100, 22.5], self.time.pauses)

    def test_not_one_answer_is_unknown(self) -> None:
        with Hostile(hostile.drop) as server, self.assertRaisesRegex(Unknown, "not one answer about phase4 in 60 s"):
            self.client(server.url).wait_until_ready("phase4", DATE, 60)

    def test_one_no_among_faults_is_a_no(self) -> None:
        with Hostile(hostile.drop, verdict(False), hostile.drop) as server, self.assertRaises(NotReady):
            self.client(server.url).wait_until_ready("phase4", DATE, 60)

    def test_being_refused_ends_it(self) -> None:
        with Hostile(hostile.drop, problem(403, "forbidden")) as server, self.assertRaises(Refused):
            self.client(server.url).wait_until_ready("phase4", DATE, 60)


if __name__ == "__main__":
    unittest.main()
