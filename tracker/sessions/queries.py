"""A person's sessions. Every one of these starts from their owner."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import undefer

from tracker.accounts.models import User
from tracker.database import db
from tracker.days.change import change_over, greater
from tracker.days.queries import RATED, STANDING
from tracker.days.tracked import RegionSide, asked_side
from tracker.sessions.dose import worse_on
from tracker.sessions.history import PastSession
from tracker.sessions.models import MassageSession, Tombstone
from tracker.sessions.next_day import bruise_stays
from tracker.sessions.pauses import NERVE_LASTS
from tracker.sessions.remembered import ASKED, CHANGE, LEVELS, STORED, remembered
from tracker.sessions.rules import RULES
from tracker.spots.queries import Regions, SpotSide, hurting_and_pressed

# Enough to know the last level that stayed, five sessions of a week, and a week of rest. What lasts
# longer than they reach back, a nerve sign or a bruise, is looked for by itself.
REMEMBERED = 8
A_WEEK = timedelta(days=8)  # with a day of slack, for the zone a session was done in
STATEMENTS = 256  # how many are kept built: one for each list of spots that hurt elsewhere or not
PAGE = 20
NONE = literal_column("0", Integer)  # a bound value would be sent along for every column
HISTORY, LASTING, LATELY, RATINGS = range(4)  # the parts of what Today asks for at once
SpotSideSession = tuple[str, str, PastSession]

# Today and History read columns with statements built once: building one costs more than running
# it, and so does the ORM. They all start from MINE, which does not run without its user_id.
COLUMNS = MassageSession.__table__.c
MINE = select().where(COLUMNS.user_id == bindparam("user_id"), COLUMNS.deleted_at.is_(None))


class OfToday(NamedTuple):
    """What Today needs of the sessions and of the day; lately has ids, rated is of today."""

    history: Mapping[SpotSide, Sequence[PastSession]]
    lately: list[SpotSideSession]
    rated: dict[RegionSide, int]


class Listed(NamedTuple):
    """One session as the history lists it; a tuple, as its fields are read ten times as fast."""

    id: UUID
    spot_id: str
    side: str
    started_at: datetime
    local_date: date
    entry: str
    ended_by: str | None
    peak_level: int | None
    pain_before: int | None
    pain_after: int | None


def sessions_of(user: User) -> Select[tuple[MassageSession]]:
    """The sessions this person kept; deleted ones wait apart for their undo."""
    mine = select(MassageSession).where(MassageSession.user_id == user.id)
    return mine.where(MassageSession.deleted_at.is_(None))


def sessions_among(user: User, ids: Collection[UUID]) -> Sequence[MassageSession]:
    """Those of these sessions that this person has, in the order in which they began."""
    if not ids:
        return ()
    mine = sessions_of(user).where(MassageSession.id.in_(ids))
    return db.session.scalars(mine.order_by(MassageSession.started_at, MassageSession.id)).all()


def done_at(user: User, spot_ids: Collection[str]) -> dict[str, int]:
    """How many sessions this person has at each of these spots."""
    rows = sessions_of(user).where(MassageSession.spot_id.in_(spot_ids))
    counted = rows.with_only_columns(MassageSession.spot_id, func.count())
    return dict(db.session.execute(counted.group_by(MassageSession.spot_id)).all())


def deleted_of(user: User) -> Select[tuple[MassageSession]]:
    """The sessions this person deleted and may still bring back."""
    mine = select(MassageSession).where(MassageSession.user_id == user.id)
    return mine.where(MassageSession.deleted_at.is_not(None))


def ever_of(user: User) -> Select[tuple[MassageSession]]:
    """The sessions of this person, those too that wait for their undo."""
    return select(MassageSession).where(MassageSession.user_id == user.id)


def changes_of(user: User, after: int, most: int) -> list[MassageSession | Tombstone]:
    """What changed after a revision, the oldest change first; of what was wiped, its mark."""
    kept = whole(ever_of(user)).where(MassageSession.revision > after)
    wiped = select(Tombstone).where(Tombstone.user_id == user.id, Tombstone.revision > after)
    found: list[MassageSession | Tombstone] = [
        *db.session.scalars(kept.order_by(MassageSession.revision).limit(most)),
        *db.session.scalars(wiped.order_by(Tombstone.revision).limit(most)),
    ]
    return sorted(found, key=lambda each: each.revision)[:most]


def whole(query: Select[tuple[MassageSession]]) -> Select[tuple[MassageSession]]:
    """With the note and the trace, which lists do without."""
    return query.options(undefer(MassageSession.note), undefer(MassageSession.trace))


def page_of(user: User, spot_id: str | None, before: tuple[datetime, UUID] | None) -> list[Listed]:
    """One page of the history, newest first, and one row more to know whether it goes on."""
    values: dict[str, Any] = {"user_id": user.id, "spot_id": spot_id}
    if before:
        values["at"], values["last_id"] = before
    rows = db.session.execute(_page(bool(spot_id), bool(before)), values)
    return [*map(Listed._make, rows)]


@cache
def _page(of_a_spot: bool, continued: bool) -> Select[tuple[Any, ...]]:
    query = MINE.add_columns(*(COLUMNS[name] for name in Listed._fields))
    query = query.order_by(COLUMNS.started_at.desc(), COLUMNS.id.desc())
    if of_a_spot:
        query = query.where(COLUMNS.spot_id == bindparam("spot_id"))
    if continued:
        at, last_id = bindparam("at"), bindparam("last_id")
        same = and_(COLUMNS.started_at == at, COLUMNS.id < last_id)
        query = query.where(COLUMNS.started_at <= at, or_(COLUMNS.started_at < at, same))
    return _first(PAGE + 1, query)


def _first(rows: int, query: Select[tuple[Any, ...]]) -> Select[tuple[Any, ...]]:
    """The first rows; as a bound value, SQLite would plan the statement anew on every run."""
    return query.limit(literal_column(str(rows))).offset(literal_column("0"))


def worse_today(user: User, now: datetime) -> bool:
    """Whether pain rose over a session of this person's day, at any spot: no more that day."""
    since = now - timedelta(days=2)  # with a day of slack, for the zone a session was done in
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    values = {"user_id": user.id, "since": since, "lasting_since": since}
    return worse_on(map(remembered, db.session.execute(_union((_lately(),)), values)), today)


