"""The history as a FHIR bundle: valid as R4B, and of elements that R4 has, too."""

import json
from datetime import timedelta
from importlib import import_module

import pytest
from fhir.resources.R4B.bundle import Bundle as R4B
from pydantic import ValidationError
from uuid_utils.compat import uuid7

from tests.sharing.conftest import NOW, TODAY
from tests.sharing.test_report import sent
from tracker.sharing import fhir_rows, report_views
from tracker.sharing.fhir import LOINC_NOTICE, bundle
from tracker.sharing.scope import PARTS

# The elements that are written. No package reads R4 (4.0.1), but both its neighbours are read: what
# STU3 (3.0) and R4B (4.3) take alike was not another thing in between. The few newer ones are kept
# by hand; they came with R4, as by HL7's account R4B is about medicines' definitions, evidence and
# subscriptions (hl7.org/fhir/R4B/r4b-explanation.html). Look a further one up before adding it.
SAME_IN_R4 = {
    "Bundle": {"id", "type", "timestamp", "entry"},
    "Patient": {"id", "identifier"},
    "Device": {"id", "deviceName", "version", "note"},
    "Procedure": {
        *("id", "status", "statusReason", "code", "subject", "performedPeriod", "performer"),
        *("bodySite", "note"),
    },
    "Observation": {
        *("id", "partOf", "status", "category", "code", "subject", "effectiveDateTime"),
        *("performer", "valueQuantity", "bodySite"),
    },
    "QuestionnaireResponse": {"id", "status", "subject", "authored", "item"},
    "Provenance": {"id", "target", "recorded", "agent"},
}
CAME_WITH_R4 = {
    *("Bundle.timestamp", "Device.deviceName", "Device.version", "Procedure.statusReason"),
    *("Observation.partOf", "Provenance.agent.type", "Provenance.agent.who"),
}
LISTS = {
    *("entry", "identifier", "deviceName", "performer", "partOf", "category", "item", "target"),
    *("agent", "coding", "answer", "note"),
}

pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def told(as_alice, alice, add_session, rate, can_do):
    """What a therapist's program gets of somebody with something of everything."""
    rated = {"pain_before": 6, "pain_after": 0, "tenderness_before": 5}
    add_session(
        alice,
        on=TODAY,
        **rated,
        ended_by="sharp",
        ended_at=NOW,
        note="a secret",
        next_day_soreness=2,
        next_day_at=NOW + timedelta(days=1),
    )
    add_session(alice, on=TODAY - timedelta(days=2))
    add_session(alice, spot="foot-arch", on=TODAY)
    rate(alice, {0: 7, 1: 3})
    rate(alice, {0: 9}, region="foot_sole")
    can_do(alice, "Sitting", {TODAY: 3})

    def get(**more):
        answer = sent(as_alice, "fhir", **more)
        assert answer.status_code == 200
        assert answer.mimetype == "application/fhir+json"
        return json.loads(answer.data)

    return get


def of(found, kind):
    each = (entry["resource"] for entry in found["entry"])
    return [resource for resource in each if resource["resourceType"] == kind]


def test_it_is_a_valid_collection(told):
    found = told()
    assert found["type"] == "collection"
    read = R4B.model_validate(found)
    assert len(read.entry) == len(found["entry"]) == 12
    assert json.loads(read.model_dump_json())["id"] == found["id"]


def test_only_elements_of_the_list_are_written(told):
    found = told()
    for resource in (found, *(entry["resource"] for entry in found["entry"])):
        kind = resource["resourceType"]
        assert set(resource) - {"resourceType"} <= SAME_IN_R4[kind], kind
        for name, value in resource.items():
            single = name not in LISTS and (name, kind) != ("version", "Device")
            assert isinstance(value, list) != single or (kind, name) == ("Procedure", "bodySite")


def test_all_but_a_few_elements_are_the_same_before_and_after_r4(told, alice, say_overall):
    say_overall(alice, 2)
    found = told(parts=PARTS)
    R4B.model_validate(found)
    kinds = [entry["resource"] for entry in found["entry"]]
    unknown = {each for one in ({**found, "entry": []}, *kinds) for each in unknown_before(one)}
    assert unknown == CAME_WITH_R4


def unknown_before(resource):
    """What STU3 does not take in this resource, at any depth, by its path."""
    kind = resource["resourceType"]
    model = getattr(import_module(f"fhir.resources.STU3.{kind.lower()}"), kind)
    try:
        model.model_validate(resource)
    except ValidationError as error:
        for each in error.errors():
            yield ".".join((kind, *(part for part in each["loc"] if type(part) is str)))


