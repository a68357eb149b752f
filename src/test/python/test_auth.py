"""Who we say we are, and to whom."""

from __future__ import annotations

import base64
import json
import os
import unittest
from unittest import mock

import ledger_service  # noqa: F401  (puts the client on the path)
import phase_ledger
from hostile import Hostile, answer
from test_record import DATE, NIGHT, Recorder, problem, recorded

KEY = "plk_verysecret"


def token(name: str, lives: float) -> str:
    claims = base64.urlsafe_b64encode(json.dumps({"exp": NIGHT.timestamp() + lives}).encode()).decode().rstrip("=")
    return f"{name}.{claims}.signature"


def metadata(name: str, lives: float = 3600) -> object:
    return answer(200, token(name, lives), "text/html", Metadata_Flavor="Google")


class Keys(Recorder):
    def sent(self, server: Hostile) -> list[str]:
        return [request.headers.get("authorization", "") for request in server.requests]

    def test_the_key_is_sent_and_may_come_from_the_environment_or_a_file_with_a_newline(self) -> None:
        with Hostile(recorded()) as server:
            self.client(server.url, key=KEY + "\n").record("phase4", DATE, "p")
            with mock.patch.dict(os.environ, {"PHASE_LEDGER_KEY": KEY, "PHASE_LEDGER_URL": server.url}):
                phase_ledger.record("phase4", DATE, "p")
        self.assertEqual([f"Bearer {KEY}"] * 2, self.sent(server))

    def test_without_a_key_nothing_is_sent(self) -> None:
        with Hostile(recorded()) as server:
            self.client(server.url).record("phase4", DATE, "p")
        self.assertEqual([""], self.sent(server))

    def test_a_wrong_key_is_refused_and_the_job_still_finishes(self) -> None:
        refusal = problem(401, "unauthenticated", "the key has expired", WWW_Authenticate="Bearer")
        with Hostile(refusal) as server:
            self.assertIsNone(self.client(server.url, key=KEY).record("phase4", DATE, "p"))
        self.assertEqual((1, 1), (len(server.requests), len(self.unsent)))
        self.assertIn("the key has expired", self.log.getvalue())

    def test_the_key_goes_to_no_other_host_and_into_no_log(self) -> None:
        with Hostile(recorded()) as elsewhere:
            for status in (301, 302, 303, 307, 308):
                with Hostile(answer(status, "", Location=f"{elsewhere.url}/v1/completions")) as server:
                    self.assertIsNone(self.client(server.url, key=KEY).record("phase4", DATE, "p"))
                    with self.assertRaisesRegex(phase_ledger.Refused, "not followed"):
                        self.client(server.url, key=KEY).readiness("phase4", DATE)
        self.assertEqual([], elsewhere.requests)
        self.assertNotIn(KEY, self.log.getvalue() + "".join(self.unsent))

    def test_a_key_that_no_header_can_carry_is_refused_without_being_shown(self) -> None:
        with Hostile(recorded()) as server:
            for wrong in (f"{KEY}\nX: y", f"{KEY}é", f"{KEY}\x00"):
                self.assertIsNone(self.client(server.url, key=wrong).record("phase4", DATE, "p"))
        self.assertEqual([], server.requests)
        self.assertNotIn(KEY, self.log.getvalue() + "".join(self.unsent))

    def test_it_does_not_show_in_the_client(self) -> None:
        self.assertNotIn(KEY, repr(self.client("http://ledger", key=KEY)))


class IdTokens(Recorder):
    def ledger(self, server: Hostile, **more: object) -> phase_ledger.Client:
        return self.client(server.url, id_tokens=True, **more)

    def test_a_token_is_asked_for_once_and_again_before_it_expires(self) -> None:
        with Hostile(metadata("a", 900), metadata("b")) as google, Hostile(recorded()) as server, at(google):
            seconds = [0.0]
            ledger = self.ledger(server, now=lambda: NIGHT.fromtimestamp(NIGHT.timestamp() + seconds[0], NIGHT.tzinfo))
            for seconds[0] in (0, 599, 601):
                ledger.record("phase4", DATE, "p")
        self.assertEqual(
            [f"Bearer {token('a', 900)}"] * 2 + [f"Bearer {token('b', 3600)}"],
            [request.headers["authorization"] for request in server.requests],
        )
        asked = google.requests[0]
        self.assertEqual("Google", asked.headers["metadata-flavor"])
        audience = server.url.replace(":", "%3A").replace("/", "%2F")
        self.assertEqual(
            f"/computeMetadata/v1/instance/service-accounts/default/identity?audience={audience}&format=full",
            asked.path,
        )

    def test_the_audience_can_be_told(self) -> None:
        with Hostile(metadata("a")) as google, Hostile(recorded()) as server, at(google):
            self.ledger(server, audience="ledger").record("phase4", DATE, "p")
        self.assertIn("audience=ledger&", google.requests[0].path)

    def test_a_key_comes_first(self) -> None:
        with Hostile(metadata("a")) as google, Hostile(recorded()) as server, at(google):
            self.ledger(server, key=KEY).record("phase4", DATE, "p")
        self.assertEqual([], google.requests)

    def test_a_token_never_goes_over_plain_http_by_itself(self) -> None:
        with Hostile(metadata("a")) as google, Hostile(recorded()) as server, at(google):
            self.client(server.url).record("phase4", DATE, "p")
        self.assertEqual(([], 1), (google.requests, len(server.requests)))

    def test_without_a_metadata_server_it_asks_without_a_token_and_says_so(self) -> None:
        for broken in (answer(404, "no", "text/plain"), answer(200, "no.token", "text/plain"), answer(200, "a.!.b")):
            with Hostile(broken) as google, Hostile(recorded()) as server, at(google):
                self.assertIsNotNone(self.ledger(server).record("phase4", DATE, "p"))
            self.assertNotIn("authorization", server.requests[0].headers)
            self.assertIn("no ID token", self.log.getvalue())

    def test_being_refused_for_want_of_a_token_is_tried_again(self) -> None:
        refusal = problem(401, "unauthenticated")
        with Hostile(answer(503), metadata("a")) as google, Hostile(refusal, recorded()) as server, at(google):
            self.assertIsNotNone(self.ledger(server).record("phase4", DATE, "p"))


def at(google: Hostile) -> object:
    return mock.patch.dict(os.environ, {"GCE_METADATA_HOST": google.netloc})


if __name__ == "__main__":
    unittest.main()
