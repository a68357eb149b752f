"""Every file is what its schema asks for, once rendered; the schemas are published by others."""

from __future__ import annotations

import copy
import subprocess
import unittest

import jsonschema

import manifests
import published

REFUSED = jsonschema.ValidationError


class KubernetesTest(unittest.TestCase):
    def test_every_document_is_what_the_oldest_and_the_newest_kubernetes_ask_for(self) -> None:
        documents = manifests.kubernetes() + manifests.kubernetes_secrets()
        for version in published.kubernetes_versions():
            for document in documents:
                with self.subTest(version=version, kind=document["kind"]):
                    published.check_kubernetes(document, version)
        kinds = {document["kind"] for document in documents}
        self.assertEqual(
            {"Namespace", "Deployment", "Service", "Job", "PodDisruptionBudget", "NetworkPolicy", "Secret"}, kinds
        )

    def test_a_misspelt_field_is_refused(self) -> None:
        deployment = self.deployment()
        deployment["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
        with self.assertRaises(REFUSED):
            published.check_kubernetes(deployment, published.OLDEST_KUBERNETES)

    def test_the_image_is_the_one_of_the_kustomization(self) -> None:
        images = {container.image for container in manifests.kubernetes_containers().values()}
        self.assertEqual({"registry.example.com/phase-ledger:1.0.0"}, images)

    def test_what_selects_the_pods_of_the_service_selects_no_pod_of_the_job(self) -> None:
        pods = {
            document["kind"]: document["spec"]["template"]["metadata"]["labels"]
            for document in manifests.kubernetes()
            if document["kind"] in ("Deployment", "Job")
        }
        selectors = [
            document["spec"]["selector"].get("matchLabels", document["spec"]["selector"])
            for document in manifests.kubernetes()
            if document["kind"] in ("Deployment", "Service", "PodDisruptionBudget")
        ]
        self.assertEqual(3, len(selectors))
        for selector in selectors:
            self.assertLessEqual(selector.items(), pods["Deployment"].items())
            self.assertFalse(selector.items() <= pods["Job"].items())

    def test_a_pod_is_given_the_time_that_it_takes_to_stop(self) -> None:
        env = manifests.kubernetes_containers()["phase-ledger"].env
        takes = [int(env["QUARKUS_SHUTDOWN_" + name].removesuffix("s")) for name in ("DELAY", "TIMEOUT")]
        self.assertGreater(manifests.pod_spec(self.deployment())["terminationGracePeriodSeconds"], sum(takes))

    @staticmethod
    def deployment() -> dict:
        return next(each for each in manifests.kubernetes() if each["kind"] == "Deployment")


class CloudRunTest(unittest.TestCase):
    def test_every_document_is_what_the_api_asks_for(self) -> None:
        documents = manifests.cloudrun()
        self.assertEqual(["Job", "Service"], sorted(document["kind"] for document in documents))
        for document in documents:
            with self.subTest(kind=document["kind"]):
                published.check_cloud_run(document)

    def test_every_annotation_is_where_the_api_takes_it(self) -> None:
        accepted = published.cloud_run_annotations()
        for document in manifests.cloudrun():
            inner = "Revision" if document["kind"] == "Service" else "Execution"
            self.takes(accepted, document["kind"], document["metadata"])
            self.takes(accepted, inner, document["spec"]["template"]["metadata"])

    def takes(self, accepted: dict[str, set[str]], kind: str, metadata: dict) -> None:
        for name in metadata.get("annotations", {}):
            with self.subTest(kind=kind, annotation=name):
                self.assertIn(kind, accepted[name])

    def test_a_misspelt_field_and_a_number_for_a_text_are_refused(self) -> None:
        service = next(each for each in manifests.cloudrun() if each["kind"] == "Service")
        for wrong in ({"timeoutSecond": 3600}, {"timeoutSeconds": "3600"}):
            broken = copy.deepcopy(service)
            broken["spec"]["template"]["spec"].update(wrong)
            with self.subTest(wrong=wrong), self.assertRaises(REFUSED):
                published.check_cloud_run(broken)

    def test_it_waits_an_hour_for_a_thousand_and_its_cpu_is_its_own(self) -> None:
        template = next(each for each in manifests.cloudrun() if each["kind"] == "Service")["spec"]["template"]
        self.assertEqual((1000, 3600), (template["spec"]["containerConcurrency"], template["spec"]["timeoutSeconds"]))
        annotations = template["metadata"]["annotations"]
        self.assertEqual("1", annotations["autoscaling.knative.dev/minScale"])
        self.assertEqual("false", annotations["run.googleapis.com/cpu-throttling"])


class ComposeTest(unittest.TestCase):
    def test_the_file_is_what_the_specification_asks_for(self) -> None:
        published.check_compose(manifests.compose(manifests.SECRETS))

    def test_a_misspelt_field_is_refused(self) -> None:
        broken = manifests.compose(manifests.SECRETS)
        broken["services"]["phase-ledger"]["read_onlly"] = True
        with self.assertRaises(REFUSED):
            published.check_compose(broken)

    def test_without_one_of_its_secrets_it_does_not_start(self) -> None:
        for name in manifests.SECRETS:
            others = {key: value for key, value in manifests.SECRETS.items() if key != name}
            with self.subTest(name=name), self.assertRaises(subprocess.CalledProcessError) as refused:
                manifests.compose(others)
            self.assertIn(name.encode(), refused.exception.stderr)


if __name__ == "__main__":
    unittest.main()
