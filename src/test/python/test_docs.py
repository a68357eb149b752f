"""What README and the pages of src/main/docs tell their readers to type, typed; each page's own test names its blocks.

README's console blocks are run by ReadmeIT, webhooks.md's receiver by test_called. Programs that a test cannot have
(gcloud, docker, a build of its own) are stand-ins that write down how they were called.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import shlex
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

ROOT = ledger_service.ROOT
DOCS = ROOT / "src" / "main" / "docs"
PAGES = {page.name: page for page in (ROOT / "README.md", *DOCS.glob("*.md"))}
MOST_LINES = 10
SECONDS = 120


def snippets(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGES[page].read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


class Pages(unittest.TestCase):
    def test_each_is_served_as_it_is(self) -> None:
        for page in DOCS.glob("*.md"):
            with self.subTest(page.name):
                self.assertEqual((200, page.read_bytes()), ledger_service.shared().send("GET", f"/docs/{page.name}"))

    def test_the_contract_links_to_them(self) -> None:
        linked = re.findall(r"(?m)url: /docs/(.*)$", (ROOT / "openapi/openapi.yaml").read_text(encoding="utf-8"))
        self.assertTrue(linked)
        self.assertLessEqual(set(linked), set(PAGES))

    def test_they_are_served_as_markdown_and_not_from_an_old_cache(self) -> None:
        done = shell('curl -sI "$PHASE_LEDGER_URL/docs/python.md"', ledger_service.shared().url)
        self.assertIn("content-type: text/markdown; charset=utf-8", done.stdout.lower())
        self.assertIn("cache-control: no-cache", done.stdout.lower())

    def test_each_that_has_something_to_type_has_a_test_of_that(self) -> None:
        mine = (ROOT / "src/test/python/test_docs.py").read_text(encoding="utf-8")
        for page, path in PAGES.items():
            if re.search("(?m)^```(sh|python|sql)$", path.read_text(encoding="utf-8")):
                self.assertTrue(f'snippets("{page}"' in mine, page)


class StandIns(unittest.TestCase):
    """Commands in a folder with the project's files, where programs that we cannot have are stand-ins."""

    def setUp(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("src", "db"):
            (self.folder / name).symlink_to(ROOT / name)

    def called(self, command: str, *programs: str, url: str = "", **settings: str) -> list[list[str]]:
        """How the stand-ins were called, program first; what the last one read is in `sent`."""
        (self.folder / "calls").unlink(missing_ok=True)
        for name in programs:
            script = self.folder / name
            script.write_text('#!/bin/bash\n{ printf "%q " "$(basename "$0")" "$@"; echo; } >>calls\ncat >sent\n')
            script.chmod(0o755)
        done = shell(command, url, str(self.folder), PATH=f"{self.folder}{os.pathsep}{os.environ['PATH']}", **settings)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        calls = self.folder / "calls"
        return [shlex.split(call) for call in calls.read_text().splitlines()] if calls.exists() else []

    def assert_sets_what_there_is(self, exports: str) -> None:
        """Each variable that is exported is one that the settings' page has."""
        names = re.findall(r"(?m)^\| `([A-Z0-9_]+)`", PAGES["configuration.md"].read_text(encoding="utf-8"))
        names += ["GOOGLE_CLOUD_PROJECT"]  # Which Google's libraries read, and we where it is a default.
        known = re.compile("|".join(name.replace("_NAME", "_[A-Z0-9]+") for name in names))
        exported = re.findall(r"([A-Z][A-Z0-9_]+)=", exports)
        self.assertEqual(0, shell(exports, "").returncode)
        self.assertTrue(exported)
        for name in exported:
            self.assertIsNotNone(known.fullmatch(name), name)


class Readme(StandIns):
    def setUp(self) -> None:
        super().setUp()
        self.start, self.demo, self.record, self.gate, self.wait = snippets("README.md", "sh")
        job = self.folder / "run-feature-store"
        job.write_text("#!/bin/sh\necho it ran\n")
        job.chmod(0o755)

    def test_start_and_demo_are_commands_of_the_jar(self) -> None:
        build, start = self.called(self.start, "mvnw", "java")
        self.assertEqual(["mvnw", "-q", "package", "-DskipTests"], build)
        self.assertEqual(["java", "-jar", str(ledger_service.JAR.relative_to(ROOT))], start)
        ((*program, command, url),) = self.called(self.demo, "java")
        self.assertEqual((start, "demo", "http://127.0.0.1:8080"), (program, command, url))

    def test_a_report_is_recorded(self) -> None:
        done = shell(at(self.record, ledger_service.shared().url), "")
        self.assertEqual("run-17", json.loads(done.stdout)["execution_id"])

    def test_ready_starts_the_job(self) -> None:
        for command in (self.gate, self.wait):
            with Hostile(verdict(True)) as server:
                self.assertIn("it ran", shell(at(command, server.url), "", str(self.folder)).stdout)

    def test_not_ready_does_not(self) -> None:
        done = shell(at(self.gate, ledger_service.shared().url), "", str(self.folder))
        self.assertEqual((22, False), (done.returncode, "it ran" in done.stdout))

    def test_waiting_asks_again_until_it_is_ready(self) -> None:
        with Hostile(answer(412), verdict(True)) as server:
            self.assertIn("it ran", shell(at(self.wait, server.url), "", str(self.folder)).stdout)
        self.assertEqual(2, len(server.requests))


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
        record, gate, decorator, block = snippets("python.md", "python")
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
        gate = snippets("python.md", "python")[1].replace("timeout=1800", "timeout=0").replace("02-02", "02-09")
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
        (fetch,) = snippets("python.md", "sh")
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
        self.gate, self.case, self.record = snippets("cron.md", "sh")
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

    def test_no_connection_is_7(self) -> None:
        with Hostile(hostile.drop) as server:
            pass
        code, ran, _ = self.run_in_a_hurry(self.gate, server.url)
        self.assertEqual((7, False), (code, ran))
        self.assertEqual((69, False, "unknown\n"), self.run_in_a_hurry(self.case, server.url))

    def test_no_answer_in_time_is_28(self) -> None:
        with Hostile(hostile.hang) as server:
            code, ran, _ = self.run_in_a_hurry(self.gate, server.url)
            self.assertEqual((28, False), (code, ran))
            self.assertEqual((69, False, "unknown\n"), self.run_in_a_hurry(self.case, server.url))
        self.assertEqual(4, len(server.requests), "each was tried again")

    def test_a_database_that_is_away_is_22_and_503(self) -> None:
        with Hostile(answer(503)) as server:
            code, ran, said = self.run_in_a_hurry(self.gate, server.url)
            self.assertEqual((22, False), (code, ran))
            self.assertIn("error: 503", said)
            self.assertEqual((69, False, "unknown\n"), self.run_in_a_hurry(self.case, server.url))

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


class Webhooks(unittest.TestCase):
    def test_a_subscription_is_made_and_shows_its_secret(self) -> None:
        subscribe, _ = snippets("webhooks.md", "sh")
        service = ledger_service.shared()
        made = json.loads(shell(at(subscribe, service.url), "").stdout)
        self.assertTrue(made["secret"].startswith("whsec_"), made)
        self.assertEqual(204, service.send("DELETE", f"/v1/subscriptions/{made['id']}")[0])

    def test_the_stream_says_where_it_begins(self) -> None:
        _, stream = snippets("webhooks.md", "sh")
        done = shell(at(stream, ledger_service.shared().url).replace("-N", "-sN --max-time 2"), "")
        self.assertEqual(28, done.returncode, "it goes on")
        self.assertRegex(done.stdout, r"(?m)^id: ?[0-9]+$")


class PubSub(StandIns):
    def setUp(self) -> None:
        super().setUp()
        self.topics, self.push, self.rejected, self.held = snippets("pubsub.md", "sh")

    def test_the_topics_are_settings(self) -> None:
        self.assert_sets_what_there_is(self.topics)

    def test_what_pubsub_pushes_to_takes_messages(self) -> None:
        service = ledger_service.shared()
        (call,) = self.called(self.push, "gcloud", url=service.url)
        endpoint = call[call.index("--push-endpoint") + 1].removeprefix(service.url)
        message = b'{"message":{"messageId":"docs-1","data":"e30="}}'
        status, said = service.send("POST", endpoint, message)
        self.assertEqual((200, "rejected"), (status, json.loads(said)["outcome"]))
        listed, retry = self.rejected.splitlines()
        first = json.loads(shell(at(listed, service.url), "").stdout)["items"][0]
        self.assertEqual("docs-1", first["message_id"])
        again = json.loads(shell(at(retry, service.url), "", ID=first["id"]).stdout)
        self.assertEqual("required", again["retry_outcome"])

    def test_an_event_without_a_date_is_held_until_it_is_dismissed(self) -> None:
        service = ledger_service.shared()
        event = {
            "eventType": "COMPLETE", "eventTime": "2026-02-03T07:00:00Z", "run": {"runId": "docs-held"},
            "job": {"namespace": "docs", "name": "undated"},
        }
        status, said = service.send("POST", "/v1/ingest/openlineage", json.dumps(event).encode())
        self.assertEqual((200, "held"), (status, json.loads(said)["outcome"]))
        listed, dismiss = self.held.splitlines()
        items = json.loads(shell(at(listed, service.url), "").stdout)["items"]
        (held,) = (item for item in items if item["id"] == json.loads(said)["rejection_id"])
        shell(at(dismiss, service.url), "", ID=held["id"])
        self.assertNotIn(held["id"], shell(at(listed, service.url), "").stdout)


class BigQuery(StandIns):
    def test_the_project_is_a_setting(self) -> None:
        mirror, _ = snippets("bigquery.md", "sh")
        self.assert_sets_what_there_is(mirror)

    def test_the_queries_are_given_the_parameters_that_they_take(self) -> None:
        (of_readme,) = re.findall(r"(?s)```sh\n(.*?)```", (ROOT / "db/queries/README.md").read_text(encoding="utf-8"))
        for command in (snippets("bigquery.md", "sh")[1], of_readme):
            (call,) = self.called(command, "bq")
            given = {word[len("--parameter=") :].split(":")[0] for word in call if word.startswith("--parameter=")}
            sent = re.sub(r"(?m)--.*$", "", (self.folder / "sent").read_text(encoding="utf-8"))
            self.assertEqual(given, set(re.findall(r"@([a-z_]+)", sent)), command)
            self.assertNotIn(":'", sent)

    @unittest.skipUnless(shutil.which("psql"), "SKIPPED: psql is missing")
    def test_sql_for_bigquery_runs_in_the_embedded_postgresql(self) -> None:
        (query,) = snippets("bigquery.md", "sql")
        (psql,) = (block for block in snippets("operate.md", "sh") if "psql" in block)
        done = shell(f"{psql.strip()} -c {shlex.quote(query)}", "", ledger_service.shared().folder)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertIn("processor_name", done.stdout)


class Access(StandIns):
    def test_a_key_is_made_with_the_bootstrap_key(self) -> None:
        bootstrap, create, grants, proxy = snippets("access.md", "sh")
        key = shell(f"{bootstrap}\nprintf %s $PHASE_LEDGER_AUTH_BOOTSTRAP_KEY", "").stdout
        service = ledger_service.Service(bootstrap_key=key)
        self.addCleanup(service.remove)
        made = shell(at(create, service.url), "", PHASE_LEDGER_AUTH_BOOTSTRAP_KEY=key)
        self.assertTrue(json.loads(made.stdout)["key"].startswith("plk_"), made.stdout)
        for exports in (bootstrap, grants, proxy):
            self.assert_sets_what_there_is(exports)


class Deploy(StandIns):
    """What .ci/deploy starts, started by the words of the page."""

    def test_each_command_names_what_is_there(self) -> None:
        image, migrate, cloud_run, kubernetes, compose, distribution = snippets("deploy.md", "sh")
        self.assertEqual([["mvnw", "package", "-DskipTests"], ["docker", "build", "-t", "phase-ledger", "."]],
                         self.called(image, "mvnw", "docker"))  # fmt: skip
        self.assertEqual([["java", "-jar", ledger_service.JAR.name, "migrate", "phase_ledger_app"]],
                         self.called(migrate, "java"))  # fmt: skip
        self.assertTrue((ROOT / re.findall("<(src/[^ ]+)", cloud_run)[0]).is_file())
        self.assertEqual("gcloud", self.called(cloud_run, "envsubst", "gcloud")[-1][0])
        (*_, folder), = self.called(kubernetes, "kubectl")
        self.assertTrue((ROOT / folder / "kustomization.yaml").is_file())
        (*_, file, _, _), = self.called(compose, "docker")
        self.assertTrue((ROOT / file).is_file())
        self.assert_profile(self.called(distribution, "mvnw"))

    def assert_profile(self, calls: list[list[str]]) -> None:
        pom = (ROOT / "pom.xml").read_text(encoding="utf-8")
        for profile in (word[2:] for call in calls for word in call if word.startswith("-P")):
            self.assertIn(f"<id>{profile}</id>", pom)


class Sources(StandIns):
    def test_each_is_put_and_maps_the_namespace_that_its_client_sends(self) -> None:
        service = ledger_service.shared()
        clients = re.findall(r"(?m)namespace *=? *(prod-[a-z]+)$", PAGES["sources.md"].read_text(encoding="utf-8"))
        clients += re.findall("OPENLINEAGE_NAMESPACE=(prod-[a-z]+)", PAGES["sources.md"].read_text(encoding="utf-8"))
        puts = snippets("sources.md", "sh")[1:]
        put = [json.loads(shell(at(command, service.url), "").stdout) for command in puts]
        for source in put:
            self.assertEqual(204, service.send("DELETE", f"/v1/sources/{source['name']}")[0])
        self.assertEqual(3, len(put))
        self.assertEqual(sorted(clients), sorted(source["namespace"] for source in put))

    def test_dbt_is_given_a_run_that_says_its_date(self) -> None:
        say = at(snippets("sources.md", "sh")[0], ledger_service.shared().url)
        self.assertEqual([["dbt-ol", "build"]], self.called(say, "dbt-ol"))


class Operate(unittest.TestCase):
    def test_verify_finds_a_running_ledger_whole(self) -> None:
        _, verify = snippets("operate.md", "sh")
        data = str(pathlib.Path(ledger_service.shared().folder, "data"))
        done = shell(verify, "", str(ROOT), PHASE_LEDGER_DATA_DIR=data)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)


class Develop(Deploy):
    def test_each_command_names_what_is_there(self) -> None:
        tests = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src/test/java").rglob("*.java"))
        for command in snippets("develop.md", "sh"):
            (call,) = self.called(command, "mvnw")
            self.assert_profile([call])
            for name, value in re.findall(r"-D([a-z.]+)(?:=(\S+))?", command):
                if name in ("test", "it.test"):
                    self.assertTrue(value == "none" or f"class {value} " in tests, value)
                elif not name.startswith(("maven.", "quarkus.", "surefire.")):
                    self.assertTrue(f'"{name}"' in tests, name)


def at(command: str, url: str) -> str:
    return command.replace("http://127.0.0.1:8080", url)


def shell(command: str, url: str, folder: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    settings = {**ledger_service.environment(), "PHASE_LEDGER_URL": url, "no_proxy": "*", **more}
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
