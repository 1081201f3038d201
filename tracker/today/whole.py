"""What Today asks or says of a spot as a whole: its overall change, and that six weeks are over."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.accounts.models import User
from tracker.checkins.overall_due import due_first, may_be_due
from tracker.checkins.queries import began_and_answered
from tracker.days.asked import is_due
from tracker.progress.review import is_due as six_weeks_are_over
from tracker.progress.review import just_due
from tracker.sessions.queries import SpotSide
from tracker.spots.chosen import Chosen
from tracker.spots.queries import AnySpot
from tracker.spots.words import place

Spots = Mapping[str, AnySpot]
ChosenOn = Mapping[SpotSide, date]


@dataclass(frozen=True, slots=True)
class Whole:
    """A spot and side that is asked about as a whole, or looked back at."""

    on: date
    spot_id: str
    side: str
    place: str


def chosen_on(tracked: Iterable[Chosen], spots: Spots, local: datetime) -> ChosenOn:
    """The person's own day on which each spot and side came onto their list."""
    return {
        (one.spot_id, one.side): one.since.astimezone(local.tzinfo).date()
        for one in tracked
        if one.since and one.spot_id in spots
    }


def wholes_of(
    user: User,
    chosen: ChosenOn,
    massaged: Container[SpotSide],
    spots: Spots,
    today: date,
    *,
    asks: bool,
) -> tuple[Whole | None, Whole | None]:
    """The spot to ask about overall, where Today `asks`, and the one that came to six weeks lately.

    Asks the database once, and only where somebody may have been at a spot for four weeks, or for
    six: both pages count from the first session, which may be long after a spot was chosen.
    """
    asks = asks and is_due(user.overall_on, today)
    asked = [where for where, since in chosen.items() if asks and may_be_due(since, today)]
    seen = [w for w in chosen if w in massaged and six_weeks_are_over(chosen[w], today)]
    places = list(dict.fromkeys([*asked, *seen]))
    if not places:
        return None, None
    began, answered = began_and_answered(user, places)
    overall = due_first({where: began[where] for where in asked if where in began}, answered, today)
    reached = {where: max(began[where], chosen[where]) for where in seen if where in began}
    reviewed = next((where for where in reached if just_due(reached[where], today)), None)
    return _whole(overall, spots, today), _whole(reviewed, spots, today)


def _whole(where: SpotSide | None, spots: Spots, today: date) -> Whole | None:
    if where is None:
        return None
    return Whole(today, *where, place=place(spots[where[0]].name, where[1]))
