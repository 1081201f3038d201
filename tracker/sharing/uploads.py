"""Files that wait for a yes: gone an hour after they came, also where nobody comes back.

How often something was tried a day ago is forgotten with them.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic

from flask import Flask, current_app
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from tracker import clock, limits
from tracker.database import db
from tracker.sharing.models import Upload

LIFE = timedelta(hours=1)
EVERY_S = 3600
SWEPT = "uploads_swept"
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    app.extensions[SWEPT] = monotonic()
    app.before_request(_sweep_by_the_hour)


def sweep(app: Flask, now: datetime) -> None:
    """Delete what waited longer, whoever's it is: at start, and by the hour whoever asks."""
    old = delete(Upload).where(Upload.made_at < now - LIFE)
    try:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(old)
            connection.execute(limits.over(now))
    except OperationalError:  # nobody's page fails for it; the next hour tries again
        log.exception("what nobody came back for could not be deleted")


def _sweep_by_the_hour() -> None:
    swept = current_app.extensions
    if monotonic() - swept[SWEPT] >= EVERY_S:
        swept[SWEPT] = monotonic()
        sweep(current_app._get_current_object(), clock.now())
