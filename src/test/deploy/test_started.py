"""Each place's containers, started with the environment that its files give them, on a PostgreSQL with both roles."""

from __future__ import annotations

import json
import re
import subprocess
import unittest

import manifests
import postgres
from issuer import Issuer
from postgres import APP, OWNER, Postgres, Refused
from service import Service

KEY = manifests.BOOTSTRAP_KEY
TERMINATED = 143

APPEND_ONLY = ["aliases", "phase_completions", "policy_versions", "readiness_changes", "receipts", "slates", "sources"]
NOT_ALLOWED, APPENDS_ONLY = "42501", "23001"

RIGHTS = """
    SELECT table_name || ' ' || string_agg(privilege_type, ',' ORDER BY privilege_type)
    FROM information_schema.role_table_grants
    WHERE grantee = 'phase_ledger_app' GROUP BY table_name ORDER BY table_name"""

FACT = {"phase": "phase4", "game_date": "2026-02-02", "processor_name": "player_daily_cache", "status": "success"}

POLICY = {
    "time_zone": "America/New_York",
    "requirements": [{"phase": "phase4", "processor_name": "player_daily_cache"}],
}

# Each with what it is answered; together they write to every table and read every one.
CALLS = [
    ("POST", "/v1/completions/batch", [FACT | {"execution_id": f"run-{n}"} for n in range(3)], 207),
    ("PUT", "/v1/policies/deployed", POLICY, 201),
    ("GET", "/v1/policies/deployed/versions", None, 200),
    ("PUT", "/v1/slates/2026-02-02", {"units": 9}, 201),
    ("GET", "/v1/slates?from=2026-02-01&to=2026-02-03", None, 200),
    ("PUT", "/v1/aliases/processors/PlayerDailyCache", {"target": "player_daily_cache"}, 201),
    ("DELETE", "/v1/aliases/processors/PlayerDailyCache", None, 204),
    ("GET", "/v1/aliases/processors", None, 200),
    ("GET", "/v1/readiness/deployed/2026-02-02?consumer=ml_feature_store", None, 200),
    ("GET", "/v1/receipts?overtaken=true", None, 200),
    ("GET", "/v1/readiness?game_date_from=2026-02-01&game_date_to=2026-02-03&policy=deployed", None, 200),
    ("POST", "/v1/readiness/evaluate", {"policy": POLICY, "game_date": "2026-02-02"}, 200),
    ("GET", "/v1/completions?game_date=2026-02-02", None, 200),
    ("POST", "/v1/ingest/pubsub", {"message": {"messageId": "1", "data": "e30="}}, 200),
    ("GET", "/v1/ingest/rejected", None, 200),
    ("GET", "/v1/imports", None, 200),
    ("GET", "/v1/keys", None, 200),
    ("GET", "/q/metrics", None, 200),
]


