"""The receiver that webhooks.md shows, called; the reference library of their specification checks the signatures."""

from __future__ import annotations

import http.client
import json
import queue
import re
import threading
import unittest
from http.server import HTTPServer

import ledger_service
from test_docs import snippets

try:
    import standardwebhooks
except ImportError:
    standardwebhooks = None

SECONDS = 120
SETTINGS = {
    "PHASE_LEDGER_WEBHOOKS_ALLOWED_NETWORKS": "127.0.0.1",
    "PHASE_LEDGER_WEBHOOKS_ALLOW_PLAINTEXT": "true",
    "PHASE_LEDGER_SUBSCRIPTIONS_FIRST_BACKOFF": "1s",
    "PHASE_LEDGER_SUBSCRIPTIONS_LONGEST_BACKOFF": "1s",
}


@unittest.skipIf(standardwebhooks is None, "SKIPPED: NO SIGNATURE WAS CHECKED; pip install standardwebhooks")
class Called(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.service = ledger_service.Service(**SETTINGS)
        cls.addClassCleanup(cls.service.remove)

    def setUp(self) -> None:
        self.started: queue.Queue[str] = queue.Queue()
        (source,) = snippets("webhooks.md", "python")
        self.names = {"SECRET": "", "start_feature_store": self.started.put}
        exec(source, self.names)
        self.server = HTTPServer(("127.0.0.1", 0), self.names["Hook"])
        self.addCleanup(self.server.server_close)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.shutdown)

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict]:
        status, answer = self.service.send(method, path, None if body is None else json.dumps(body).encode())
        return status, json.loads(answer)

    def subscribe(self) -> dict[str, str]:
        command = snippets("webhooks.md", "sh")[0]
        body = json.loads(re.search(r"'\s*({.*})'", command, re.DOTALL)[1])
        body["url"] = f"http://127.0.0.1:{self.server.server_port}/hooks/phase-4"
        status, answer = self.ask("POST", "/v1/subscriptions", body)
        self.assertEqual(201, status, answer)
        return answer

    def complete(self, game_date: str) -> None:
        for processor in ("player_daily_cache", "player_composite_factors"):
            fact = {"phase": "phase4", "game_date": game_date, "processor_name": processor, "status": "success"}
            status, answer = self.ask("POST", "/v1/completions", {**fact, "record_count": 123})
            self.assertEqual(201, status, answer)

    def test_the_feature_store_is_started_once_for_each_date(self) -> None:
        self.names["SECRET"] = self.subscribe()["secret"]
        self.complete("2031-02-02")
        self.assertEqual("2031-02-02", self.started.get(timeout=SECONDS))
        self.complete("2031-02-02")
        self.complete("2031-02-03")
        self.assertEqual("2031-02-03", self.started.get(timeout=SECONDS))

    def test_who_has_another_secret_starts_nothing_and_is_called_again(self) -> None:
        subscription = self.subscribe()
        self.names["SECRET"] = "whsec_" + "b" * 32
        self.complete("2031-02-05")
        path = f"/v1/subscriptions/{subscription['id']}"
        pause = threading.Event()
        for _ in range(SECONDS * 10):
            if self.ask("GET", path)[1]["attempts"]:
                break
            pause.wait(0.1)
        self.assertEqual("it answered 401", self.ask("GET", path)[1]["error"])
        self.assertTrue(self.started.empty())
        self.names["SECRET"] = subscription["secret"]
        self.assertEqual("2031-02-05", self.started.get(timeout=SECONDS))

    def test_a_call_that_was_tampered_with_is_refused(self) -> None:
        self.names["SECRET"] = self.subscribe()["secret"]
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port)
        self.addCleanup(connection.close)
        headers = {"webhook-id": "a", "webhook-timestamp": "0", "webhook-signature": "v1,AAAA"}
        connection.request("POST", "/", b'{"type":"io.phaseledger.readiness.ready"}', headers)
        self.assertEqual(401, connection.getresponse().status)


if __name__ == "__main__":
    unittest.main()
