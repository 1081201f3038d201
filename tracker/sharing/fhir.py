"""Sessions and ratings as a FHIR R4 collection Bundle, of elements that R4 and R4B share.

Only pain now has a LOINC code here, because the question and its answers are the same; everything
else has codes of its own and a text. The person is a pseudonym.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

Resource = dict[str, Any]
MEDIA_TYPE = "application/fhir+json"
OWN = "urn:sweetspot:code"
SPACE = UUID("c0a1c1de-6b0e-4d6e-9d53-6f3d7c7b9a51")  # ours alone, to name what has no id
SCORE = {"unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}"}
SURVEY = {
    "system": "http://terminology.hl7.org/CodeSystem/observation-category",
    "code": "survey",
    "display": "Survey",
}
PAIN_NOW = {
    "system": "http://loinc.org",
    "code": "72514-3",
    "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
}
AUTHOR, ASSEMBLER = (
    {
        "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
        "code": code,
        "display": code.capitalize(),
    }
    for code in ("author", "assembler")
)
LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief "
    "Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and "
    "is available at no cost under the license at http://loinc.org/license. LOINC is a registered "
    "United States trademark of Regenstrief Institute, Inc."
)
# What is asked: its code, its words, and whether the question is LOINC's.
ASKED = {
    "pain_before": ("pain-before", "Pain now, before the session (0-10)", True),
    "pain_after": ("pain-after", "Pain now, after the session (0-10)", True),
    "tenderness_before": ("tenderness-before", "Tenderness to one press, before (0-10)", False),
    "tenderness_after": ("tenderness-after", "Tenderness to one press, after (0-10)", False),
    "soreness": ("next-day-soreness", "Soreness the day after the session (0-10)", False),
}
PAIN_24H = ("pain-24h", "Average pain over the last 24 hours (0-10)")
OVERALL = (
    "overall-change",
    "Since you started with this spot, how has this area changed overall? "
    "(1 very much improved, 4 no change, 7 very much worse)",
)
STOPPED = {
    "user": "Stopped by choice",
    "sharp": "Sharp or hot",
    "nerve": "Numb or tingling",
    "pulse": "Pulsing",
    "discomfort": "Too much",
    "emergency": "Unwell",
    "away": "Cut short",
}


@dataclass(frozen=True, slots=True)
class Done:
    """A session: ratings by the names of ASKED, None where blank; zone is an IANA name.

    Where the end is not shown, nothing says whether it was stopped.
    """

    id: UUID
    place: str
    started_at: datetime
    ended_at: datetime | None
    zone: str
    ended_by: str | None
    ratings: dict[str, int | None]
    soreness_at: datetime | None = None
    note: str = ""
    end_shown: bool = True


@dataclass(frozen=True, slots=True)
class DayRated:
    id: UUID
    place: str
    day: date
    pain: int


@dataclass(frozen=True, slots=True)
class ActivitiesRated:
    """How well each activity went on a day: (name, 0 unable to 10 as well as before)."""

    day: date
    goes: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class SaidOverall:
    """How a place changed overall since they began there: 1 very much improved, 7 very much worse.

    spot_side tells it from another place of the same name.
    """

    day: date
    spot_side: str
    place: str
    change: int


def bundle(
    person: UUID,
    version: str,
    now: datetime,
    sessions: Iterable[Done],
    days: Iterable[DayRated],
    activities: Iterable[ActivitiesRated],
    overall: Iterable[SaidOverall],
) -> Resource:
    """Everything chosen, with who said it and what put it together."""
    patient, device = uuid5(SPACE, f"patient {person}"), uuid5(SPACE, f"device {version}")
    found = [(patient, _patient(patient)), (device, _device(device, version))]
    said = [
        *(entry for each in sessions for entry in _session(each, patient)),
        *((each.id, _day(each, patient)) for each in days),
        *(_activities(each, patient) for each in activities),
        *(_overall(each, patient) for each in overall),
    ]
    targets = [each_id for each_id, _resource in said] or [patient]
    made = uuid5(SPACE, f"provenance {person} {now.isoformat()}")
    found += [*said, (made, _provenance(made, targets, patient, device, now))]
    return {
        "resourceType": "Bundle",
        "id": str(uuid5(SPACE, f"bundle {person} {now.isoformat()}")),
        "type": "collection",
        "timestamp": now.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": _urn(each_id), "resource": each} for each_id, each in found],
    }


def _patient(patient: UUID) -> Resource:
    return {
        "resourceType": "Patient",
        "id": str(patient),
        "identifier": [{"system": "urn:sweetspot:pseudonym", "value": str(patient)}],
    }


def _device(device: UUID, version: str) -> Resource:
    return {
        "resourceType": "Device",
        "id": str(device),
        "deviceName": [{"name": "Sweetspot", "type": "user-friendly-name"}],
        "version": [{"value": version}],
        "note": [{"text": LOINC_NOTICE}],
    }


def _session(done: Done, patient: UUID) -> Iterator[tuple[UUID, Resource]]:
    yield done.id, _procedure(done, patient)
    zone = ZoneInfo(done.zone)
    for name, (code, text, loinc) in ASKED.items():
        value = done.ratings.get(name)
        if value is None:
            continue
        at = done.started_at if name.endswith("before") else done.ended_at or done.started_at
        at = (done.soreness_at or at) if name == "soreness" else at
        coding = [PAIN_NOW] if loinc else []
        concept = {"coding": [*coding, {"system": OWN, "code": code}], "text": text}
        own_id = uuid5(SPACE, f"{done.id} {code}")
        when = at.astimezone(zone).isoformat(timespec="seconds")
        rated = _observation(own_id, patient, concept, when, done.place, value)
        yield own_id, rated | {"partOf": [{"reference": _urn(done.id)}]}


def _procedure(done: Done, patient: UUID) -> Resource:
    zone = ZoneInfo(done.zone)
    period = {"start": done.started_at.astimezone(zone).isoformat(timespec="seconds")}
    if done.ended_at:
        period["end"] = done.ended_at.astimezone(zone).isoformat(timespec="seconds")
    stopped = done.end_shown and done.ended_by in STOPPED
    ended = "stopped" if stopped else "completed"
    found: Resource = {
        "resourceType": "Procedure",
        "id": str(done.id),
        "status": ended if done.end_shown else "unknown",
        "code": {"coding": [{"system": OWN, "code": "self-massage"}], "text": "Self-massage"},
        "subject": {"reference": _urn(patient)},
        "performedPeriod": period,
        "performer": [{"actor": {"reference": _urn(patient)}}],
        "bodySite": [{"text": done.place}],
    }
    if stopped and done.ended_by:
        coding = [{"system": OWN, "code": done.ended_by}]
        found["statusReason"] = {"coding": coding, "text": STOPPED[done.ended_by]}
    if done.note:
        found["note"] = [{"text": done.note}]
    return found


def _observation(
    own_id: UUID, patient: UUID, concept: Resource, when: str, place: str, value: int
) -> Resource:
    return {
        "resourceType": "Observation",
        "id": str(own_id),
        "status": "final",
        "category": [{"coding": [SURVEY]}],
        "code": concept,
        "subject": {"reference": _urn(patient)},
        "effectiveDateTime": when,
        "performer": [{"reference": _urn(patient)}],
        "valueQuantity": {"value": value, **SCORE},
        "bodySite": {"text": place},
    }


def _day(rated: DayRated, patient: UUID) -> Resource:
    code, text = PAIN_24H
    concept = {"coding": [{"system": OWN, "code": code}], "text": text}
    return _observation(rated.id, patient, concept, str(rated.day), rated.place, rated.pain)


def _activities(rated: ActivitiesRated, patient: UUID) -> tuple[UUID, Resource]:
    own_id = uuid5(SPACE, f"activities {patient} {rated.day}")
    items = [_item(str(n), name, goes) for n, (name, goes) in enumerate(rated.goes, 1)]
    return own_id, _answers(own_id, patient, rated.day, items)


def _overall(said: SaidOverall, patient: UUID) -> tuple[UUID, Resource]:
    code, text = OVERALL
    own_id = uuid5(SPACE, f"{code} {patient} {said.spot_side} {said.day}")
    item = _item(code, f"{said.place}: {text}", said.change)
    return own_id, _answers(own_id, patient, said.day, [item])


def _answers(own_id: UUID, patient: UUID, day: date, items: list[Resource]) -> Resource:
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(own_id),
        "status": "completed",
        "subject": {"reference": _urn(patient)},
        "authored": str(day),
        "item": items,
    }


def _item(link: str, text: str, answer: int) -> Resource:
    return {"linkId": link, "text": text, "answer": [{"valueInteger": answer}]}


def _provenance(
    own_id: UUID, targets: Iterable[UUID], patient: UUID, device: UUID, now: datetime
) -> Resource:
    agents = ((AUTHOR, patient), (ASSEMBLER, device))
    return {
        "resourceType": "Provenance",
        "id": str(own_id),
        "target": [{"reference": _urn(target)} for target in targets],
        "recorded": now.isoformat(timespec="seconds"),
        "agent": [
            {"type": {"coding": [role]}, "who": {"reference": _urn(who)}} for role, who in agents
        ],
    }


def _urn(own_id: UUID) -> str:
    return f"urn:uuid:{own_id}"