class Place:
    """What holds wherever it is deployed."""

    name: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.containers = manifests.CONTAINERS[cls.name]()
        cls.postgres = cls.enterClassContext(Postgres())
        cls.postgres.make_roles()
        cls.postgres.make_roles()
        cls.migrate()
        cls.service = cls.start("phase-ledger")
        cls.service.wait_until_ready()

    @classmethod
    def tearDownClass(cls) -> None:
        """What was asked to stop stops, by itself."""
        code = cls.service.terminate()
        if code not in (0, TERMINATED):
            raise AssertionError(f"It ended with {code}:\n{cls.service.printed()}")

    @classmethod
    def start(cls, container: str) -> Service:
        chosen = cls.containers[container]
        port = postgres.free_port()
        service = Service(cls.local(chosen.env) | cls.port_variable(port), chosen.args, port)
        cls.addClassCleanup(service.close)
        return service

    @classmethod
    def local(cls, env: dict[str, str]) -> dict[str, str]:
        """The same, but of a PostgreSQL that is here."""
        here = re.sub(r"//[^/]+/", f"//127.0.0.1:{cls.postgres.port}/", env["QUARKUS_DATASOURCE_JDBC_URL"])
        return env | {"QUARKUS_DATASOURCE_JDBC_URL": here}

    @staticmethod
    def port_variable(port: int) -> dict[str, str]:
        return {"QUARKUS_HTTP_PORT": str(port)}

    @classmethod
    def migrate(cls) -> str:
        job = cls.start("migrate")
        if job.wait_for_end() != 0:
            raise AssertionError(job.printed())
        return job.printed()

    def call(self, *call: object, **more: object):
        return self.service.call(*call, key=KEY, **more)

    def refused(self, role: str, sql: str) -> str:
        with self.assertRaises(Refused) as refused:
            self.postgres.ask(role, sql)
        return str(refused.exception)

    def test_who_shows_nothing_is_asked_who_it_is(self) -> None:
        asked = self.service.call("GET", "/v1/policies")
        self.assertEqual(401, asked.status, asked.body)
        self.assertIn("Bearer", asked.headers["WWW-Authenticate"])
        self.assertEqual(401, self.service.call("POST", "/v1/completions", FACT, key="plk_wrong").status)
        self.assertEqual(200, self.call("GET", "/v1/policies").status)
        for probe in ("live", "ready", "started"):
            self.assertEqual(200, self.service.call("GET", "/q/health/" + probe).status)

    def test_the_role_of_the_service_can_do_all_that_the_service_does(self) -> None:
        recorded = self.call("POST", "/v1/completions", FACT | {"execution_id": "to be taken back"})
        self.assertEqual(201, recorded.status, recorded.body)
        taken = f"/v1/completions/{recorded.json()['id']}/retraction"
        self.assertEqual(201, self.call("POST", taken, {"reason": "a test"}).status)
        imported = self.call("POST", "/v1/completions/import", json.dumps(self.old_fact()), kind="x-ndjson")
        self.assertEqual((200, 1), (imported.status, imported.json()["recorded"]), imported.body)
        slate = '{"game_date":"2026-01-01","units":5}'
        self.assertEqual(200, self.call("POST", "/v1/slates/import", slate, kind="x-ndjson").status)
        made = self.call("POST", "/v1/keys", {"name": "phase4", "scopes": ["record", "read"]})
        self.assertEqual(201, made.status, made.body)
        self.assertEqual(200, self.service.call("GET", "/v1/policies", key=made.json()["key"]).status)
        self.assertIn(self.call("DELETE", f"/v1/keys/{made.json()['id']}").status, (200, 204))
        for method, path, body, expected in CALLS:
            with self.subTest(method=method, path=path):
                answer = self.call(method, path, body)
                self.assertEqual(expected, answer.status, answer.body)

    @staticmethod
    def old_fact() -> dict:
        return FACT | {"completed_at": "2026-02-03T07:00:00Z", "inserted_at": "2026-02-03T07:00:00Z"}

    def test_the_role_of_the_service_cannot_change_what_is_there(self) -> None:
        for table in APPEND_ONLY:
            name = "nba_orchestration." + table
            for sql in (f"UPDATE {name} SET inserted_at = now()", f"DELETE FROM {name}", f"TRUNCATE {name}"):
                with self.subTest(sql=sql):
                    self.assertIn(NOT_ALLOWED, self.refused(APP, sql))
                    self.assertIn(APPENDS_ONLY, self.refused(OWNER, sql))
        for sql in (
            "DELETE FROM nba_orchestration.imports",
            "DELETE FROM nba_orchestration.api_keys",
            "UPDATE nba_orchestration.flyway_schema_history SET success = false",
            "INSERT INTO nba_orchestration.ledger_chain SELECT * FROM nba_orchestration.ledger_chain",
            "ALTER TABLE nba_orchestration.slates DISABLE TRIGGER append_only",
            "DROP VIEW nba_orchestration.ledger_head",
            "CREATE TABLE nba_orchestration.another (a int)",
            "CREATE TABLE public.another (a int)",
            "CREATE TEMP TABLE another (a int)",
            "SET ROLE phase_ledger_owner",
        ):
            with self.subTest(sql=sql):
                self.assertIn(NOT_ALLOWED, self.refused(APP, sql))

    def test_it_has_these_rights_and_no_others(self) -> None:
        self.assertEqual(
            [
                "aliases INSERT,SELECT",
                "api_keys INSERT,SELECT,UPDATE",
                "deliveries INSERT,SELECT,UPDATE",
                "feed_cursors INSERT,SELECT,UPDATE",
                "flyway_schema_history SELECT",
                "imports INSERT,SELECT,UPDATE",
                "ingest_kept SELECT",
                "ingest_rejections DELETE,INSERT,SELECT,UPDATE",
                "ledger_chain SELECT",
                "ledger_head SELECT",
                "mirror_checks INSERT,SELECT,UPDATE",
                "mirror_imports INSERT,SELECT,UPDATE",
                "mirror_jobs INSERT,SELECT,UPDATE",
                "phase_completions INSERT,SELECT",
                "phase_completions_current SELECT",
                "phase_completions_known SELECT",
                "policy_versions INSERT,SELECT",
                "readiness_changes INSERT,SELECT",
                "readiness_watched INSERT,SELECT,UPDATE",
                "receipts INSERT,SELECT",
                "run_events DELETE,INSERT,SELECT,UPDATE",
                "run_rows DELETE,INSERT,SELECT,UPDATE",
                "runs DELETE,INSERT,SELECT,UPDATE",
                "settling INSERT,SELECT,UPDATE",
                "slates INSERT,SELECT",
                "sources INSERT,SELECT",
                "subscriptions INSERT,SELECT,UPDATE",
            ],
            [line for line in self.postgres.ask(APP, RIGHTS).splitlines() if not line.startswith("later_")],
        )


