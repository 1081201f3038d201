"""A page for whatever goes wrong: what happened, that nothing was lost, what to do."""

from http import HTTPStatus

from flask import Flask, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from tracker.api import Refused, asked_for_api
from tracker.database import db, give_up
from tracker.security import SPEAK_JSON

FULL = ("database or disk is full", "No space left on device", "disk I/O error")
BUSY = "database is locked"


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(OperationalError, _storage)
    app.register_error_handler(StaleDataError, _changed_elsewhere)
    app.register_error_handler(Refused, lambda error: error.answer)


def _words(code: int) -> tuple[str, str]:
    """What happened, and what to do about it."""
    known = {
        400: (_("That could not be read"), _("Go back and try again. Nothing was changed.")),
        403: (
            _("That came from another page"),
            _("For your safety it was not done. Open Sweetspot and try again."),
        ),
        404: (_("There is nothing here"), _("It may have been moved or deleted.")),
        405: (_("That does not work this way"), _("Go back and use the buttons on the page.")),
        409: (
            _("This was changed elsewhere meanwhile"),
            _("Nothing of this was changed. Look again how it is now."),
        ),
        413: (_("That is too large"), _("Nothing was changed. Shorten it and try again.")),
        429: (_("Too many tries"), _("Wait a quarter of an hour, then try again.")),
        507: (
            _("There is no room left to save"),
            _("Nothing was half saved, and what was there is safe."),
        ),
    }
    return known.get(
        code,
        (_("Something went wrong here"), _("What was saved before is safe. Try again.")),
    )


def answer(code: int) -> tuple[str, int] | tuple[dict[str, str], int]:
    title, advice = _words(code)
    if asked_for_api() or request.blueprint in SPEAK_JSON:
        return {"error": title, "advice": advice}, code
    return render_template("error.html", code=code, title=title, advice=advice), code


def _page(error: HTTPException):
    if error.response is not None:
        return error.response
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    response = error.get_response()  # keeps Allow, Retry-After and the like
    body, status = answer(code)
    headers = [(k, v) for k, v in response.headers if k not in {"Content-Type", "Content-Length"}]
    return body, status, headers


def _storage(error: OperationalError) -> tuple[str, int] | tuple[dict[str, str], int]:
    give_up()  # each look at who is signed in would wait and fail again
    if any(words in str(error.orig) for words in FULL):
        return answer(HTTPStatus.INSUFFICIENT_STORAGE)
    if BUSY in str(error.orig):
        return answer(HTTPStatus.SERVICE_UNAVAILABLE)
    raise error


def _changed_elsewhere(_error: StaleDataError) -> tuple[str, int] | tuple[dict[str, str], int]:
    db.session.rollback()
    return answer(HTTPStatus.CONFLICT)
