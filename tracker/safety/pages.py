"""What comes before Prepare: help now, why a spot is closed, or the one sheet of questions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import render_template
from uuid_utils.compat import uuid7

from tracker.accounts.models import User
from tracker.database import db
from tracker.safety import words
from tracker.safety.answers import Said
from tracker.safety.checks import Sheet, closed_sides, place_of, sheet_for, standings
from tracker.safety.content import OpensWith
from tracker.safety.forms import SheetForm
from tracker.safety.models import ListedCondition
from tracker.safety.queries import as_condition, entries_of
from tracker.safety.standing import SAFETY, Reason, Standing, State, standing
from tracker.spots.queries import AnySpot
from tracker.spots.words import place


def before_prepare(
    user: User, spot: AnySpot, side: str, said: Said, done: int, now: datetime, *, waits: bool
) -> str | None:
    """The page that stands before Prepare, or None where nothing does.

    `done` counts the sessions kept at this spot; who has to wait there anyway (`waits`) is asked
    nothing. Closed comes before questions: nothing more is
    asked of somebody who is to see a clinician first.
    """
    here = standings(spot, said, now)[side]
    if here.state is State.EMERGENCY:
        return help_page(said, now)
    if here.state is State.CLOSED:
        return closed_page(user, spot, side, said, now)
    sheet = None if waits else sheet_for([spot], said, {spot.id: done}, now)
    return sheet_page(spot, side, sheet, blank_form(sheet)) if sheet else None


def blank_form(sheet: Sheet) -> SheetForm:
    asked = {"gates": [gate.id for gate in sheet.gates], "asks_list": sheet.asks_list}
    return SheetForm(formdata=None, data={"id": str(uuid7()), **asked})


def sheet_page(
    spot: AnySpot, side: str, sheet: Sheet, form: SheetForm, stops: Sequence[str] = ()
) -> str:
    """The sheet; `stops` are all the spots that wait, where there are several."""
    return render_template(
        "safety/sheet.html",
        spot=spot,
        side=side,
        stops=stops,
        sheet=sheet,
        form=form,
        safety=SAFETY,
    )


def help_page(said: Said, now: datetime) -> str:
    """What to do now, and nothing else."""
    waiting = [each for each in said.answers if each.emergency and each.waits(now)]
    return render_template(
        "safety/help.html",
        effect=SAFETY.effects["emergency"],
        chosen=[SAFETY.items[id_].text for each in waiting for id_ in each.closing],
        gates=[SAFETY.gates[gate] for gate in dict.fromkeys(each.gate for each in waiting)],
    )


def closed_page(user: User, spot: AnySpot, side: str, said: Said, now: datetime) -> str:
    stands = standings(spot, said, now)
    here, closed = stands[side], closed_sides(stands)
    return render_template(
        "safety/closed.html",
        spot=spot,
        side=side,
        place=place(spot.name, side),
        open_sides=[each for each in spot.sides if each not in closed],
        told=words.told(here.closing),
        gates=gates_waiting(here.closing),
        entries=entries_closing(user, spot, side, now),
    )


def gates_waiting(reasons: Iterable[Reason]) -> list[Any]:
    """The gates with an answer that a clinician's look opens."""
    ids = [r.rule for r in reasons if r.item and r.opens_with is OpensWith.CLINICIAN]
    return [SAFETY.gates[id_] for id_ in dict.fromkeys(ids)]


def entries_closing(
    user: User, spot: AnySpot, side: str, now: datetime
) -> list[tuple[ListedCondition, OpensWith]]:
    """The entries of the list that close this side, each with what opens it."""
    found = []
    for row in db.session.scalars(entries_of(user)):
        alone: Standing = standing(place_of(spot), side, [], [as_condition(row)], now)
        if alone.clear_with:
            found.append((row, alone.clear_with))
    return found
