"""How pain over 24 hours changed over a session, as a column of a statement about sessions."""

from typing import Any

from sqlalchemy import Date, Integer, literal_column, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from tracker.days.queries import RATED


class _next_to(FunctionElement[Any]):
    """The day so many days from another, which each database writes in its own way."""

    inherit_cache = True
    type = Date()


@compiles(_next_to)
def _in_sql(element: Any, compiler: Any, **kw: Any) -> str:
    day, by = (compiler.process(each, **kw) for each in element.clauses)
    return f"({day} + ({by}))"


@compiles(_next_to, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    day, by = (compiler.process(each, **kw) for each in element.clauses)
    return f"date({day}, ({by}) || ' days')"


class greater(FunctionElement[Any]):
    """The greater of two numbers, and the other one where one is null."""

    inherit_cache = True
    type = Integer()


@compiles(greater)
def _greater(element: Any, compiler: Any, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


@compiles(greater, "sqlite")
def _greater_in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    one, other = (f"coalesce({compiler.process(each, **kw)}, -99)" for each in element.clauses)
    return f"nullif(max({one}, {other}), -99)"


def change_over(
    user_id: Any, region: Any, side: Any, on: Any, started_at: Any, *, within: int
) -> Any:
    """Pain of the day after less the last before the session; null unless both were answered.

    `on` and `started_at` say when the session was, and the last one is of so many days before it
    at most. What was answered later on its day may be about the session too: then an earlier
    day counts.
    """
    here = RATED.user_id == user_id, RATED.region == region, RATED.side == side
    pain = select(RATED.pain_24h).where(RATED.replaced_at.is_(None), *here)
    last = pain.where(
        RATED.local_date.between(_next_to(on, literal_column(str(-within))), on),
        or_(RATED.local_date < on, RATED.answered_at < started_at),
    )
    # As a bound value, SQLite would plan the statement anew on every run.
    before = last.order_by(RATED.local_date.desc()).limit(literal_column("1")).scalar_subquery()
    after = pain.where(RATED.local_date == _next_to(on, literal_column("1")))
    return after.scalar_subquery() - before
