"""Owns the HTML page of the API, made by us from the OpenAPI schema: the usual page would load from another host.

It does not own the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ui.pages import render

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a JSON object."""

    name: str
    type: str
    required: bool
    note: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One route and method."""

    method: str
    path: str
    summary: str
    fields: tuple[Field, ...]
    reply: tuple[Field, ...]
    statuses: tuple[tuple[str, str], ...]


def docs_page(schema: Schema) -> str:
    """The page for a schema as FastAPI makes it."""
    return render("api.html", info=schema["info"], operations=tuple(operations(schema)))


def operations(schema: Schema) -> Iterator[Operation]:
    """Every operation of a schema, in its order."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            replies = operation["responses"]
            yield Operation(
                method=method.upper(),
                path=path,
                summary=operation.get("description") or operation.get("summary", ""),
                fields=_fields(schema, operation.get("requestBody", {})),
                reply=_fields(schema, replies.get("200", {})),
                statuses=tuple((status, reply.get("description", "")) for status, reply in replies.items()),
            )


def _fields(schema: Schema, body: Schema) -> tuple[Field, ...]:
    shape = body.get("content", {}).get("application/json", {}).get("schema", {})
    model = _named(schema, shape)
    required = model.get("required", [])
    return tuple(
        Field(key, _type(value), key in required, value.get("description", ""))
        for key, value in model.get("properties", {}).items()
    )


def _named(schema: Schema, shape: Schema) -> Schema:
    reference = shape.get("$ref", "")
    found: Schema = schema["components"]["schemas"].get(reference.rpartition("/")[2], {}) if reference else shape
    return found


def _type(value: Schema) -> str:
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "anyOf" in value:
        return " or ".join(_type(option) for option in value["anyOf"])
    if value.get("type") == "array":
        return f"list of {_type(value.get('items', {}))}"
    return str(value.get("type", "any"))
