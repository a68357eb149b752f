"""What the README tells callers to do, done; and the file that it tells them to fetch."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime, timezone

import hostile
import ledger_service
from hostile import Hostile, answer
from test_readiness import verdict

README = (ledger_service.ROOT / "README.md").read_text(encoding="utf-8")
MOST_LINES = 10
SECONDS = 120


def snippets(title: str, language: str) -> list[str]:
    section = README.split(f"\n## {title}\n")[1].split("\n## ")[0]
    found = re.findall(rf"^```{language}\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    return [text for text in found if "client/phase_ledger.py" not in text]


class Python(unittest.TestCase):
    def test_the_examples_run_in_their_order_and_record_what_they_say(self) -> None:
        service = ledger_service.shared()
        for processor in ("player_daily_cache", "player_composite_factors"):
            line = (
                f'{{"phase":"phase4","game_date":"2026-02-02","processor_name":"{processor}","status":"success",'
                '"record_count":123,"completed_at":"2026-02-03T07:00:00Z","inserted_at":"2026-02-03T07:00:00Z"}'
            )
            service.take_in(line)
        before = service.rows()[-1]["position"]
        settings = ledger_service.environment(
            PHASE_LEDGER_URL=service.url, PYTHONPATH=str(ledger_service.CLIENT.parent), PYTHONIOENCODING="utf-8"
        )
        record, gate, decorator, block = snippets("Call it from Python", "python")
        for example in (record, gate, decorator, block):
            with self.subTest(example):
                self.assertLessEqual(len(example.splitlines()), MOST_LINES)
                done = subprocess.run(
                    [sys.executable, "-c", example],
                    env=settings,
                    capture_output=True,
                    text=True,
                    timeout=SECONDS,
                    check=False,
                )
                self.assertEqual((0, ""), (done.returncode, done.stderr))
                self.assertEqual(example is gate, done.stdout.startswith("the oldest input is "))
        said = [
            (row["processor_name"], row["status"], row["record_count"])
            for row in service.rows(game_date="2026-02-02") if row["position"] > before
        ]  # fmt: skip
        self.assertEqual([
            ("player_daily_cache", "success", 123),
            ("ml_feature_store", "running", None), ("ml_feature_store", "success", 1),
            ("team_offense_game_summary", "running", None), ("team_offense_game_summary", "partial", 18),
        ], said)  # fmt: skip

    def test_the_gate_stops_a_job_with_the_reason(self) -> None:
        gate = (
            snippets("Call it from Python", "python")[1].replace("timeout=1800", "timeout=0").replace("02-02", "02-09")
        )
        settings = ledger_service.environment(
            PHASE_LEDGER_URL=ledger_service.shared().url, PYTHONPATH=str(ledger_service.CLIENT.parent)
        )
        done = subprocess.run(
            [sys.executable, "-c", gate], env=settings, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        self.assertEqual(1, done.returncode)
        self.assertIn("not today: phase4 is not ready for 2026-02-09", done.stderr)
        self.assertIn("missing: player_daily_cache", done.stderr)

    def test_the_served_file_is_the_source(self) -> None:
        (fetch,) = re.findall(r"^curl .*client/phase_ledger\.py.*$", README, re.MULTILINE)
        with tempfile.TemporaryDirectory() as folder:
            shell(fetch, ledger_service.shared().url, folder)
            fetched = pathlib.Path(folder, "phase_ledger.py").read_bytes()
        self.assertEqual(ledger_service.CLIENT.read_bytes(), fetched)

    def test_it_is_served_as_python_and_not_from_an_old_cache(self) -> None:
        done = shell('curl -sI "$PHASE_LEDGER_URL/client/phase_ledger.py?v=1"', ledger_service.shared().url)
        self.assertIn("content-type: text/x-python; charset=utf-8", done.stdout.lower())
        self.assertIn("cache-control: no-cache", done.stdout.lower())


@unittest.skipUnless(shutil.which("curl") and shutil.which("bash"), "SKIPPED: curl or bash is missing")
class Cron(unittest.TestCase):
    def setUp(self) -> None:
        self.gate, self.case, self.record = snippets("Call it from cron", "sh")
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        job = pathlib.Path(self.folder, "run-feature-store")
        job.write_text("#!/bin/sh\necho it ran\n")
        job.chmod(0o755)

    def run_in_a_hurry(self, command: str, url: str) -> tuple[int, bool, str]:
        """The command with less patience: its exit code, whether the job ran, and what it complained of."""
        hurried = command.replace("--max-time 10", "--max-time 2").replace("--retry 5", "--retry 1")
        self.assertNotEqual(command, hurried)
        done = shell(hurried, url, self.folder)
        return done.returncode, "it ran" in done.stdout, done.stderr

    def test_ready_runs_the_job(self) -> None:
        with Hostile(verdict(True)) as server:
            self.assertEqual((0, True, ""), self.run_in_a_hurry(self.gate, server.url))
            self.assertEqual((0, True, ""), self.run_in_a_hurry(self.case, server.url))
        self.assertEqual("/v1/readiness/phase4/today?within=6h&expect=ready", server.requests[0].path)

    def test_not_ready_is_22_and_412(self) -> None:
        url = ledger_service.shared().url
        code, ran, said = self.run_in_a_hurry(self.gate, url)
        self.assertEqual((22, False), (code, ran))
        self.assertIn("error: 412", said)
        self.assertEqual((75, False, "not ready\n"), self.run_in_a_hurry(self.case, url))

    def test_a_real_ready_one_runs_the_job(self) -> None:
        service, policy = ledger_service.shared(), ledger_service.new_name("policy")
        service.put_policy(policy, ledger_service.new_name(), requirements=[])
        gate = self.gate.replace("/phase4/", f"/{policy}/")
        self.assertEqual((0, True, ""), self.run_in_a_hurry(gate, service.url))

    def test_nobody_there_is_7(self) -> None:
        with Hostile(hostile.drop) as server:
            pass
        code, ran, _ = self.run_in_a_hurry(self.gate, server.url)
        self.assertEqual((7, False), (code, ran))
        self.assertEqual((69, False, "nobody knows\n"), self.run_in_a_hurry(self.case, server.url))

    def test_no_answer_in_time_is_28(self) -> None:
        with Hostile(hostile.hang) as server:
            code, ran, _ = self.run_in_a_hurry(self.gate, server.url)
            self.assertEqual((28, False), (code, ran))
            self.assertEqual((69, False, "nobody knows\n"), self.run_in_a_hurry(self.case, server.url))
        self.assertEqual(4, len(server.requests), "each was tried again")

    def test_a_database_that_is_away_is_22_and_503(self) -> None:
        with Hostile(answer(503)) as server:
            code, ran, said = self.run_in_a_hurry(self.gate, server.url)
            self.assertEqual((22, False), (code, ran))
            self.assertIn("error: 503", said)
            self.assertEqual((69, False, "nobody knows\n"), self.run_in_a_hurry(self.case, server.url))

    def test_a_record_is_made_once_though_its_answer_is_lost(self) -> None:
        service, name = ledger_service.shared(), ledger_service.new_name()
        command = self.record.replace("player_daily_cache", name)
        with Hostile(hostile.forward(service.url, and_then=hang_up_with_503), hostile.forward(service.url)) as between:
            code, _, said = self.run_in_a_hurry(command, between.url)
        self.assertEqual((0, 2), (code, len(between.requests)))
        self.assertNotIn("UNSENT", said)
        (row,) = service.rows(processor_name=name)
        self.assertEqual("success", row["status"])

    def test_a_record_that_is_not_made_is_a_line_that_import_reads(self) -> None:
        service, name = ledger_service.shared(), ledger_service.new_name()
        with Hostile(hostile.drop) as away:
            pass
        _, _, said = self.run_in_a_hurry(self.record.replace("player_daily_cache", name), away.url)
        (line,) = [line for line in said.splitlines() if line.startswith("PHASE_LEDGER_UNSENT ")]
        self.assertEqual(1, service.take_in(line)["recorded"])
        (row,) = service.rows(processor_name=name)
        completed_at = datetime.fromisoformat(row["completed_at"].replace("Z", "+00:00"))
        self.assertLess(abs((datetime.now(timezone.utc) - completed_at).total_seconds()), 3600)


def hang_up_with_503(*about: object) -> None:
    answer(503)(*about)


def shell(command: str, url: str, folder: str | None = None) -> subprocess.CompletedProcess[str]:
    settings = {**ledger_service.environment(), "PHASE_LEDGER_URL": url, "no_proxy": "*"}
    return subprocess.run(
        ["bash", "-c", command],
        env=settings,
        cwd=folder or os.getcwd(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


if __name__ == "__main__":
    unittest.main()