class CloudRunTest(Place, unittest.TestCase):
    name = "cloudrun"

    @classmethod
    def setUpClass(cls) -> None:
        cls.issuer = Issuer()
        cls.addClassCleanup(cls.issuer.close)
        super().setUpClass()

    @classmethod
    def local(cls, env: dict[str, str]) -> dict[str, str]:
        issuer = {"QUARKUS_OIDC_AUTH_SERVER_URL": cls.issuer.url} if "QUARKUS_OIDC_AUTH_SERVER_URL" in env else {}
        return super().local(env) | issuer

    @staticmethod
    def port_variable(port: int) -> dict[str, str]:
        """What Cloud Run sets."""
        return {"PORT": str(port), "K_SERVICE": "phase-ledger"}

    def token(self, **claims: object) -> str:
        env = self.containers["phase-ledger"].env
        account = {"email": env["PHASE_LEDGER_AUTH_GRANTS_PHASE4_SUBJECT"], "email_verified": True}
        return self.issuer.token(**({"aud": env["QUARKUS_OIDC_TOKEN_AUDIENCE"]} | account | claims))

    def test_a_service_account_may_what_its_grant_says(self) -> None:
        recorded = self.service.call("POST", "/v1/completions", FACT | {"execution_id": "token"}, key=self.token())
        self.assertEqual(201, recorded.status, recorded.body)
        elsewhere = FACT | {"execution_id": "token", "phase": "phase3"}
        self.assertEqual(403, self.service.call("POST", "/v1/completions", elsewhere, key=self.token()).status)
        self.assertEqual(403, self.service.call("GET", "/v1/keys", key=self.token()).status)

    def test_a_token_for_another_service_is_worth_nothing(self) -> None:
        token = self.token(aud="https://another-123456789.us-east1.run.app")
        self.assertEqual(401, self.service.call("GET", "/v1/policies", key=token).status)

    def test_its_log_is_what_cloud_logging_reads(self) -> None:
        self.service.call("GET", "/v1/nowhere", key=KEY)
        lines = [json.loads(line) for line in self.service.printed().splitlines() if line.startswith("{")]
        self.assertTrue(lines)
        self.assertLessEqual({"severity", "message"}, lines[0].keys())


class KubernetesTest(Place, unittest.TestCase):
    name = "kubernetes"

    def test_on_the_schema_of_an_earlier_version_it_refuses_to_start(self) -> None:
        newest = "installed_rank = (SELECT max(installed_rank) FROM nba_orchestration.flyway_schema_history)"
        self.postgres.ask(
            OWNER,
            f"""CREATE TABLE nba_orchestration.later_history AS
                SELECT * FROM nba_orchestration.flyway_schema_history WHERE {newest};
            DELETE FROM nba_orchestration.flyway_schema_history WHERE {newest}""",
        )
        try:
            early = self.start("phase-ledger")
            self.assertEqual(1, early.wait_for_end())
            self.assertIn("Detected resolved migration not applied to database", early.printed())
        finally:
            again = "INSERT INTO nba_orchestration.flyway_schema_history SELECT * FROM nba_orchestration.later_history"
            self.postgres.ask(OWNER, again + "; DROP TABLE nba_orchestration.later_history")

    def test_a_table_of_a_later_version_comes_with_its_rights(self) -> None:
        self.postgres.ask(OWNER, "CREATE TABLE nba_orchestration.later_noted (a int)")
        self.postgres.ask(
            OWNER,
            """CREATE TABLE nba_orchestration.later_kept (a int);
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.later_kept
                FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change()""",
        )
        self.assertIn(NOT_ALLOWED, self.refused(APP, "SELECT a FROM nba_orchestration.later_noted"))
        self.migrate()
        for table in ("later_noted", "later_kept"):
            self.postgres.ask(APP, f"INSERT INTO nba_orchestration.{table} VALUES (1)")
        self.postgres.ask(APP, "UPDATE nba_orchestration.later_noted SET a = 2")
        self.assertIn(NOT_ALLOWED, self.refused(APP, "UPDATE nba_orchestration.later_kept SET a = 2"))

    def test_the_owner_is_no_role_for_the_service(self) -> None:
        job = self.containers["migrate"]
        asked = Service(self.local(job.env), ["migrate", OWNER], 0)
        self.addCleanup(asked.close)
        self.assertEqual(1, asked.wait_for_end())
        self.assertIn("the service needs a role of its own", asked.printed())


class ComposeTest(Place, unittest.TestCase):
    name = "compose"

    def test_the_file_s_own_check_finds_it_healthy_and_nobody_ill(self) -> None:
        check = manifests.compose(manifests.SECRETS)["services"]["phase-ledger"]["healthcheck"]["test"][1:]
        self.assertEqual(0, self.ended(check, self.service.url.rpartition(":")[2]))
        self.assertNotEqual(0, self.ended(check, str(postgres.free_port())))

    @staticmethod
    def ended(check: list[str], port: str) -> int:
        here = [part.replace("$$", "$").replace("/8080", "/" + port) for part in check]
        return subprocess.run(here, capture_output=True, timeout=10).returncode


if __name__ == "__main__":
    unittest.main()
