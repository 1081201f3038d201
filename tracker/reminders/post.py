"""One word to one phone, through the push service it named: sealed for the phone, signed by us."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

import requests
from flask import current_app
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import NewConnectionError

from tracker.reminders.subscription import is_public_number

log = logging.getLogger(__name__)
TOLD, GONE, FAILED = "told", "gone", "failed"
GONE_FOR_GOOD = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
PATIENCE_S = 10
SIGNED_FOR = timedelta(hours=12)
TOPIC = "sweetspot"  # a word that still waits for the phone is replaced, not added to


@dataclass(frozen=True, slots=True)
class Phone:
    """A browser that may be told, and in whose name: an address to write to, or this copy's own."""

    device: UUID
    endpoint: str
    p256dh: str
    auth: str
    locale: str
    sender: str


def tell(phone: Phone, body: str, worth: timedelta, net: requests.Session, now: datetime) -> str:
    """Hand a word to the push service, and say what became of it: told, gone or failed."""
    text = json.dumps({"title": "Sweetspot", "body": body, "tag": TOPIC, "url": "/"})
    try:
        headers = _signed(phone, now) | {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(worth.total_seconds())),
            "Topic": TOPIC,
            "Urgency": "normal",
        }
        # Only the first line of the answer is read, however much comes after it.
        with net.post(
            phone.endpoint,
            data=_sealed(phone, text),
            headers=headers,
            timeout=PATIENCE_S,
            stream=True,
            allow_redirects=False,
        ) as answer:
            status = answer.status_code
    except Exception as error:  # whatever ails one phone, the others are told
        # No more than that: an error may hold the phone's address, which is secret.
        log.warning("remind: a phone was not reached (%s)", type(error).__name__)
        return FAILED
    if status in GONE_FOR_GOOD:
        return GONE
    return TOLD if 200 <= status < 300 else FAILED


def _sealed(phone: Phone, text: str) -> bytes:
    from pywebpush import WebPusher  # here, as it takes two seconds and nothing else needs it

    keys = {"p256dh": phone.p256dh, "auth": phone.auth}
    pusher = WebPusher({"endpoint": phone.endpoint, "keys": keys})
    return pusher.encode(text.encode())["body"]


def _signed(phone: Phone, now: datetime) -> dict[str, str]:
    from py_vapid import Vapid02

    service = urlsplit(phone.endpoint)
    key = Vapid02.from_pem(current_app.config["VAPID_KEY"].encode())
    key.conf = {"no-strict": True}  # it knows fewer addresses than there are
    until = int((now + SIGNED_FOR).timestamp())
    audience = f"{service.scheme}://{service.netloc}"
    return key.sign({"aud": audience, "exp": until, "sub": phone.sender})


class _Connection(HTTPSConnection):
    """Looks at whom it reached before a word is said: a name may lead elsewhere by then."""

    def _new_conn(self):
        reached = super()._new_conn()
        if not is_public_number(reached.getpeername()[0]):
            reached.close()
            raise NewConnectionError(self, "not an address on the public net")
        return reached


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Connection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": _Pool}


def public_session() -> requests.Session:
    """A session that speaks https to addresses on the public net, and uses no proxy."""
    session = requests.Session()
    session.adapters.clear()
    session.mount("https://", _Adapter())
    session.trust_env = False
    return session
