"""`python -m bench.ten_years`: a region's chart after ten years beside the same after ten weeks.

Both in one run, by the CPU time of a request; fails over a budget.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import insert
from uuid_utils.compat import uuid7

from bench import pages, people
from bench.pages import Page
from tracker import clock
from tracker.database import db
from tracker.days.models import DailyRating
from tracker.sessions.models import MassageSession

REGION, SPOT, SIDE = "low_back", "low-back-pit", "left"
FEW, MANY = 10, 520  # weeks of daily ratings, with a session on every other day
# How often the cost of ten weeks a page of ten years may cost, by range. "All" reads 520 weeks,
# and the words above it look at each of them.
BUDGETS = {"4w": 1.25, "12w": 1.25, "1y": 2, "all": 3.4}
WIRE_BUDGET = 40_000  # bytes of the page itself
ROUNDS, REQUESTS, WARM_UP = 25, 4, 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = pages.empty(Path(folder))
        few, many = (person(app, weeks) for weeks in (FEW, MANY))
        over = [each for span in BUDGETS for each in report(app, few, many, span)]
    sys.exit("\n".join(["Over budget:", *over]) if over else None)


def report(app: Flask, few: UUID, many: UUID, span: str) -> list[str]:
    """Print what one range costs; return what is over its budget."""
    path = f"/progress/region/{REGION}/{SIDE}?range={span}"
    short, long = (pages.page_of(app, who, span, path) for who in (few, many))
    ratio, size = _ratio(short, long), len(long.ask())
    print(f"{span:4}{ratio:>6.2f}x{len(long.statements()):>4} SQL{size:>9,} bytes sent")
    over = [f"{span}: {ratio:.2f} times ten weeks"] if ratio > BUDGETS[span] else []
    return over + ([f"{span}: {size:,} bytes"] if size > WIRE_BUDGET else [])


def _ratio(short: Page, long: Page) -> float:
    """CPU time of one page over the other's: the median of rounds that take turns."""
    rounds = [_seconds(long) / _seconds(short) for _ in range(WARM_UP + ROUNDS)]
    return statistics.median(rounds[WARM_UP:])


def _seconds(page: Page) -> float:
    start = time.process_time()
    for _ in range(REQUESTS):
        page.ask()
    return time.process_time() - start


def person(app: Flask, weeks: int) -> UUID:
    user_id = people.add(app, 20)
    with app.app_context():
        db.session.execute(insert(DailyRating), list(_ratings(user_id, 7 * weeks)))
        db.session.execute(insert(MassageSession), list(_sessions(user_id, 7 * weeks)))
        db.session.commit()
    return user_id


def _ratings(user_id: UUID, days: int) -> Iterator[dict[str, Any]]:
    chance, today = Random(2026), clock.today("Europe/Berlin")
    same = {"user_id": user_id, "region": REGION, "side": SIDE, "time_zone": "Europe/Berlin"}
    for ago in range(days):
        on, pain = today - timedelta(days=ago), chance.randint(2, 8)
        row = {"id": uuid7(), "local_date": on, "pain_24h": pain, "answered_at": clock.now()}
        yield row | same


def _sessions(user_id: UUID, days: int) -> Iterator[dict[str, Any]]:
    same = {"user_id": user_id, "spot_id": SPOT, "side": SIDE, "entry": "manual", "felt_in": []}
    for revision, ago in enumerate(range(1, days, 2), 21):
        at = clock.now() - timedelta(days=ago)
        when = {"started_at": at, "local_date": at.date(), "received_at": at}
        yield (
            when
            | same
            | {"id": uuid7(), "time_zone": "Europe/Berlin", "note": "", "revision": revision}
        )


if __name__ == "__main__":
    main()