def test_pain_now_alone_has_a_loinc_code(told):
    found = of(told(), "Observation")
    codes = {
        each["code"]["coding"][-1]["code"]: [part["system"] for part in each["code"]["coding"]]
        for each in found
    }
    loinc, own = "http://loinc.org", "urn:sweetspot:code"
    assert codes == {
        "pain-before": [loinc, own],
        "pain-after": [loinc, own],
        "tenderness-before": [own],
        "next-day-soreness": [own],
        "pain-24h": [own],
    }
    first = next(each for each in found if len(each["code"]["coding"]) == 2)
    assert first["code"]["coding"][0]["code"] == "72514-3"
    assert {each["category"][0]["coding"][0]["code"] for each in found} == {"survey"}
    assert {each["valueQuantity"]["code"] for each in found} == {"{score}"}


def test_blank_is_not_zero_and_zero_is_not_blank(told):
    values = {
        each["code"]["coding"][-1]["code"]: each["valueQuantity"]["value"]
        for each in of(told(), "Observation")
    }
    assert values["pain-after"] == 0
    assert "tenderness-after" not in values


def test_a_session_says_how_it_ended_and_when(told):
    later, earlier = sorted(
        of(told(), "Procedure"), key=lambda each: each["performedPeriod"]["start"], reverse=True
    )
    assert (later["status"], later["statusReason"]["text"]) == ("stopped", "Sharp or hot")
    assert later["performedPeriod"]["start"] == "2026-11-22T08:00:00+01:00"
    assert earlier["status"] == "completed"
    assert "statusReason" not in earlier
    assert later["bodySite"] == [{"text": "Top of the buttock, left"}]


def test_the_person_is_a_pseudonym_and_every_reference_leads_somewhere(told, alice):
    found = told(name="Alice A.", parts=("days", "sessions", "after", "activities"))
    text = json.dumps(found)
    for hidden in (str(alice.id), alice.email, "Alice", "a secret", "Arch of the foot"):
        assert hidden not in text
    known = {entry["fullUrl"] for entry in found["entry"]}
    assert len(known) == len(found["entry"])
    assert set(references(found)) <= known
    assert LOINC_NOTICE in text


def references(value):
    if isinstance(value, dict):
        if "reference" in value:
            yield value["reference"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def test_only_the_chosen_parts_leave(told):
    assert of(told(parts=("days",)), "Procedure") == []
    assert len(of(told(parts=("days",)), "Observation")) == 2
    assert "a secret" in json.dumps(told(parts=("sessions", "notes")))
    assert of(told(parts=("activities",)), "QuestionnaireResponse")[0]["item"] == [
        {"linkId": "1", "text": "Sitting", "answer": [{"valueInteger": 3}]}
    ]
    codes = [each["code"]["text"] for each in of(told(parts=("sessions",)), "Observation")]
    assert not any("Soreness" in code for code in codes)
    sessions = of(told(parts=("sessions",)), "Procedure")
    assert {each["status"] for each in sessions} == {"unknown"}
    assert not any("statusReason" in each for each in sessions)


def test_what_was_said_overall_is_an_answer_with_its_question(told, alice, say_overall):
    say_overall(alice, 2)
    say_overall(alice, 3, days_ago=28)
    say_overall(alice, 7, spot="foot-arch")
    found = told(parts=("overall",))
    R4B.model_validate(found)
    earlier, later = of(found, "QuestionnaireResponse")
    assert set(later) - {"resourceType"} <= SAME_IN_R4["QuestionnaireResponse"]
    assert [each["authored"] for each in (earlier, later)] == ["2026-10-25", "2026-11-22"]
    assert later["id"] != earlier["id"]
    (item,) = later["item"]
    assert item["linkId"] == "overall-change"
    assert item["text"].startswith("Top of the buttock, left: Since you started with this spot")
    assert item["answer"] == [{"valueInteger": 2}]
    assert of(told(parts=("sessions",)), "QuestionnaireResponse") == []


def test_what_is_saved_meanwhile_is_in_no_part_of_it(told, alice, rate, monkeypatch):
    read = report_views.sessions_in

    def read_slowly(*args):
        found = read(*args)
        rate(alice, {5: 8})
        return found

    monkeypatch.setattr(report_views, "sessions_in", read_slowly)
    assert len(of(told(parts=("days", "sessions")), "Observation")) == 5
    monkeypatch.undo()


def test_nothing_is_a_bundle_too():
    found = bundle(uuid7(), "1", NOW, [], [], [], [])
    R4B.model_validate(found)
    assert [entry["resource"]["resourceType"] for entry in found["entry"]] == [
        *("Patient", "Device", "Provenance")
    ]


def test_too_much_for_one_file_is_said(as_alice, alice, add_session, monkeypatch):
    monkeypatch.setattr(fhir_rows, "MOST", 1)
    add_session(alice, on=TODAY)
    assert sent(as_alice, "fhir").status_code == 200
    add_session(alice, on=TODAY)
    page = sent(as_alice, "fhir")
    assert page.status_code == 422
    assert "choose a later first day" in page.text
