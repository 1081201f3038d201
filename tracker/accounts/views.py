"""You, the language of a device, where a person is signed in, and the link for a new password."""

from uuid import UUID

import click
from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from tracker.accounts.devices import devices_of
from tracker.accounts.forms import EmptyForm, PreferencesForm
from tracker.accounts.models import Device, User
from tracker.database import db
from tracker.language import COOKIE, LOCALES, refresh
from tracker.security import YEAR_S, is_local_path

bp = Blueprint("accounts", __name__, cli_group=None)
View = str | tuple[str, int] | Response


@bp.get("/logout")
def ask_sign_out() -> View:
    """Signing out changes something, so a link alone does not do it."""
    if not current_user.is_authenticated:
        return redirect(url_for("today.today"))
    return render_template("accounts/logout.html", form=EmptyForm())


@bp.route("/you", methods=["GET", "POST"])
@login_required
def you() -> View:
    form = PreferencesForm(obj=current_user)
    if form.validate_on_submit():
        form.populate_obj(current_user)
        db.session.commit()
        answer = redirect(url_for("accounts.you"), 303)
        answer.delete_cookie(COOKIE)  # from now on it is said here
        refresh()
        flash(_("Saved."))
        return answer
    page = render_template("accounts/you.html", form=form, leave=EmptyForm())
    return page, 422 if form.errors else 200


@bp.post("/language")
def choose_language() -> View:
    """For somebody without an account: kept on this device, as long as a browser keeps things."""
    code, target = request.form.get("locale"), request.form.get("next", "/")
    if code not in LOCALES or not is_local_path(target):
        abort(400)
    answer = redirect(target, 303)
    how = {"secure": request.is_secure, "httponly": True, "samesite": "Lax"}
    answer.set_cookie(COOKIE, code, max_age=YEAR_S, **how)
    return answer


@bp.get("/you/devices")
@login_required
def devices() -> View:
    return render_template(
        "accounts/devices.html",
        devices=db.session.scalars(devices_of(current_user)).all(),
        this_device=UUID(session["device"]),
        form=EmptyForm(),
    )


@bp.post("/you/devices/<uuid:device_id>/sign-out")
@login_required
def sign_out_device(device_id: UUID) -> View:
    device = db.first_or_404(devices_of(current_user).where(Device.id == device_id))
    db.session.delete(device)
    db.session.commit()
    flash(_("That device is signed out."))
    return redirect(url_for("accounts.devices"), 303)


@bp.cli.command("reset-link")
@click.argument("email")
def reset_link(email: str) -> None:
    """Print a link with which EMAIL can choose a new password (for a server without e-mail)."""
    user = db.session.scalar(select(User).where(func.lower(User.email) == email.lower()))
    if user is None:
        raise click.ClickException(f"Nobody here has the e-mail {email}.")
    with current_app.test_request_context():
        path = url_for("security.reset_password", token=generate_reset_password_token(user))
    click.echo(f"Open this on your Sweetspot within a day:\n{path}")
