"""A container of a manifest as a process: the image where there is one, else the packaged jar."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

import manifests

READY_BOUND = 120.0
END_BOUND = 60.0
POLL = 0.1

JAR = ["java", "-jar", str(manifests.ROOT / "target" / "quarkus-app" / "quarkus-run.jar")]
IMAGE = os.environ.get("IN_IMAGE")

# What the image sets for itself.
IMAGE_ENV = {"QUARKUS_HTTP_HOST": "0.0.0.0"}


class Answer(NamedTuple):
    status: int
    headers: Any
    body: str

    def json(self) -> Any:
        return json.loads(self.body)


class Service:
    def __init__(self, env: dict[str, str], args: list[str], port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.log = Path(tempfile.mkstemp(prefix="phase-ledger-deploy-", suffix=".log")[1])
        command = [IMAGE, *args] if IMAGE else [*JAR, *args]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                env={"PATH": os.environ["PATH"]} | IMAGE_ENV | env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        end = time.monotonic() + READY_BOUND
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if self.call("GET", "/q/health/ready").status == 200:
                    return
            except OSError:
                pass
            time.sleep(POLL)
        raise AssertionError("It is not ready:\n" + self.printed())

    def wait_for_end(self) -> int:
        return self.process.wait(END_BOUND)

    def terminate(self) -> int:
        """SIGTERM to the container's first process, as its runtime does, and not to what stands in for the runtime."""
        for java in self.javas():
            os.kill(java, signal.SIGTERM)
        return self.wait_for_end()

    def javas(self) -> list[int]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                ours = os.getsid(int(process.name)) == self.process.pid
                if ours and (process / "comm").read_text().strip() == "java":
                    found.append(int(process.name))
        return found

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.unlink(missing_ok=True)

    def printed(self) -> str:
        return self.log.read_text()

    def call(self, method: str, path: str, body: Any = None, key: str | None = None, kind: str = "json") -> Answer:
        headers = {"Content-Type": f"application/{kind}"} | ({"Authorization": f"Bearer {key}"} if key else {})
        data = None if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read().decode())
