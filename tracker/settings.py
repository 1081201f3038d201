"""Settings from the environment. A wrong one stops the start with a sentence."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tracker.kept import kept_text

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite:///", "postgresql+psycopg://")
KNOWN_KEYS = {"dev", "secret", "changeme", "change-me", "your-secret-key", "secret-key"}
KEY_LENGTH = 32
HOST_NAME = re.compile(r"\.?[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$", re.IGNORECASE)
MAIL_ADDRESS = re.compile(r"[a-z0-9._+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+\Z", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?://[a-z0-9][a-z0-9.:-]*(/[!-~]*)?\Z", re.IGNORECASE)
MAIL = {
    "MAIL_SERVER": str,
    "MAIL_PORT": int,
    "MAIL_USERNAME": str,
    "MAIL_PASSWORD": str,
    "MAIL_USE_TLS": bool,
    "MAIL_USE_SSL": bool,
    "MAIL_DEFAULT_SENDER": str,
}


class SettingsError(ValueError):
    """A setting that cannot be used; the message is a sentence for the person who set it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment decides. `proxies` is how many trusted proxies stand in front."""

    secret_key: str
    database_url: str
    instance: Path
    host: str = "127.0.0.1"
    port: int = 8000
    proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    mail: Mapping[str, object] = field(default_factory=dict)
    contact: str | None = None
    service_worker: bool = True

    @property
    def sends_mail(self) -> bool:
        return bool(self.mail.get("MAIL_SERVER"))


def from_environ(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check every setting; raise SettingsError naming the first wrong one."""
    instance = Path(environ.get("INSTANCE_PATH") or ROOT / "instance").absolute()
    key = environ.get("SECRET_KEY")
    hosts, mail = _hosts(environ.get("TRUSTED_HOSTS", "")), _mail(environ)
    if mail and not hosts:
        raise SettingsError(
            "TRUSTED_HOSTS must be set when MAIL_SERVER is: links in e-mails name the host "
            "that was asked, and nobody else may choose it."
        )
    return Settings(
        secret_key=_key(key) if key else _kept_key(instance),
        database_url=_database(environ.get("DATABASE_URL") or f"sqlite:///{instance}/sweetspot.db"),
        instance=instance,
        host=environ.get("HOST") or "127.0.0.1",
        port=_whole("PORT", environ.get("PORT") or "8000", 1, 65535),
        proxies=_whole("PROXIES", environ.get("PROXIES") or "0", 0, 8),
        trusted_hosts=hosts,
        mail=mail,
        contact=_contact(environ.get("SWEETSPOT_CONTACT", "").strip()),
        service_worker=_on_or_off("SERVICE_WORKER", environ.get("SERVICE_WORKER") or "on"),
    )


def _key(value: str) -> str:
    if value.lower() in KNOWN_KEYS or len(value) < KEY_LENGTH:
        raise SettingsError(
            f"SECRET_KEY must be at least {KEY_LENGTH} characters that nobody can guess. "
            "Leave it unset and one is made and kept in the instance folder."
        )
    return value


def _kept_key(instance: Path) -> str:
    """The key in instance/secret_key, made on the first start, readable by its owner alone."""
    path = instance / "secret_key"
    try:
        return _key(kept_text(path, lambda: secrets.token_hex(32)))
    except OSError as error:
        raise SettingsError(
            f"No secret key could be kept at {path} ({error.strerror}). "
            "Make that folder writable, or set SECRET_KEY."
        ) from error


def _database(url: str) -> str:
    """The address, an SQLite file's made absolute: each library has its own idea of "here"."""
    try:
        parsed = make_url(url) if url.startswith(DATABASES) else None
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None:
        raise SettingsError(
            "DATABASE_URL must start with sqlite:/// or postgresql+psycopg:// "
            "(for example postgresql+psycopg://name:password@host/sweetspot)."
        )
    if parsed.drivername != "sqlite":
        return url
    if parsed.query or not parsed.database or parsed.database == ":memory:":
        raise SettingsError("DATABASE_URL must name a file after sqlite:///.")
    return f"sqlite:///{Path(parsed.database).absolute()}"


def _whole(name: str, value: str, low: int, high: int) -> int:
    whole = value.isascii() and value.isdigit() and len(value) < 10
    if not (whole and low <= int(value) <= high):
        raise SettingsError(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def _on_or_off(name: str, value: str) -> bool:
    if value.lower() not in {"on", "off"}:
        raise SettingsError(f"{name} must be on or off, not {value!r}.")
    return value.lower() == "on"


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in value.split(",") if host.strip())
    for host in hosts:
        if not HOST_NAME.match(host):
            raise SettingsError(
                f"TRUSTED_HOSTS must be host names separated by commas; {host!r} is not one."
            )
    return hosts


def _contact(value: str) -> str | None:
    """Where people tell of an error: a link, an e-mail address as a mailto: one."""
    if MAIL_ADDRESS.match(value):
        return f"mailto:{value}"
    if value and not WEB_ADDRESS.match(value):
        raise SettingsError(
            "SWEETSPOT_CONTACT must be an e-mail address or an http:// or https:// link, "
            f"not {value!r}."
        )
    return value or None


def _mail(environ: Mapping[str, str]) -> dict[str, object]:
    given = {name: value for name, value in environ.items() if name.startswith("MAIL_") and value}
    for name in given:
        if name not in MAIL:
            raise SettingsError(f"{name} is not a setting. Known: {', '.join(MAIL)}.")
    if given and not given.get("MAIL_SERVER"):
        raise SettingsError("MAIL_SERVER must be set when any other MAIL_ setting is.")
    return {name: _mail_value(name, value) for name, value in given.items()}


def _mail_value(name: str, value: str) -> object:
    if MAIL[name] is int:
        return _whole(name, value, 1, 65535)
    if MAIL[name] is bool:
        if value.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise SettingsError(f"{name} must be true or false, not {value!r}.")
        return value.lower() in {"1", "true", "yes"}
    return value
