"""The packaged service as a process of its own: on a free port, in a temporary folder, gone with the tests."""

from __future__ import annotations

import atexit
import contextlib
import functools
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import uuid
from urllib.parse import urlsplit

ROOT = pathlib.Path(__file__).resolve().parents[3]
CLIENT = ROOT / "src" / "main" / "python" / "phase_ledger.py"
JAR = ROOT / "target" / "quarkus-app" / "quarkus-run.jar"
LOG = ROOT / "target" / "python-tests-service.log"
START_SECONDS, STOP_SECONDS, PROBE_SECONDS = 120, 60, 0.05
OURS = ("QUARKUS_", "PHASE_LEDGER_", "PORT", "K_SERVICE", "CLOUD_RUN_JOB", "GCE_METADATA_HOST")

sys.path.insert(0, str(CLIENT.parent))


def environment(**more: str) -> dict[str, str]:
    """That of the tests, without what would configure the service or the client."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith(OURS)}, **more}


for name in [name for name in os.environ if name.startswith(OURS)]:
    del os.environ[name]


class Service:
    """May be killed and started again on the same port and data."""

    def __init__(self, bootstrap_key: str = "", **settings: str) -> None:
        """
        :param bootstrap_key: callers must show a key, and this one may do everything
        :param settings: environment variables
        """
        self.bootstrap_key = bootstrap_key
        self.settings = settings
        if not JAR.exists():
            raise unittest.SkipTest(f"{JAR} is not there: ./mvnw package -DskipTests builds it")
        self.folder = tempfile.mkdtemp(prefix="phase-ledger-python-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        atexit.register(self.remove)
        self.start()

    def start(self) -> None:
        settings = environment(
            QUARKUS_HTTP_PORT=str(self.port),
            PHASE_LEDGER_DATA_DIR=str(pathlib.Path(self.folder, "data")),
            **self.settings,
        )
        if self.bootstrap_key:
            settings["PHASE_LEDGER_AUTH_BOOTSTRAP_KEY"] = self.bootstrap_key
        with open(LOG, "ab") as log:
            self.process = subprocess.Popen(
                ["java", "-XX:TieredStopAtLevel=1", "-jar", str(JAR)],
                cwd=self.folder,
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        pause = threading.Event()
        for _ in range(int(START_SECONDS / PROBE_SECONDS)):
            if self.is_ready():
                return
            if self.process.poll() is not None:
                break
            pause.wait(PROBE_SECONDS)
        raise AssertionError(f"the service did not start; see {LOG}")

    def is_ready(self) -> bool:
        try:
            return self.send("GET", "/q/health/ready")[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def remove(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(STOP_SECONDS)
        for left_behind in pathlib.Path(self.folder).rglob("postmaster.pid"):  # A killed service leaves its database.
            with contextlib.suppress(OSError, ValueError):
                os.kill(int(left_behind.read_text().split()[0]), signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.remove)

    def send(self, method: str, path: str, body: bytes | None = None, content_type: str = "application/json"):
        """Status and body, without the client that is under test."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            key = {"Authorization": f"Bearer {self.bootstrap_key}"} if self.bootstrap_key else {}
            connection.request(method, path, body, {"Content-Type": content_type, **key})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def rows(self, **selection: str) -> list:
        query = "&".join(f"{name}={value}" for name, value in {"order": "asc", "limit": "1000", **selection}.items())
        status, body = self.send("GET", f"/v1/completions?{query}")
        assert status == 200, body
        return json.loads(body)["items"]

    def waiters(self) -> list:
        status, body = self.send("GET", "/v1/waiters")
        assert status == 200, body
        return json.loads(body)["items"]

    def take_in(self, *lines: str) -> dict:
        """Imports lines of a log."""
        status, body = self.send("POST", "/v1/completions/import", "\n".join(lines).encode(), "application/x-ndjson")
        assert status == 200, body
        return json.loads(body)

    def put_policy(self, name: str, processor: str, **more: object) -> None:
        """A policy of one requirement: a processor of phase4."""
        definition = {
            "time_zone": "America/New_York",
            "requirements": [{"phase": "phase4", "processor_name": processor}],
            **more,
        }
        status, body = self.send("PUT", f"/v1/policies/{name}", json.dumps(definition).encode())
        assert status in (200, 201), body


@functools.lru_cache(maxsize=1)
def shared() -> Service:
    return Service()


def new_name(prefix: str = "p") -> str:
    """The ledger cannot be emptied, so each test invents its names."""
    return f"{prefix}_{uuid.uuid4().hex[:12]}"
