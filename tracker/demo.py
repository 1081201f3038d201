"""`make demo`: an account with twelve weeks of believable days, so that every screen lives."""

import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import Blueprint
from flask_security.utils import hash_password
from sqlalchemy import delete
from uuid_utils.compat import uuid7

from tracker import clock
from tracker.accounts.models import User
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.days.queries import asked_of
from tracker.progress.weeks import BASELINE_DAYS
from tracker.safety.models import AnsweredGate
from tracker.safety.standing import SAFETY
from tracker.sessions.dose import DueState, due
from tracker.sessions.history import NextDay, PastSession
from tracker.sessions.models import MassageSession
from tracker.sessions.protocol import RUNGS, Plan, plan
from tracker.spots.catalog import Spot, catalog
from tracker.spots.models import TrackedSpot

EMAIL = "demo@example.org"
ZONE = "Europe/Berlin"
WEEKS = 12
SEED = 7
ACCEPTS = 0.7
ANSWERS = 0.85  # on how many days
ASKED_LATELY = timedelta(days=3)  # so that Today has something to ask
# Spot, side, tool, usual pain before the first weeks, chance that a planned day happens.
HABITS = (
    ("top-of-buttock", "left", "soft_ball_wall", 6, 0.9),
    ("top-of-buttock", "right", "soft_ball_wall", 4, 0.55),
    ("forearm-top", "right", "fingertips", 5, 0.75),
    ("chewing-muscle", "left", "fingertips", 3, 0.5),
    ("foot-arch", "right", "soft_ball_floor_seated", 4, 0.6),
)
SET_FOR_FIRST = {
    "hurts_in": "low_back",
    "note": "Two fingers above the bone, a bit to the outside.",
    "mark_x": -22,
    "mark_y": 201,
}
NOTES = ("After a long drive.", "Slept badly.", "Warm bath first.", "Long day at the desk.")

bp = Blueprint("demo", __name__, cli_group=None)


@bp.cli.command("demo")
def demo() -> None:
    """Make (or make anew) the demo account and print its password."""
    db.session.execute(delete(User).where(User.email == EMAIL))
    password = secrets.token_urlsafe(9)
    now = clock.now()
    user = User(
        id=uuid7(),
        email=EMAIL,
        password=hash_password(password),
        active=True,
        fs_uniquifier=secrets.token_hex(16),
        created_at=now,
        consented_at=now,
        time_zone=ZONE,
        get_ready_s=15,
        gentle_only=False,
        conditions_asked_at=now,
    )
    db.session.add(user)
    db.session.flush()
    db.session.add_all(_nothing_ticked(user, now))
    count = sum(
        _habit(user, now, Random(f"{SEED} {habit}"), position, *habit)
        for position, habit in enumerate(HABITS)
    )
    db.session.flush()
    today = now.astimezone(ZoneInfo(ZONE)).date()
    for region, side in asked_of(user, today):
        db.session.add_all(_days(user, region, side, today, Random(f"{SEED} {region} {side}")))
    db.session.commit()
    click.echo(f"{count} sessions over {WEEKS} weeks.\nSign in as {EMAIL} with {password}")


def _nothing_ticked(user: User, now: datetime) -> list[AnsweredGate]:
    """None of these: most sessions can be begun at once."""
    same = {"user_id": user.id, "answered_at": now, "chosen": []}
    return [AnsweredGate(id=uuid7(), gate=gate, **same) for gate in SAFETY.gates]


def _days(user: User, region: str, side: str, today: date, chance: Random) -> Iterator[DailyRating]:
    """The day's question answered on most days until yesterday, drifting up and down."""
    pain = usual = chance.uniform(3, 6)
    for ago in range(7 * WEEKS + BASELINE_DAYS, 0, -1):
        pain += chance.gauss((usual - pain) / 20, 0.4)
        if chance.random() > ANSWERS:
            continue
        on = today - timedelta(days=ago)
        yield DailyRating(
            user_id=user.id,
            id=uuid7(),
            local_date=on,
            region=region,
            side=side,
            pain_24h=_rating(round(pain), chance),
            answered_at=datetime.combine(on, time(7, chance.randrange(60)), ZoneInfo(ZONE)),
            time_zone=ZONE,
        )


def _habit(
    user: User,
    now: datetime,
    chance: Random,
    position: int,
    slug: str,
    side: str,
    tool: str,
    pain: int,
    done: float,
) -> int:
    """Sessions every two or three days, a week off in the middle, each planned from the last."""
    spot, today = catalog().spots[slug], now.astimezone(ZoneInfo(ZONE)).date()
    since = now - timedelta(weeks=WEEKS)
    listed = {"user_id": user.id, "spot_id": slug, "side": side, "since": since}
    db.session.add(
        TrackedSpot(**listed, position=position, **(SET_FOR_FIRST if not position else {}))
    )
    past: list[PastSession] = []
    on = today - timedelta(weeks=WEEKS)
    while on < today - timedelta(days=1):
        on += timedelta(days=chance.choice((2, 2, 3)))
        away = 35 < (today - on).days <= 45
        if away or on >= today - timedelta(days=1) or chance.random() > done:
            continue
        start = datetime.combine(on, _time_of_day(chance), ZoneInfo(ZONE))
        if due(spot.limits, past, start, on).state is DueState.WAIT:
            continue
        lately = now - start < ASKED_LATELY
        massage, remembered = _session(
            user, spot, side, tool, start, past, pain, chance, lately=lately
        )
        db.session.add(massage)
        past.insert(0, remembered)
    return len(past)


