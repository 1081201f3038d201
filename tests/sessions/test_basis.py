"""For whatever a person is told, the app says who says so."""

import pytest

from tracker.sessions.basis import OF_DUE, OF_PLAN, parts
from tracker.sessions.dose import DueReason
from tracker.sessions.filters import basis_words
from tracker.sessions.opening import Reason
from tracker.sessions.rules import RULES, SOURCE
from tracker.spots.extract import extract_toml

KINDS = {"article", "source", "judgement"}


def every_basis():
    rules = (*RULES.in_session, *RULES.next_day.rules, *RULES.protocols.values())
    single = (RULES.start, RULES.dose, RULES.next_day, RULES.progression)
    return {each.basis for each in (*rules, *single)} | {*OF_PLAN.values(), *OF_DUE.values()}


def test_every_reason_of_a_plan_and_of_a_rest_has_a_basis():
    assert OF_PLAN.keys() == set(Reason)
    assert OF_DUE.keys() == set(DueReason)


@pytest.mark.parametrize("basis", sorted(every_basis()))
def test_every_basis_can_be_said(app, basis):
    assert {kind for kind, _what in parts(basis)} <= KINDS
    with app.test_request_context():
        assert len(basis_words(basis)) == len(parts(basis))


def test_what_is_named_stands_in_the_sentence(app):
    with app.test_request_context():
        assert basis_words("article: build slowly; judgement") == [
            "From the article: build slowly.",
            "This app's own judgement.",
        ]


def test_translators_find_all_of_it():
    with SOURCE.open("rb") as file:
        found = {message for _line, _function, message, _notes in extract_toml(file, (), (), {})}
    assert {what for basis in every_basis() for _kind, what in parts(basis) if what} <= found
