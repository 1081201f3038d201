"""Flask-Security, set up so that signing out ends the cookie and nothing tells who is known."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Flask, abort, flash, redirect, render_template, request, session
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import user_logged_out
from flask_security import (
    Security,
    SQLAlchemyUserDatastore,
    password_changed,
    password_reset,
    user_authenticated,
)
from flask_security.utils import set_request_attr
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from tracker.accounts.devices import new_device, sign_out_all, signed_in
from tracker.accounts.forms import PASSWORD_LENGTHS, ChangeForm, Passwords, RegisterForm, SignInForm
from tracker.accounts.models import Device, Role, User
from tracker.database import db, gave_up
from tracker.language import TRANSLATIONS
from tracker.limits import allowed, count, counted
from tracker.security import is_local_path

CONFIG = {
    "SECURITY_REGISTERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    "SECURITY_PASSWORD_CONFIRM_REQUIRED": False,
    "SECURITY_PASSWORD_LENGTH_MIN": PASSWORD_LENGTHS[0],
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_FRESHNESS": timedelta(-1),  # no page that asks for the password once more
    "SECURITY_POST_CHANGE_VIEW": "/you",
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_I18N_DIRNAME": [str(TRANSLATIONS)],
    "SECURITY_LOGIN_USER_TEMPLATE": "accounts/login.html",
    "SECURITY_REGISTER_USER_TEMPLATE": "accounts/register.html",
    "SECURITY_FORGOT_PASSWORD_TEMPLATE": "accounts/forgot.html",
    "SECURITY_RESET_PASSWORD_TEMPLATE": "accounts/reset.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "accounts/change.html",
}
# Tries in 15 minutes. A wrong password counts for the account and for the address; an
# address may be a whole household or clinic, so it gets more.
WINDOW_S = 900
TRIES = {"account": 10, "address": 100}
LIMITS = {
    "security.register": 100,
    "security.forgot_password": 10,
    "security.reset_password": 20,
    "security.change_password": 20,
}


class CookieSession(SecureCookieSessionInterface):
    """Marks the cookie Secure exactly when the page came over TLS: at home it may be http."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


class People(SQLAlchemyUserDatastore):
    """Finds people and lets go of the database: hashing is slow, and others want to write."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        user = super().find_user(case_insensitive, **kwargs)
        if user:
            db.session.expunge(user)
        db.session.rollback()
        if user:
            db.session.add(user)
        return user

    def create_user(self, **kwargs: Any) -> User:
        """Keep it at once: a taken address shows, and a device can come after its account."""
        user = super().create_user(**kwargs)
        db.session.flush()
        return user


def init_app(app: Flask, sends_mail: bool) -> None:
    app.config.from_mapping(CONFIG, SECURITY_SEND_PASSWORD_CHANGE_EMAIL=sends_mail)
    app.config["SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL"] = sends_mail
    app.config["SECURITY_SEND_PASSWORD_RESET_EMAIL"] = sends_mail
    app.session_interface = CookieSession()
    security = Security(
        app,
        People(db, User, Role),
        login_form=SignInForm,
        register_form=RegisterForm,
        change_password_form=ChangeForm,
        password_util_cls=Passwords,
    )
    security.render_template = _render
    app.view_functions["security.register"] = _told(app.view_functions["security.register"])
    security.want_json(lambda _request: False)
    app.login_manager.user_loader(load_user)
    app.login_manager.request_loader(lambda _request: None)  # no token outlives a device's row
    app.before_request(_check_sign_in_request)
    user_authenticated.connect(_remember_device, app)
    user_logged_out.connect(_forget_device, app)
    password_changed.connect(_end_other_devices, app)
    password_reset.connect(_end_other_devices, app)


def _told(register: Callable[[], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
    """Register, told by its form where somebody else had the same address meanwhile."""

    @wraps(register)
    def view() -> ResponseReturnValue:
        try:
            return register()
        except IntegrityError:
            db.session.rollback()
            return register()  # which finds their account now

    return view


def _render(template: str, **context: Any) -> str | tuple[str, int]:
    """A form sent and shown again has something wrong in it: 422, what was typed kept."""
    forms = [value for name, value in context.items() if name.endswith("_form")]
    if not forms:  # the text of a mail
        return render_template(template, **context)
    wrong = any(form.errors for form in forms)
    if wrong and request.endpoint == "security.login":
        _count_wrong_password()
        forms[0].form_errors = [
            _("This e-mail and password do not go together. Please check both.")
        ]
    return render_template(template, form=forms[0], **context), 422 if wrong else 200


def load_user(uniquifier: str) -> User | None:
    device = session.get("device")
    if not device or gave_up():
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return signed_in(uniquifier, UUID(device))


def _remember_device(_app: Flask, user: User, **_more: Any) -> None:
    device = new_device(user, uuid7(), request.user_agent.string, datetime.now(UTC))
    db.session.add(device)
    session["device"] = str(device.id)
    session.permanent = True


def _forget_device(_app: Flask, user: User, **_more: Any) -> None:
    device = session.pop("device", None)
    if device and user.is_authenticated:
        gone = Device.__table__.delete().where(Device.user_id == user.id, Device.id == UUID(device))
        db.session.execute(gone)
        db.session.commit()


def _end_other_devices(_app: Flask, user: User, **_more: Any) -> None:
    here = session.get("device")
    db.session.execute(sign_out_all(user, but=UUID(here) if here else None))
    flash(_("Your password is changed. Other devices were signed out."))


def _check_sign_in_request() -> Response | None:
    if request.blueprint != "security":
        return None
    for target in (*request.args.getlist("next"), *request.form.getlist("next")):
        if target and not is_local_path(target):
            return redirect(request.path) if request.method == "GET" else abort(400)
    if request.method == "POST" and not _within_limits():
        raise TooManyRequests(retry_after=WINDOW_S)
    return None


def _within_limits() -> bool:
    address = request.remote_addr or ""
    if request.endpoint in LIMITS:
        return allowed(f"{request.endpoint} {address}", LIMITS[request.endpoint], WINDOW_S)
    if request.endpoint == "security.login":
        return all(counted(key, WINDOW_S) < TRIES[key.split()[0]] for key in _wrong_keys())
    return True


def _wrong_keys() -> tuple[str, str]:
    email = request.form.get("email", "").strip().lower()
    return f"address {request.remote_addr}", f"account {email}"


def _count_wrong_password() -> None:
    for key in _wrong_keys():
        count(key, WINDOW_S)
