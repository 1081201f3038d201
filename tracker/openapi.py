"""/api/openapi.json: the API as its views describe it, put together from the routes there are."""

import re
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, current_app
from werkzeug.routing import Rule

from tracker.api import ERROR, PREFIX, REFUSED, Answer, Operation, Schema, described, meaning

VERSION = "3.1.0"
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
SENT = {"PUT", "POST", "PATCH", "DELETE", "GET"}
SIGNED_IN = [{"session": []}]
SOON: dict[int, Schema] = {413: ERROR, 429: ERROR, 503: ERROR, 507: ERROR}  # 413: shorter

bp = Blueprint("openapi", __name__)


@bp.get("/api/openapi.json")
@described(Operation("This description.", {200: {"type": "object"}}, public=True))
def openapi() -> Answer:
    """What can be asked of /api, and what is answered."""
    return description_of(current_app), 200


def description_of(app: Flask) -> dict[str, Any]:
    """OpenAPI 3.1 of every route under /api; a route that nobody described stops it."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(PREFIX):
            here = paths.setdefault(PARAMETER.sub(r"{\g<name>}", rule.rule), {})
            for method in sorted((rule.methods or set()) & SENT):
                here[method.lower()] = _operation(app, rule)
    return {
        "openapi": VERSION,
        "info": {
            "title": "Sweetspot",
            "version": "1",
            **meaning(
                "How phones keep sessions once. JSON is read strictly: a key that stands twice, "
                "an unknown one, NaN, and text a database cannot hold are refused."
            ),
        },
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "session"}}
        },
    }


def _operation(app: Flask, rule: Rule) -> dict[str, Any]:
    said: Operation = app.view_functions[rule.endpoint].operation  # type: ignore[attr-defined]
    answers = dict(said.answers)
    if not said.public:
        answers |= {401: ERROR}
    if rule.arguments:
        answers |= {404: ERROR}
    if said.query or said.body:
        answers |= {422: REFUSED}
    if said.body:
        answers |= SOON
    found: dict[str, Any] = {
        "operationId": rule.endpoint.replace(".", "_"),
        "summary": said.summary,
        "parameters": [*_in_path(rule), *_in_query(said)],
        "responses": {str(code): _answer(code, answers[code]) for code in sorted(answers)},
        "security": [] if said.public else SIGNED_IN,
    }
    if said.body:
        content = {"application/json": {"schema": said.body}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _in_path(rule: Rule) -> list[dict[str, Any]]:
    return [
        {
            "name": found["name"],
            "in": "path",
            "required": True,
            "schema": {"type": "string"} | ({"format": "uuid"} if found["kind"] == "uuid" else {}),
        }
        for found in PARAMETER.finditer(rule.rule)
    ]


def _in_query(said: Operation) -> list[dict[str, Any]]:
    asked = said.query or {}
    return [{"name": name, "in": "query", "schema": schema} for name, schema in asked.items()]


def _answer(code: int, schema: Schema) -> dict[str, Any]:
    return {
        "description": HTTPStatus(code).phrase,
        "content": {"application/json": {"schema": schema}},
    }
