"""/api/openapi.json says what there is, and what is answered keeps to it, whatever is asked."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from uuid_utils.compat import uuid7

from tests.sessions.conftest import GOLDEN, guided, send
from tracker.sessions.document import FIELDS

WANTED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OFTEN = settings(
    max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def description(client):
    return client.get("/api/openapi.json").json


@pytest.fixture
def app_once(as_alice, description):
    """A client, the description, and a session that is there already."""
    session_id = uuid7()
    assert send(as_alice, guided(), session_id).status_code == 201
    return as_alice, description, session_id


def test_every_route_is_described_and_every_described_one_exists(app, description):
    described = {
        (method.upper(), path)
        for path, methods in description["paths"].items()
        for method in methods
    }
    routed = {
        (method, rule.rule.replace("<uuid:", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert described == routed
    assert len(described) >= 6


def test_every_schema_in_it_is_one(description):
    for path in description["paths"].values():
        for operation in path.values():
            for answer in operation["responses"].values():
                Draft202012Validator.check_schema(answer["content"]["application/json"]["schema"])
            body = operation.get("requestBody")
            if body:
                Draft202012Validator.check_schema(body["content"]["application/json"]["schema"])


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_what_the_guide_sends_is_as_described(description, case):
    schema = description["paths"]["/api/sessions/{session_id}"]["put"]["requestBody"]
    sent = {
        "spot": "top-of-buttock",
        "side": "left",
        "tool": "fingertips",
        "started_at": "2026-11-20T10:30:00.000Z",
        "ended_at": None,
        "time_zone": "Europe/Berlin",
        "trace": case["trace"],
        "based_on": None,
    }
    Draft202012Validator(schema["content"]["application/json"]["schema"]).validate(sent)


def check(description, path, method, answer):
    """Whether this answer is one of those that are described; never a failure of ours."""
    described = description["paths"][path][method]["responses"]
    assert str(answer.status_code) in described, (answer.status_code, answer.text)
    schema = described[str(answer.status_code)]["content"]["application/json"]["schema"]
    Draft202012Validator(schema).validate(answer.json)


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "signed out"])
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
def test_whatever_is_asked_is_answered_as_described(app, as_alice, signed_in, mode):
    headers = {"Cookie": f"session={as_alice.get_cookie('session').value}"} if signed_in else {}
    api = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    for operation in api.get_all_operations():
        ask_often(operation.ok(), mode, headers)


def ask_often(operation, mode, headers):
    @OFTEN
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(headers=headers, checks=WANTED)

    ask()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
PATH = "/api/sessions/{session_id}"


@OFTEN
@given(key=st.sampled_from((*FIELDS, "owner", "based_on")), value=JSON, known=st.booleans())
def test_a_good_session_with_one_odd_value_is_answered_as_described(app_once, key, value, known):
    client, description, session_id = app_once
    body = guided(**{key: value})
    answer = send(client, body, session_id if known else None)
    check(description, PATH, "put", answer)


@OFTEN
@given(data=st.binary(max_size=200))
@pytest.mark.parametrize("method", ["put", "delete"])
def test_bytes_of_any_kind_are_answered_as_described(app_once, method, data):
    client, description, session_id = app_once
    answer = client.open(f"/api/sessions/{session_id}", method=method, data=data)
    check(description, PATH, method, answer)
