"""One row per signed-in browser: without it, a session cookie is worth nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Select, bindparam, delete, select

from tracker.accounts.models import Device, User
from tracker.database import db

BROWSERS = ("Edg", "OPR", "SamsungBrowser", "Firefox", "FxiOS", "CriOS", "Chrome", "Safari")
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
NAMES = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
}

# Every page asks this, so it is built once.
SIGNED_IN = (
    select(User)
    .join(Device, Device.user_id == User.id)
    .where(
        User.fs_uniquifier == bindparam("uniquifier"),
        User.active,
        Device.id == bindparam("device"),
    )
)


def devices_of(user: User) -> Select[tuple[Device]]:
    """The browsers this person is signed in on, newest first."""
    newest = Device.signed_in_at.desc()
    return select(Device).where(Device.user_id == user.id).order_by(newest, Device.id)


def sign_out_all(user: User, but: UUID | None = None) -> Delete:
    """The statement that ends every sign-in of this person, except on device `but`."""
    statement = delete(Device).where(Device.user_id == user.id)
    return statement if but is None else statement.where(Device.id != but)


def signed_in(uniquifier: str, device: UUID) -> User | None:
    """The person a session cookie stands for, if their device is still signed in."""
    return db.session.scalar(SIGNED_IN, {"uniquifier": uniquifier, "device": device})


def new_device(user: User, device_id: UUID, agent: str, now: datetime) -> Device:
    return Device(user_id=user.id, id=device_id, signed_in_at=now, label=label(agent))


def label(agent: str) -> str:
    """A browser and system a person would recognise, from a User-Agent header."""
    browser = next((name for name in BROWSERS if name in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    return ", ".join(NAMES.get(part, part) for part in (browser, system) if part)
