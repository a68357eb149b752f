"""A run: its start, its outcome, and that it does not begin before its input."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import threading
import unittest
from datetime import datetime, timedelta, timezone

import hostile
import ledger_service
import phase_ledger
from hostile import Hostile, answer
from phase_ledger import NotReady, Refused, Run, Unknown
from test_readiness import verdict
from test_record import DATE, Recorder, problem, recorded

START_SECONDS = 120


class OnTheRealService(Recorder):
    def setUp(self) -> None:
        super().setUp()
        self.service = ledger_service.shared()
        self.name, self.input, self.policy = (ledger_service.new_name(kind) for kind in ("job", "input", "policy"))
        self.service.put_policy(self.policy, self.input)
        self.ledger = self.client(self.service.url, timeout=30, now=lambda: datetime.now(timezone.utc))

    def rows(self) -> list[dict]:
        return self.service.rows(processor_name=self.name)

    def outcome(self) -> dict:
        start, outcome = self.rows()
        self.assertEqual("running", start["status"])
        self.assertEqual((start["execution_id"], start["started_at"]), (outcome["execution_id"], outcome["started_at"]))
        self.assertLessEqual(start["completed_at"], outcome["completed_at"])
        return outcome

    def test_start_and_success_with_what_the_block_says(self) -> None:
        with self.ledger.run("phase4", DATE, self.name, correlation_id="nightly", metadata={"attempt": 1}) as run:
            run.record_count, run.expected_count, run.status = 3, 9, "partial"
            run.entities_changed.append("203507")
            run.metadata["source"] = "cache"
        outcome = self.outcome()
        expected = {
            "status": "partial", "record_count": 3, "expected_count": 9, "entities_changed": ["203507"],
            "metadata": {"attempt": 1, "source": "cache"}, "correlation_id": "nightly",
            "execution_id": run.execution_id,
        }  # fmt: skip
        self.assertEqual({name: outcome[name] for name in expected}, expected)
        self.assertEqual(outcome["id"], run.completion and run.completion.id)

    def test_an_exception_is_recorded_and_goes_on_as_it_was(self) -> None:
        failure = ValueError("no rows in\nplayer_daily_cache")
        with self.assertRaises(ValueError) as caught, self.ledger.run("phase4", DATE, self.name) as run:
            run.record_count = 2
            raise failure
        self.assertIs(failure, caught.exception)
        self.assertIsNone(caught.exception.__cause__)
        outcome = self.outcome()
        self.assertEqual(("failed", 2), (outcome["status"], outcome["record_count"]))
        self.assertEqual(
            {"error_type": "ValueError", "error_message": "no rows in\nplayer_daily_cache"}, outcome["metadata"]
        )

    def test_leaving_by_exit_or_by_the_keyboard_is_failing_unless_it_is_exit_zero(self) -> None:
        for ending, status in {
            SystemExit(1): "failed", SystemExit("no input"): "failed", KeyboardInterrupt(): "failed",
            SystemExit(): "success", SystemExit(0): "success",
        }.items():  # fmt: skip
            with self.subTest(repr(ending)), self.assertRaises(type(ending)):
                self.name = ledger_service.new_name()
                with self.ledger.run("phase4", DATE, self.name):
                    raise ending
            self.assertEqual(status, self.outcome()["status"])

    def test_it_does_not_begin_before_its_input(self) -> None:
        with self.assertRaisesRegex(NotReady, f"missing: {self.input}"):
            with self.ledger.run("phase4", DATE, self.name, requires=self.policy):
                self.fail("it ran before its input")
        self.assertEqual([], self.rows())

    def test_it_begins_with_the_age_of_its_input_and_records_what_it_went_by(self) -> None:
        done = datetime.now(timezone.utc) - timedelta(hours=3)
        self.ledger.record("phase4", "2026-02-01", self.input, completed_at=done)
        with self.ledger.run("phase4", DATE, self.name, requires=(self.policy, "2026-02-01", "6h")) as run:
            assert run.verdict is not None
            self.assertAlmostEqual(3, run.data_age_hours or 0, places=1)
        went_by = self.outcome()["metadata"]["readiness"]
        self.assertEqual(
            (self.policy, "2026-02-01", "ready"), tuple(went_by[n] for n in ("policy", "game_date", "state"))
        )
        path = f"/v1/readiness/{self.policy}/2026-02-01?as_of={run.verdict.raw['as_of']}&position={went_by['position']}"
        self.assertIn(b'"state":"ready"', self.service.send("GET", path)[1])

    def test_it_records_the_receipt_of_the_answer_that_it_began_by(self) -> None:
        self.ledger.record("phase4", DATE, self.input)
        with self.ledger.run("phase4", DATE, self.name, requires=self.policy) as run:
            pass
        receipt = self.outcome()["metadata"]["receipt_id"]
        self.assertEqual(run.verdict and run.verdict.receipt_id, receipt)
        stored = json.loads(self.service.send("GET", f"/v1/receipts/{receipt}")[1])
        self.assertEqual(
            (self.name, self.policy, DATE, "ready"),
            tuple(stored[name] for name in ("consumer", "policy", "game_date", "state")),
        )

    def test_it_waits_for_its_input(self) -> None:
        def arrive(seconds: float) -> None:
            self.time.sleep(seconds)
            self.ledger.record("phase4", DATE, self.input)

        patient = self.client(self.service.url, timeout=30, sleep=arrive, now=lambda: datetime.now(timezone.utc))
        with patient.run("phase4", DATE, self.name, requires=(self.policy, DATE), wait=1800):
            pass
        self.assertEqual("success", self.outcome()["status"])

    def test_a_backfill_asks_as_one(self) -> None:
        with self.ledger.run("phase4", DATE, self.name, requires=self.policy, is_backfill=True):
            pass
        outcome = self.outcome()
        self.assertEqual((True, "bypassed"), (outcome["is_backfill"], outcome["metadata"]["readiness"]["state"]))

    def test_as_a_decorator_it_counts_what_is_returned(self) -> None:
        @self.ledger.processor("phase4", self.name)
        def build(source: str, game_date: str, correlation_id: str = "nightly") -> int:
            """Builds."""
            return len(source)

        self.assertEqual(("build", "Builds."), (build.__name__, build.__doc__))
        self.assertEqual(5, build("cache", game_date=DATE))
        outcome = self.outcome()
        self.assertEqual((5, "nightly"), (outcome["record_count"], outcome["correlation_id"]))

    def test_as_a_decorator_it_hands_over_the_run(self) -> None:
        @self.ledger.processor("phase4", self.name, date_from="day", is_incremental=True)
        def build(day: str, run: Run | None = None) -> bool:
            assert run is not None
            run.status, run.record_count = "no_data", 0
            return True

        self.assertIs(True, build(DATE))
        outcome = self.outcome()
        self.assertEqual(("no_data", 0, True), tuple(outcome[n] for n in ("status", "record_count", "is_incremental")))

    def test_as_a_decorator_it_takes_a_truth_for_no_count(self) -> None:
        self.ledger.processor("phase4", self.name)(lambda game_date: True)(DATE)
        self.assertIsNone(self.outcome()["record_count"])

    def test_a_heartbeat_is_a_running_row_and_ends_before_the_outcome(self) -> None:
        beats = threading.Semaphore(0)
        original = phase_ledger.Client.record

        class Counting(phase_ledger.Client):
            def record(self, *about: object, **more: object) -> object:
                recorded_row = original(self, *about, **more)
                beats.release()
                return recorded_row

        ledger = Counting(self.service.url, timeout=30)
        with ledger.run("phase4", DATE, self.name, heartbeat=timedelta(milliseconds=20)):
            for _ in range(3):
                self.assertTrue(beats.acquire(timeout=30))
        rows = self.rows()
        self.assertGreaterEqual(len(rows), 4)
        self.assertEqual({"running"}, {row["status"] for row in rows[:-1]})
        self.assertEqual("success", rows[-1]["status"])
        self.assertEqual(rows, sorted(rows, key=lambda row: row["completed_at"]))

    def test_sigterm_is_recorded_as_failed_and_still_ends_the_process(self) -> None:
        process = self.child("with phase_ledger.run(*about): go(); signal.pause()")
        process.terminate()
        self.assertEqual(143, process.wait(60))
        outcome = self.outcome()
        self.assertEqual(("failed", "Terminated"), (outcome["status"], outcome["metadata"]["error_type"]))

    def test_sigterm_is_left_to_who_handles_it_already(self) -> None:
        process = self.child(
            "reading, writing = os.pipe()\n"
            "signal.signal(signal.SIGTERM, lambda *ignored: os.write(writing, b'!'))\n"
            "with phase_ledger.run(*about) as run: go(); os.read(reading, 1); run.record_count = 7"
        )
        process.terminate()
        self.assertEqual(0, process.wait(60))
        self.assertEqual(("success", 7), (self.outcome()["status"], self.outcome()["record_count"]))

    def test_after_the_run_sigterm_is_what_it_was(self) -> None:
        process = self.child("with phase_ledger.run(*about): pass\ngo(); signal.pause()")
        process.terminate()
        self.assertEqual(-15, process.wait(60))

    def test_a_forked_child_tells_nothing_of_its_parents_run(self) -> None:
        process = self.child(
            "with phase_ledger.run(*about):\n"
            "  child = os.fork()\n"
            "  if child == 0: sys.exit(3)\n"
            "  assert os.waitpid(child, 0)[1] == 3 << 8\n"
            "  reading, writing = os.pipe()\n"
            "  child = os.fork()\n"
            "  if child == 0: os.write(writing, b'!'); signal.pause()\n"
            "  os.read(reading, 1)\n"  # A signal that comes during the fork itself is lost to Python.
            "  os.kill(child, signal.SIGTERM)\n"
            "  assert os.waitpid(child, 0)[1] == signal.SIGTERM\n"
            "go()"
        )
        self.assertEqual(0, process.wait(60))
        self.assertEqual("success", self.outcome()["status"])

    def test_it_works_while_the_interpreter_ends(self) -> None:
        process = self.child("import atexit; atexit.register(phase_ledger.record, *about); go()")
        self.assertEqual(0, process.wait(60))
        self.assertEqual(["success"], [row["status"] for row in self.rows()])

    def child(self, program: str) -> subprocess.Popen:
        """Python on a file of its own, until it says go."""
        setup = (
            "import logging, os, signal, sys, phase_ledger\n"
            "logging.disable()\n"
            f"about = ('phase4', '{DATE}', '{self.name}')\n"
            "def go(): print('go', flush=True)\n"
        )
        variables = ledger_service.environment(
            PHASE_LEDGER_URL=self.service.url, PYTHONPATH=str(ledger_service.CLIENT.parent)
        )
        process = subprocess.Popen(
            [sys.executable, "-c", setup + program], env=variables, stdout=subprocess.PIPE, text=True
        )
        bound = threading.Timer(START_SECONDS, process.kill)
        bound.start()
        self.addCleanup(bound.cancel)
        self.addCleanup(process.kill)
        assert process.stdout is not None
        self.addCleanup(process.stdout.close)
        self.assertEqual("go\n", process.stdout.readline())
        return process


class WithoutALedger(Recorder):
    def test_the_job_finishes_and_its_facts_are_written_down(self) -> None:
        with Hostile(hostile.drop) as server, self.client(server.url).run("phase4", DATE, "p") as run:
            run.record_count = 3
        self.assertIsNone(run.completion)
        self.assertEqual(2, len(self.unsent))
        self.assertEqual(3 + 58, sum(self.time.pauses), "the start does not hold the job up for long")

    def test_a_lost_heartbeat_is_written_down_nowhere(self) -> None:
        three = threading.Semaphore(0)

        def refuse(*about: object) -> None:
            three.release()
            hostile.drop(*about)

        with Hostile(recorded(), refuse) as server:
            with self.client(server.url).run("phase4", DATE, "p", heartbeat=0.01):
                for _ in range(3):
                    self.assertTrue(three.acquire(timeout=30))
        self.assertEqual(1, len(self.unsent))
        self.assertIn('"status":"success"', self.unsent[0])

    def test_unknown_blocks(self) -> None:
        for wait in (0, 60):
            with Hostile(hostile.drop) as server, self.assertRaises(Unknown):
                with self.client(server.url).run("phase4", DATE, "p", requires="phase4", wait=wait):
                    self.fail("it ran without knowing")
        self.assertEqual([], self.unsent)

    def test_unknown_proceeds_where_that_was_chosen_and_says_so(self) -> None:
        with Hostile(hostile.drop) as server:
            ledger = self.client(server.url)
            with ledger.run("phase4", DATE, "p", requires="phase4", wait=60, on_unknown="proceed") as run:
                self.assertIsNone(run.data_age_hours)
        self.assertTrue(run.metadata["proceeded_without_readiness"])
        self.assertEqual(
            (60, "phase4"), (run.metadata["readiness"]["waited_seconds"], run.metadata["readiness"]["policy"])
        )
        self.assertIn('"proceeded_without_readiness":true', self.unsent[-1])
        self.assertIn("going on without knowing", self.log.getvalue())

    def test_one_no_in_all_the_wait_blocks_even_then(self) -> None:
        with Hostile(verdict(False), hostile.drop) as server, self.assertRaises(NotReady):
            with self.client(server.url).run("phase4", DATE, "p", requires="phase4", wait=60, on_unknown="proceed"):
                self.fail("it ran after a no")

    def test_a_refused_question_blocks_even_then(self) -> None:
        with Hostile(problem(404, "unknown_policy")) as server, self.assertRaises(Refused):
            with self.client(server.url).run("phase4", DATE, "p", requires="phase5", wait=60, on_unknown="proceed"):
                self.fail("it ran without a policy")

    def test_going_on_needs_a_stated_wait(self) -> None:
        for options in ({"on_unknown": "proceed"}, {"on_unknown": "hope", "wait": 1}):
            with self.assertRaises(ValueError), self.client("").run("phase4", DATE, "p", **options):
                pass

    def test_it_asks_as_the_processor(self) -> None:
        with Hostile(verdict(True), recorded()) as server:
            with self.client(server.url).run("phase4", DATE, "p", requires=("phase4", None, "6h")):
                pass
        self.assertEqual(f"/v1/readiness/phase4/{DATE}?within=6h&consumer=p", server.requests[0].path)

    def test_what_would_be_recorded_before_it_ran_is_not_decorated(self) -> None:
        async def coroutine(game_date: str) -> None: ...

        def generator(game_date: str):
            yield game_date

        class Job:
            async def __call__(self, game_date: str) -> None: ...

        partial = functools.partial(functools.partial(generator))
        for function in (coroutine, generator, partial, Job(), functools.partial(Job()), lambda day: None):
            with self.assertRaises(TypeError):
                self.client("").processor("phase4", "p")(function)

    def test_a_status_that_the_job_has_set_stays_whatever_it_raises(self) -> None:
        for status in ("partial", "success"):
            with Hostile(recorded()) as server:
                with self.assertRaises(ValueError), self.client(server.url).run("phase4", DATE, "p") as run:
                    run.status = status
                    raise ValueError("a\0")
                outcome = json.loads(server.requests[1].body)
                self.assertEqual((status, "a\ufffd"), (outcome["status"], outcome["metadata"]["error_message"]))

    def test_many_threads_share_one_client(self) -> None:
        with Hostile(answer(503), answer(200, "<html>"), recorded()) as server:
            ledger = self.client(server.url, timeout=30)
            threads = [threading.Thread(target=ledger.record, args=("phase4", DATE, f"p{n}")) for n in range(32)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertEqual(([], 34), (self.unsent, len(server.requests)))


if __name__ == "__main__":
    unittest.main()