def history_of(
    user: User, spot_sides: Collection[SpotSide], now: datetime, *, counted: bool = False
) -> Mapping[SpotSide, Sequence[PastSession]]:
    """What the plan needs to know: the last sessions of each spot and side, newest first.

    After them those further back that still hold something up: a nerve sign, or a bruise. Where
    they are to be counted, all of this week, and with their seconds at each level.
    """
    past: dict[SpotSide, list[PastSession]] = defaultdict(list)
    if spot_sides:
        regions = dict.fromkeys(spot_sides) | hurting_and_pressed(user, spot_sides)
        statement = _union((*_recent(_elsewhere(regions), counted), _lasting(counted)))
        values = _named(user, regions) | {"lasting_since": now - NERVE_LASTS}
        values["week_since"] = now - A_WEEK
        lasting: list[SpotSideSession] = []
        for row in db.session.execute(statement, values):
            if row[0] == HISTORY:
                past[row[1], row[2]].append(remembered(row))
            else:
                lasting.append((row[1], row[2], remembered(row)))
        _add_older(past, lasting)
    return past


def _add_older(
    past: Mapping[SpotSide, list[PastSession]], lasting: Sequence[SpotSideSession]
) -> None:
    """Put those behind the last sessions of their spot and side that are not among them."""
    for spot_id, side, massage in lasting:
        here = past.get((spot_id, side))
        if here and massage.started_at < here[-1].started_at:
            here.append(massage)


