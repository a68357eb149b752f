"""What is deployed, as the tools that deploy it read it: rendered documents, and the containers in them."""

from __future__ import annotations

import os
import re
import string
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "src" / "main" / "deploy"

APP_PASSWORD = "an app's password: {'$\"}"
OWNER_PASSWORD = "an owner's password"
BOOTSTRAP_KEY = "bootstrap-" + "0123456789" * 4

SECRETS = {
    "PHASE_LEDGER_APP_PASSWORD": APP_PASSWORD,
    "PHASE_LEDGER_OWNER_PASSWORD": OWNER_PASSWORD,
    "PHASE_LEDGER_AUTH_BOOTSTRAP_KEY": BOOTSTRAP_KEY,
    "POSTGRES_PASSWORD": "a superuser's password",
}

CLOUD_SECRETS = {
    "phase-ledger-app-password": APP_PASSWORD,
    "phase-ledger-owner-password": OWNER_PASSWORD,
    "phase-ledger-bootstrap-key": BOOTSTRAP_KEY,
}

CLOUD_NAMES = {
    "PROJECT_ID": "sports",
    "PROJECT_NUMBER": "123456789",
    "REGION": "us-east1",
    "IMAGE": "us-east1-docker.pkg.dev/sports/ledger/phase-ledger:1.0.0",
    "DATABASE_HOST": "10.1.2.3",
}


class Container(NamedTuple):
    name: str
    image: str
    args: list[str]
    env: dict[str, str]


def cloudrun() -> list[dict[str, Any]]:
    texts = [path.read_text() for path in sorted((DEPLOY / "cloudrun").glob("*.yaml"))]
    return [yaml.safe_load(string.Template(without_comments(text)).substitute(CLOUD_NAMES)) for text in texts]


def kubernetes() -> list[dict[str, Any]]:
    rendered = subprocess.run(["kubectl", "kustomize", str(DEPLOY / "kubernetes")], capture_output=True, check=True)
    return list(yaml.safe_load_all(rendered.stdout))


def kubernetes_secrets() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes" / "secrets.example.yaml").read_text()))


def compose(secrets: dict[str, str]) -> dict[str, Any]:
    """As podman-compose understands it; it asks for a podman, which it does not need for this."""
    rendered = subprocess.run(
        ["podman-compose", "-f", str(DEPLOY / "compose" / "compose.yaml"), "config"],
        capture_output=True,
        check=True,
        env={"PATH": os.environ["PATH"]} | secrets,
    )
    return yaml.safe_load(rendered.stdout)


def without_comments(text: str) -> str:
    return re.sub(r"(?m)^ *#.*\n", "", text)


def cloudrun_containers() -> dict[str, Container]:
    return by_name(
        container(spec, lambda ref: CLOUD_SECRETS[ref["name"]])
        for document in cloudrun()
        for spec in pod_spec(document)["containers"]
    )


def kubernetes_containers() -> dict[str, Container]:
    example = {secret["metadata"]["name"]: secret["stringData"] for secret in kubernetes_secrets()}

    def secret(ref: dict[str, str]) -> str:
        value = example[ref["name"]][ref["key"]]
        return SECRETS.get(value, value)

    return by_name(
        container(spec, secret)
        for document in kubernetes()
        if document["kind"] in ("Deployment", "Job")
        for spec in pod_spec(document)["containers"]
    )


def compose_containers() -> dict[str, Container]:
    return by_name(
        Container(name, service["image"], service.get("command", []), texts(service["environment"]))
        for name, service in compose(SECRETS)["services"].items()
        if name != "database"
    )


def container(spec: dict[str, Any], secret: Any) -> Container:
    env = {
        entry["name"]: entry["value"] if "value" in entry else secret(entry["valueFrom"]["secretKeyRef"])
        for entry in spec["env"]
    }
    return Container(spec["name"], spec["image"], spec.get("args", []), env)


def pod_spec(document: dict[str, Any]) -> dict[str, Any]:
    spec = document["spec"]["template"]["spec"]
    return spec["template"]["spec"] if "template" in spec else spec


def texts(environment: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in environment.items()}


def by_name(containers: Any) -> dict[str, Container]:
    return {each.name: each for each in containers}


CONTAINERS = {
    "cloudrun": cloudrun_containers,
    "kubernetes": kubernetes_containers,
    "compose": compose_containers,
}
