"""Every variable of every file is a setting that the service has, and each role's password is where it belongs."""

from __future__ import annotations

import re
import unittest

import manifests

REFERENCE = manifests.ROOT / "src" / "main" / "docs" / "configuration.md"

class SettingsTest(unittest.TestCase):
    def test_every_variable_is_a_setting(self) -> None:
        names = re.findall(r"(?m)^\| `([A-Z0-9_]+)`", REFERENCE.read_text())
        known = re.compile("^(" + "|".join(name.replace("_NAME_", "_[A-Z0-9]+_") for name in names) + ")$")
        for target, containers in manifests.CONTAINERS.items():
            for container in containers().values():
                for name in container.env:
                    with self.subTest(target=target, container=container.name, name=name):
                        self.assertRegex(name, known)

    def test_the_service_has_the_password_of_its_own_role_alone(self) -> None:
        for target, containers in manifests.CONTAINERS.items():
            with self.subTest(target=target):
                service, job = containers()["phase-ledger"].env, containers()["migrate"].env
                self.assertEqual("phase_ledger_app", service["QUARKUS_DATASOURCE_USERNAME"])
                self.assertEqual("phase_ledger_owner", job["QUARKUS_DATASOURCE_USERNAME"])
                self.assertNotIn(manifests.OWNER_PASSWORD, service.values())
                self.assertNotIn(manifests.BOOTSTRAP_KEY, job.values())

    def test_every_job_grants_to_the_role_of_the_service(self) -> None:
        for target, containers in manifests.CONTAINERS.items():
            with self.subTest(target=target):
                role = containers()["phase-ledger"].env["QUARKUS_DATASOURCE_USERNAME"]
                self.assertEqual(["migrate", role], containers()["migrate"].args)

    def test_no_file_has_a_secret_in_it(self) -> None:
        for target, containers in manifests.CONTAINERS.items():
            for container in containers().values():
                with self.subTest(target=target, container=container.name):
                    for name in container.env:
                        if name.endswith(("PASSWORD", "KEY")):
                            self.assertIn(container.env[name], manifests.SECRETS.values())


if __name__ == "__main__":
    unittest.main()