def past_at(
    user: User,
    spot_side: SpotSide,
    regions: Regions,
    days: tuple[date, date],
    connection: Connection,
) -> list[PastSession]:
    """The sessions at a spot and side in these days, both counted, newest first."""
    here: dict[SpotSide, Regions | None] = {spot_side: regions}
    values = _named(user, here) | {"first": days[0], "last": days[1]}
    statement = _between(*_elsewhere(here))
    return [*map(remembered, connection.execute(statement, values))]


def board_of(
    user: User,
    regions: Mapping[SpotSide, Regions | None],
    now: datetime,
    since: datetime,
    bruised_since: datetime,
) -> OfToday:
    """All that Today needs, asked at once: history_of, the sessions of late, the day's answers.

    Of late are the sessions at any spot since then, newest first, and from `bruised_since` on
    those whose bruise was not said to be gone. These have their ids. `regions` are of the spots
    and sides, `now` is in the person's zone.
    """
    past: dict[SpotSide, list[PastSession]] = defaultdict(list)
    lasting: list[SpotSideSession] = []
    found = OfToday(past, [], {})
    values = _named(user, regions) | {"since": since, "today": now.date()}
    values["lasting_since"] = min(bruised_since, now - NERVE_LASTS)
    for row in db.session.execute(_board(_elsewhere(regions)), values):
        if row[0] == HISTORY:
            past[row[1], row[2]].append(remembered(row))
        elif row[0] == RATINGS:
            found.rated[row[1], row[2]] = row[CHANGE]
        else:
            there = (row[1], row[2], remembered(row))
            began, bruised = there[2].started_at, bruise_stays(there[2].next_day)
            if began >= since or (bruised and began >= bruised_since):
                found.lately.append(there)
            if bruised or there[2].nerve:
                lasting.append(there)
    _add_older(past, lasting)
    return found


def _named(user: User, regions: Mapping[SpotSide, Regions | None]) -> dict[str, Any]:
    values: dict[str, Any] = {"user_id": user.id}
    for n, ((spot_id, side), there) in enumerate(regions.items()):
        values[f"spot_{n}"], values[f"side_{n}"] = spot_id, side
        for name in Regions._fields:
            region = getattr(there, name, None)
            values[f"{name}_{n}"] = region
            values[f"{name}_side_{n}"] = asked_side(region, side) if region else None
    return values


def _elsewhere(regions: Mapping[SpotSide, Regions | None]) -> tuple[bool, ...]:
    """Of which of these the person said that it hurts elsewhere than where they press."""
    return tuple(there is not None and there.hurting != there.pressed for there in regions.values())


@lru_cache(maxsize=STATEMENTS)
def _board(elsewhere: tuple[bool, ...]) -> Any:
    return _union((*_recent(elsewhere, False), _lately(), _rated()))


@lru_cache(maxsize=STATEMENTS)
def _union(parts: tuple[Select[tuple[Any, ...]], ...]) -> Any:
    rows = [part.subquery().select() for part in parts]
    return rows[0] if len(rows) == 1 else union_all(*rows)


@lru_cache(maxsize=STATEMENTS)
def _recent(elsewhere: tuple[bool, ...], counted: bool) -> tuple[Select[tuple[Any, ...]], ...]:
    m = COLUMNS
    # Only of a bruised one, which has to be asked about: making 32 UUIDs costs as much as the rest.
    asked_again = case((_bruised(), m.id))
    return tuple(
        _first(
            REMEMBERED,
            MINE.add_columns(*_facts(HISTORY, asked_again, _change(n, there), counted))
            .where(m.spot_id == bindparam(f"spot_{n}"), m.side == bindparam(f"side_{n}"))
            .order_by(m.started_at.desc()),
        )
        for n, there in enumerate(elsewhere)
    )


@cache
def _between(elsewhere: bool) -> Select[tuple[Any, ...]]:
    m = COLUMNS
    query = MINE.add_columns(*_facts(HISTORY, m.id, _change(0, elsewhere), False))
    here = m.spot_id == bindparam("spot_0"), m.side == bindparam("side_0")
    in_days = m.local_date.between(bindparam("first"), bindparam("last"))
    return query.where(*here, in_days).order_by(m.started_at.desc())


