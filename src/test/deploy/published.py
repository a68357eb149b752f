"""Schemas that others published: of Kubernetes, of Compose files, and of Cloud Run's API."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate

COMPOSE = "check_jsonschema/builtin_schemas/vendor/compose-spec.json"
CLOUD_RUN = "googleapiclient/discovery_cache/documents/run.v1.json"

OLDEST_KUBERNETES = "1.27"


def kubernetes_versions() -> list[str]:
    return [OLDEST_KUBERNETES, kubernetes_validate.latest_version()]


def check_kubernetes(document: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(document, version, strict=True)


def check_compose(document: dict[str, Any]) -> None:
    schema = packed(COMPOSE)
    jsonschema.validators.validator_for(schema)(schema).validate(document)


def check_cloud_run(document: dict[str, Any]) -> None:
    schemas = {name: closed(schema) for name, schema in packed(CLOUD_RUN)["schemas"].items()}
    schema = {"$ref": f"#/schemas/{document['kind']}", "schemas": schemas}
    jsonschema.Draft202012Validator(schema).validate(document)


def cloud_run_annotations() -> dict[str, set[str]]:
    """The annotations that Cloud Run accepts, each with the kinds of resource that take it."""
    text = packed(CLOUD_RUN)["schemas"]["ObjectMeta"]["properties"]["annotations"]["description"]
    return {
        name: {kind.strip() for kind in kinds.split(",") if kind.strip()}
        for name, kinds in re.findall(r"\* `([^`]+)`: ([^.*]+)", text)
    }


def closed(schema: Any) -> Any:
    """Google's form of a schema as JSON Schema's, in which a field that is not there is refused."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("$ref"), str):
        return {"$ref": f"#/schemas/{schema['$ref']}"}
    plain = {key: closed(value) for key, value in schema.items() if key in ("type", "items", "enum")}
    if "properties" in schema:
        plain["properties"] = {name: closed(value) for name, value in schema["properties"].items()}
        plain["additionalProperties"] = False
    elif "additionalProperties" in schema:
        plain["additionalProperties"] = closed(schema["additionalProperties"])
    return plain


def packed(name: str) -> Any:
    """The file out of whichever package there is that has it."""
    for wheel in sorted(Path(os.environ["PUBLISHED_WHEELS"]).glob("*.whl")):
        with zipfile.ZipFile(wheel) as files:
            if name in files.namelist():
                return json.loads(files.read(name))
    raise FileNotFoundError(name)
