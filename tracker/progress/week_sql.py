"""ISO weeks in SQL: the Monday of a day, and all ratings of a week as one number."""

from typing import Any

from sqlalchemy import BigInteger, Date, cast, func, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from tracker.progress.tallies import BITS


class monday_of(FunctionElement[Any]):
    """The Monday of the week a day is in, which each database writes in its own way."""

    inherit_cache = True
    type = Date()


@compiles(monday_of)
def _in_sql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST(date_trunc('week', {compiler.process(element.clauses, **kw)}) AS DATE)"


@compiles(monday_of, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, '-6 days', 'weekday 1')"


def packed(rating: Any) -> Any:
    """How often each rating was given in a group, for `tallies.unpacked`.

    A median is another thing in each database, and ten years of days are many rows. This is one
    number a week, and all that is asked of it can be told from it.
    """
    one = cast(literal_column("1"), BigInteger)
    return cast(func.sum(one.bitwise_lshift(rating * literal_column(str(BITS)))), BigInteger)
