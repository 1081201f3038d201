"""How often something may be tried, counted where every worker sees it."""

from datetime import datetime, timedelta
from hashlib import sha256
from time import time

from sqlalchemy import Delete, String, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import db

MINUTE_S = 60
KEPT = timedelta(days=1)  # longer than any window


class Attempt(db.Model):
    """How often something was tried in a window of time; not about anybody's health.

    A window is of whole minutes, and named by the one in which it begins, counted from 1970.
    """

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


def allowed(key: str, limit: int, per_s: int, now: float | None = None) -> bool:
    """Count one try of `key` and say whether it is within `limit` tries in `per_s` seconds."""
    return count(key, per_s, now) <= limit


def counted(key: str, per_s: int, now: float | None = None) -> int:
    """How many tries of `key` there were in the running window of `per_s` seconds."""
    tries = db.session.get(Attempt, _identity(key, per_s, now))
    number = tries.count if tries else 0
    db.session.commit()  # others want to write
    return number


def count(key: str, per_s: int, now: float | None = None) -> int:
    """Add one try of `key` in the running window of `per_s` seconds; return their number."""
    key, window = _identity(key, per_s, now)
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    tried = dialect.insert(Attempt).values(key=key, window=window, count=1)
    tried = tried.on_conflict_do_update(
        index_elements=["key", "window"], set_={"count": Attempt.count + 1}
    ).returning(Attempt.count)
    old = Attempt.__table__.delete().where(Attempt.key == key, Attempt.window < window)
    # In the request's own transaction: SQLite would let a second one wait for the first.
    db.session.execute(old)
    tries = int(db.session.execute(tried).scalar_one())
    db.session.commit()
    return tries


def over(now: datetime) -> Delete:
    """The statement that deletes what counts for nothing any more, whoever tried it."""
    return delete(Attempt).where(Attempt.window < int((now - KEPT).timestamp()) // MINUTE_S)


def _identity(key: str, per_s: int, now: float | None) -> tuple[str, int]:
    """Hashed: a key may hold what somebody typed, of any length and with characters of any kind."""
    hashed = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    moment = int(now if now is not None else time())
    return hashed, (moment - moment % per_s) // MINUTE_S