def _session(
    user: User,
    spot: Spot,
    side: str,
    tool: str,
    start: datetime,
    past: list[PastSession],
    usual: int,
    chance: Random,
    *,
    lately: bool,
) -> tuple[MassageSession, PastSession]:
    on = start.date()
    accepts = chance.random() < ACCEPTS  # where an offer is made at all
    planned = plan(spot.limits, past, on, RUNGS[tool], raised=accepts)
    sharp = chance.random() < 0.03
    seconds = _seconds(planned, cut=sharp)
    stayed = 1 if sharp else _stayed(planned, chance)
    pain, tender = _rating(usual, chance), _rating(usual, chance)
    after = max(0, pain - chance.choice((0, 0, 1, 1, 2)))
    columns = {
        "tool": tool,
        "target_level": planned.target,
        "finished_holds": 1 if sharp else 3,
        "sharp_events": 3 if sharp else 0,
        "ended_by": "sharp" if sharp else "finished",
        "pain_before": pain if chance.random() < 0.97 else None,
        "pain_after": after if chance.random() < 0.97 else None,
        "peak_discomfort": chance.choice((2, 2, 3, 3, 3, 4, 4, 4, 5, None)),
        "quality": "sharp_hot" if sharp else chance.choice(("good_ache", "good_ache", "neutral")),
        "stayed_level": stayed,
        "tenderness_before": tender if chance.random() < 0.95 else None,
        "tenderness_after": max(0, tender - chance.choice((0, 1, 1))),
    }
    next_day = None if lately else _next_day(sharp, chance)
    massage = MassageSession(
        **columns,
        user_id=user.id,
        id=uuid7(),
        spot_id=spot.slug,
        side=side,
        entry="guided",
        started_at=start,
        ended_at=start + timedelta(seconds=sum(seconds.values()) + 20),
        time_zone=ZONE,
        local_date=on,
        received_at=start.astimezone(UTC),
        protocol=planned.protocol,
        protocol_version=planned.version,
        start_level=planned.start,
        peak_level=max(level for level, s in seconds.items() if s),
        planned_s=planned.total_s,
        **{f"level_{level}_s": s for level, s in seconds.items()},
        completed=not sharp,
        nerve_events=0,
        too_much_events=0,
        tenderness_level=min(2, spot.limits.max_level),
        felt_in=list(spot.felt_in[: chance.randrange(1, 3)]),
        your_pain=chance.choice(("yes", "yes", "partly", None)),
        note=chance.choice(NOTES) if chance.random() < 0.12 else "",
        **_as_columns(start, next_day),
    )
    remembered = PastSession(started_at=start, local_date=on, next_day=next_day, **columns)
    return massage, remembered


def _time_of_day(chance: Random) -> time:
    return time(chance.choice((7, 8, 18, 21)), chance.randrange(60))


def _next_day(sharp: bool, chance: Random) -> NextDay | None:
    """What was said the next day: mostly little, now and then sore for longer, or nothing."""
    if chance.random() < 0.1:
        return None
    soreness = chance.choice((3, 4, 5) if sharp else (0, 0, 0, 1, 1, 1, 1, 2, 2, 3))
    hours = chance.uniform(18, 34)
    return NextDay(soreness, still_sore=soreness > 2 and hours < 24, bruise=False, hours=hours)


def _as_columns(start: datetime, answer: NextDay | None) -> dict[str, Any]:
    if answer is None:
        return {}
    return {
        "next_day_at": start + timedelta(hours=answer.hours),
        "next_day_soreness": answer.soreness,
        "still_sore": answer.still_sore,
        "bruise": answer.bruise,
    }


def _seconds(planned: Plan, cut: bool) -> dict[int, int]:
    """Seconds at levels 1-4, of the whole plan or of its first half."""
    phases = planned.phases[: len(planned.phases) // 2] if cut else planned.phases
    return {
        level: sum(phase.seconds for phase in phases if phase.level == level)
        for level in range(1, 5)
    }


def _stayed(planned: Plan, chance: Random) -> int:
    """Mostly what was planned stays; sometimes one level less."""
    return max(1, planned.target - (chance.random() < 0.04))


def _rating(usual: int, chance: Random) -> int:
    return max(0, min(10, round(chance.gauss(usual, 1.3))))
