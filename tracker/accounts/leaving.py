"""Leaving: the account and everything in it, gone in one transaction."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_login import current_user, login_required
from flask_security.utils import verify_password
from flask_wtf import FlaskForm
from markupsafe import Markup
from sqlalchemy import delete
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from tracker.accounts.forms import PASSWORD_LENGTHS
from tracker.accounts.models import User
from tracker.database import db
from tracker.limits import allowed

bp = Blueprint("leaving", __name__)
TRIES, WINDOW_S = 10, 900


class LeaveForm(FlaskForm):
    """The password once more, and a tick: this cannot be undone."""

    password = PasswordField(
        lazy("Password"), validators=[InputRequired(lazy("Type your password to go on."))]
    )
    sure = BooleanField(
        lazy("Delete everything. I know that it cannot be undone."),
        validators=[InputRequired(lazy("Please tick the box to go on."))],
    )


@bp.route("/you/leave", methods=["GET", "POST"])
@login_required
def leave() -> str | tuple[str, int] | Response:
    form = LeaveForm()
    if form.validate_on_submit() and _knows(form):
        user_id = current_user.id
        _delete(user_id)
        session.clear()
        left = render_template("accounts/_left.html", owner=user_id)
        flash(Markup(left), "undo")  # its script clears this phone of what is theirs alone
        answer = redirect(url_for("today.today"), 303)
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer
    page = render_template("accounts/leave.html", form=form)
    return page, 422 if form.errors else 200


def _knows(form: LeaveForm) -> bool:
    """Whether it is the password; checked while no transaction is open, as hashing is slow."""
    user_id, kept = current_user.id, current_user.password
    if not allowed(f"leave {user_id}", TRIES, WINDOW_S):
        raise TooManyRequests(retry_after=WINDOW_S)
    typed = form.password.data
    plain = current_app.extensions["security"].password_util.normalize  # as it was kept
    if len(typed) <= PASSWORD_LENGTHS[1] and verify_password(plain(typed), kept):
        return True
    form.password.errors = [_("This is not your password. Nothing was deleted.")]
    return False


def _delete(user_id: Any) -> None:
    """Every table of a person's data goes with their account, by its foreign keys."""
    db.session.execute(delete(User).where(User.id == user_id))
    db.session.commit()
