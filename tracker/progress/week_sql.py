"""ISO weeks in SQL: days and weeks by their number, and all ratings of a week as another."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Integer, cast, func, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from tracker.progress.tallies import BITS


class ordinal_of(FunctionElement[Any]):
    """The number of a day as `date.toordinal` counts, which each database writes in its own way."""

    inherit_cache = True
    type = Integer()


@compiles(ordinal_of)
def _in_sql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)} - DATE '0001-01-01' + 1)"


@compiles(ordinal_of, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **kw)}) - 1721424.5 AS INTEGER)"


def week_number(day: Any) -> Any:
    """The number of the week a day is in; `monday_of` has its Monday. The first day was one."""
    return (ordinal_of(day) - literal_column("1")) // literal_column("7", Integer)


def monday_of(week: int) -> date:
    return date.fromordinal(7 * week + 1)


def packed(rating: Any) -> Any:
    """How often each rating was given in a group, as a `tallies.Tally`.

    A median is another thing in each database, and ten years of days are many rows. This is one
    number a week, and all that is asked of it can be told from it.
    """
    one = cast(literal_column("1"), BigInteger)
    return cast(func.sum(one.bitwise_lshift(rating * literal_column(str(BITS)))), BigInteger)
