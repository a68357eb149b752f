"""A day of five processors, each a process with a key of its phase, killed and started again at random."""

from __future__ import annotations

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import unittest
from datetime import date, timedelta

from ledger_service import Service, environment

BOOTSTRAP = "a-key-to-make-keys-with-in-the-tests"
JOB = pathlib.Path(__file__).with_name("pipeline_job.py")
KILLS, KILLS_BEFORE_THE_LATE, LONGEST_SECONDS = 25, 20, 300
PHASE3 = ("player_game_summary", "upcoming_player_game_context", "team_offense_game_summary")
PHASE4 = ("player_composite_factors", "player_daily_cache")
DATES = [str(date(2026, 3, 1) + timedelta(days=day)) for day in range(3)]


class Pipeline(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.service = Service(BOOTSTRAP)
        cls.addClassCleanup(cls.service.remove)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def key(self, phase: str) -> str:
        asked = {"name": f"{phase}-processors", "scopes": ["record", "read"], "phases": [phase]}
        status, body = self.service.send("POST", "/v1/keys", json.dumps(asked).encode())
        self.assertEqual(status, 201, body)
        return json.loads(body)["key"]

    def job(self, phase: str, processor: str, policy: str, inputs: tuple[str, ...], key: str, *dates: str):
        def start() -> subprocess.Popen[bytes]:
            with open(self.folder / f"{processor}.log", "ab") as log:
                return subprocess.Popen(
                    [sys.executable, str(JOB), str(self.folder), phase, processor, policy, ",".join(inputs), *dates],
                    env=environment(PHASE_LEDGER_URL=self.service.url, PHASE_LEDGER_KEY=key),
                    stderr=log,
                )

        return start

    def log(self, processor: str) -> str:
        return (self.folder / f"{processor}.log").read_text()

    def outcomes(self, **selection: str) -> list[dict]:
        return [row for row in self.service.rows(**selection) if row["status"] != "running"]

    def test_a_day_with_kills_is_recorded_once_and_in_order(self) -> None:
        seed = int(os.environ.get("PIPELINE_SEED", random.randrange(1 << 30)))
        print(f"seed {seed}", file=sys.stderr)
        chance = random.Random(seed)
        key3, key4 = self.key("phase3"), self.key("phase4")
        starts = [self.job("phase3", name, "", (), key3, *DATES) for name in PHASE3]
        starts += [self.job("phase4", name, "phase3", PHASE3, key4, *DATES) for name in PHASE4]
        late = starts[0]  # Until it comes the consumers have to wait, so there is somebody to kill.
        chance.shuffle(starts)  # Consumers may well be first.
        running = {start: start() for start in starts if start is not late}
        self.addCleanup(lambda: [process.kill() for process in running.values()])
        kills, pause = 0, threading.Event()
        for _ in range(LONGEST_SECONDS * 10):
            pause.wait(chance.uniform(0.02, 0.2))
            if kills >= KILLS_BEFORE_THE_LATE and late not in running:
                running[late] = late()
            alive = [start for start, process in running.items() if process.poll() is None]
            if not alive:
                break
            if kills < KILLS:
                start = chance.choice(alive)
                running[start].kill()
                running[start].wait()
                running[start] = start()
                kills += 1
        self.assertEqual([process.poll() for process in running.values()], [0] * 5, self.log(PHASE4[0]))
        self.assertGreaterEqual(kills, KILLS_BEFORE_THE_LATE, "too little was killed to show anything")
        self.assertEqual([], [path.name for path in self.folder.glob("*.ran-before-*")])
        for day in DATES:
            for phase, names in (("phase3", PHASE3), ("phase4", PHASE4)):
                for name in names:
                    rows = self.outcomes(game_date=day, phase=phase, processor_name=name)
                    self.assertEqual(["success"], [row["status"] for row in rows], f"{day} {name}")
                    self.assertEqual(f"{phase}-processors", rows[0]["recorded_by"])
            status, body = self.service.send("GET", f"/v1/readiness/phase4/{day}")
            self.assertEqual((200, "ready"), (status, json.loads(body)["state"]), body)

    def test_a_processor_with_the_wrong_key_is_refused_and_its_job_still_finishes(self) -> None:
        day = "2026-03-20"
        process = self.job("phase4", "player_daily_cache", "", (), self.key("phase3"), day)()
        self.assertEqual(0, process.wait(LONGEST_SECONDS), self.log("player_daily_cache"))
        self.assertTrue((self.folder / f"{day}.player_daily_cache").exists())
        self.assertEqual([], self.service.rows(game_date=day))
        log = self.log("player_daily_cache")
        self.assertIn("not_yours", log)
        self.assertNotIn("plk_", log)
        # The fact is not lost: an operator takes it in from the log.
        unsent = [line for line in log.splitlines() if "PHASE_LEDGER_UNSENT" in line]
        self.assertEqual(0, self.service.take_in(*unsent)["rejected_count"])
        self.assertEqual(["success"], [row["status"] for row in self.outcomes(game_date=day)])


if __name__ == "__main__":
    unittest.main()
