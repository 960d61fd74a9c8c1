"""Validates the bodies of requests against Discord's OpenAPI file, where it lies beside the checkout."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

SPECIFICATION = Path(__file__).parents[2].parent / "shared" / "discord-openapi.json"
"""Discord's published description of its HTTP interface; the tests do without where it is missing."""

_ANYTHING = re.compile(r"\\\{[^/]+?\\\}")


@cache
def _specification() -> dict[str, Any]:
    return json.loads(SPECIFICATION.read_text(encoding="utf-8")) if SPECIFICATION.is_file() else {"paths": {}}


@cache
def _paths() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return each path as a pattern, those with the fewest placeholders first."""
    templates = sorted(_specification()["paths"], key=lambda path: path.count("{"))
    return tuple((re.compile(_ANYTHING.sub("[^/]+", re.escape(path)) + r"\Z"), path) for path in templates)


@cache
def _template(path: str) -> str | None:
    return next((template for pattern, template in _paths() if pattern.match(path)), None)


@cache
def _validator(method: str, template: str) -> Validator | None:
    operation = _specification()["paths"][template].get(method.lower(), {})
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body is None:
        return None
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **body["schema"]}
    whole["components"] = _specification()["components"]
    return Draft202012Validator(whole)


def _described(name: str, value: Any) -> Any:
    """Write ids as text and permissions as numbers, as the file has them; Discord takes what discord.py sends too."""
    if isinstance(value, dict):
        return {key: _described(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_described(name, inner) for inner in value]
    if name in {"id", "recipient_id"} and isinstance(value, int):
        return str(value)
    return int(value) if name in {"allow", "deny"} and isinstance(value, str) else value


def mistakes(method: str, path: str, body: object) -> list[str]:
    """Name what Discord would refuse in a request's body; nothing where it is fine or undescribed."""
    template = _template(path)
    validator = _validator(method, template) if template else None
    if validator is None:
        return []
    # A body with bytes in it is what the library makes into a form later.
    plain = _described("", json.loads(json.dumps(body, default=str)))
    return [
        f"{method} {template}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
        for error in validator.iter_errors(plain)
    ]