@cache
def _lasting(counted: bool) -> Select[tuple[Any, ...]]:
    query = MINE.add_columns(*_facts(LASTING, case((_bruised(), COLUMNS.id)), None, counted))
    asked = or_(_lasts(), COLUMNS.started_at >= bindparam("week_since")) if counted else _lasts()
    query = query.where(COLUMNS.started_at >= bindparam("lasting_since"), asked)
    return query.order_by(COLUMNS.started_at.desc())


@cache
def _lately() -> Select[tuple[Any, ...]]:
    """All of late, and before that what lasts: one walk along the index."""
    m = COLUMNS
    asked = or_(m.started_at >= bindparam("since"), _lasts())
    of_late = m.started_at >= bindparam("lasting_since")  # the index starts from here
    query = MINE.add_columns(*_facts(LATELY, m.id, None, False)).where(of_late, asked)
    return query.order_by(m.started_at.desc())


@cache
def _rated() -> Select[tuple[Any, ...]]:
    """Today's answers, in the shape of a session: the number stands in the place of the change."""
    known = {"spot_id": RATED.region, "side": RATED.side, "pain_24h_change": RATED.pain_24h}
    part, *names = _facts(RATINGS, COLUMNS.id, None, False)
    rest = (known.get(each.name, cast(null(), each.type)).label(each.name) for each in names)
    return STANDING.add_columns(part, *rest).where(RATED.local_date == bindparam("today"))


def _change(n: int, elsewhere: bool) -> Any:
    """What the n-th spot's regions were rated after a session, less what they were before.

    Where it hurts elsewhere than where one presses, the one that rose more: what protects stays
    when somebody says which place they mean.
    """
    found = [_change_in(name, n) for name in Regions._fields[: 1 + elsewhere]]
    return greater(*found) if elsewhere else found[0]


def _change_in(name: str, n: int) -> Any:
    where = bindparam(f"{name}_{n}"), bindparam(f"{name}_side_{n}")
    here = COLUMNS.user_id, *where, COLUMNS.local_date, COLUMNS.started_at
    return change_over(*here, within=RULES.number("long_or_worse", "before_days"))


def _lasts() -> Any:
    """Whether it holds something up long after: a nerve sign, a bruise nobody said is gone."""
    numb = COLUMNS.quality == literal_column("'numb_tingle_electric'")
    return or_(COLUMNS.nerve_events > NONE, numb, _bruised())


def _bruised() -> Any:
    return and_(COLUMNS.bruise.is_(True), COLUMNS.bruise_gone.is_not(True))


def _facts(part_of: int, session_id: Any, change: Any, counted: bool) -> list[Any]:
    """Which part, where it was, then what `remembered` reads, in its order; a blank is none."""
    m = COLUMNS
    pressed = [func.coalesce(s, NONE) for s in (m.level_2_s, m.level_3_s, m.level_4_s)]
    known: dict[str, Any] = {
        "stayed_level": func.coalesce(m.stayed_level, NONE),
        "finished_holds": func.coalesce(m.finished_holds, NONE),
        "sharp_events": func.coalesce(m.sharp_events, NONE),
        "nerve_events": func.coalesce(m.nerve_events, NONE),
        "too_much": func.coalesce(m.too_much_events, NONE) > NONE,
        "pressure_s": pressed[0] + pressed[1] + pressed[2],
    }
    stored = [known.get(name, m.get(name)).label(name) for name in STORED]
    levels = [func.coalesce(m[name], NONE).label(name) for name in LEVELS if counted]
    answers = [m[name] for name in ASKED]
    part = literal_column(str(part_of), Integer).label("part")
    changed = (cast(null(), Integer) if change is None else change).label("pain_24h_change")
    return [part, m.spot_id, m.side, *stored, session_id.label("id"), changed, *answers, *levels]
