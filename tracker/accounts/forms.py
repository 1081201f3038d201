"""Forms for signing up, signing in and preferences; each message is a sentence beside its field."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

import zxcvbn
from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_security import ChangePasswordForm, LoginForm, PasswordUtil, RegisterFormV2
from flask_wtf import FlaskForm
from uuid_utils.compat import uuid7
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from tracker.accounts.models import CALL_LENGTH, GAP_S, GET_READY_S
from tracker.language import LOCALES
from tracker.text import plain_line, trimmed

PASSWORD_LENGTHS = (8, 128)
ZXCVBN_READS = 72  # it refuses longer passwords, which are not its business anyway
GUESSABLE = 1  # zxcvbn's score, 0-4: at most this many is "on every list"
DEFAULT_ZONE = "UTC"
ZONES = frozenset(available_timezones()) - {"localtime", "Factory"}


class Passwords(PasswordUtil):
    """8 to 128 characters, no rules on which, and none that everybody tries first."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def validate(
        self, password: str, is_register: bool, **kwargs: Any
    ) -> tuple[list[str] | None, str]:
        plain = self.normalize(password)
        shortest, longest = PASSWORD_LENGTHS
        if not shortest <= len(plain) <= longest:
            return [_("Use %(low)d to %(high)d characters.", low=shortest, high=longest)], plain
        known = [kwargs.get("email") or getattr(kwargs.get("user"), "email", "")]
        if zxcvbn.zxcvbn(plain[:ZXCVBN_READS], user_inputs=known)["score"] <= GUESSABLE:
            return [_("This one is too easy to guess. A few unrelated words work well.")], plain
        return None, plain


class _KnownPassword:
    """Cuts what was typed: one character too many is as wrong as the thousands hashing refuses."""

    password: Field

    def validate(self, **kwargs: Any) -> bool:
        self.password.data = (self.password.data or "")[: PASSWORD_LENGTHS[1] + 1]
        return super().validate(**kwargs)  # type: ignore[misc]


class SignInForm(_KnownPassword, LoginForm):
    """Sign in, on this device."""

    remember = None
    next = HiddenField()


class ChangeForm(_KnownPassword, ChangePasswordForm):
    """Change the password, knowing the old one."""


def _call() -> StringField:
    return StringField(
        lazy_gettext("Whom to call in an emergency"),
        filters=[trimmed, _or_none],
        validators=[
            plain_line,
            Length(max=CALL_LENGTH, message=lazy_gettext("Use at most %(max)d characters.")),
        ],
    )


def _or_none(value: str | None) -> str | None:
    return value or None


class RegisterForm(RegisterFormV2):
    """Sign up: an address, a password, and having read what this is and is not."""

    password_confirm = None
    next = HiddenField()
    time_zone = HiddenField()
    emergency_call = _call()
    consent = BooleanField(
        validators=[InputRequired(lazy_gettext("Please read this and tick the box to go on."))]
    )

    def validate(self, **kwargs: Any) -> bool:
        valid = super().validate(**kwargs)
        if self.existing_email_user:
            self.email.errors = [_("This e-mail has an account already. Sign in instead.")]
            # Without confirmation by e-mail the answer shows anyway: say it plainly.
            self.existing_email_user = None
        return valid

    def to_dict(self, only_user: bool) -> dict[str, Any]:
        now = datetime.now(UTC)
        zone = self.time_zone.data
        return super().to_dict(only_user) | {
            "id": uuid7(),
            "created_at": now,
            "consented_at": now,
            "time_zone": zone if zone in ZONES else DEFAULT_ZONE,
            "get_ready_s": GET_READY_S[2],
            "gentle_only": False,
            "emergency_call": self.emergency_call.data,
        }


def delay_label(seconds: int) -> str:
    """How long there is to get ready, in the fewest words."""
    if seconds == 0:
        return _("No delay")
    if seconds < 60:
        return _("%(n)d s", n=seconds)
    return _("%(n)d min", n=seconds // 60)


def _seconds(value: Any) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise ValueError(text)
    return int(text)


def _known_locale(value: Any) -> str | None:
    return str(value) if value else None


class PreferencesForm(FlaskForm):
    """What a person can set: language and time zone, how the guide starts, sounds and moves on."""

    locale = SelectField(lazy_gettext("Language"), coerce=_known_locale)
    time_zone = SelectField(lazy_gettext("Time zone"), choices=sorted(ZONES))
    get_ready_s = SelectField(lazy_gettext("Time to get ready"), coerce=_seconds)
    gap_s = SelectField(lazy_gettext("Time to move to the next spot"), coerce=_seconds)
    gentle_only = BooleanField(lazy_gettext("Gentle only"))
    side_of_neck = BooleanField(lazy_gettext("Side of the neck"))
    tones = BooleanField(lazy_gettext("Tones"))
    voice = BooleanField(lazy_gettext("Voice"))
    vibration = BooleanField(lazy_gettext("Vibration"))
    through_silent = BooleanField(lazy_gettext("Tones on a muted iPhone"))
    emergency_call = _call()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locale.choices = [("", _("As the browser says")), *LOCALES.items()]
        self.get_ready_s.choices = [(n, delay_label(n)) for n in GET_READY_S]
        self.gap_s.choices = [(n, delay_label(n)) for n in GAP_S]


class EmptyForm(FlaskForm):
    """A button that changes something: only the CSRF token."""
