"""Where a browser wants to be told, as it says itself: read, and refused where it cannot be."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

LONGEST = 2000
POINT, SECRET = 65, 16  # bytes: an uncompressed point of P-256, and what is shared with the browser
BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}\Z")
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{4,253}}\Z)({LABEL}\.)+(?=[a-z]){LABEL}\Z")  # a number ends in a digit
NOT_PUBLIC = (
    *(".local", ".localhost", ".localdomain", ".internal", ".intranet", ".private", ".corp"),
    *(".home", ".lan", ".arpa", ".test", ".invalid", ".onion"),
)
# All that is given out of IPv6 (RFC 4291), and what stands for IPv4 (RFC 6052).
UNICAST, TRANSLATED = IPv6Network("2000::/3"), IPv6Network("64:ff9b::/96")
# The curve P-256, y² = x³ - 3x + b modulo p (FIPS 186-4, D.1.2.3).
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


class SubscriptionError(ValueError):
    """Something no browser of a person would send; the message names the part."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """endpoint is an https address on the public net, p256dh and auth are base64url."""

    endpoint: str
    p256dh: str
    auth: str


def read(body: Any) -> Subscription:
    """Read what PushSubscription.toJSON() gives; raises SubscriptionError."""
    keys = body.get("keys") if isinstance(body, dict) else None
    if not isinstance(keys, dict):
        raise SubscriptionError("keys")
    endpoint = body.get("endpoint")
    if not (isinstance(endpoint, str) and is_public(endpoint)):
        raise SubscriptionError("endpoint")
    p256dh, auth = _decoded(keys, "p256dh", POINT), _decoded(keys, "auth", SECRET)
    if not _on_curve(p256dh):
        raise SubscriptionError("p256dh")
    return Subscription(endpoint, _encoded(p256dh), _encoded(auth))


def is_public(endpoint: str) -> bool:
    """Whether this may be an address of a push service: https, and no name or number from here.

    Where a public name leads is looked at again when something is sent (post.py).
    """
    if len(endpoint) > LONGEST or not re.fullmatch(r"[!-~]+", endpoint):
        return False
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username is not None or parts.password is not None:
        return False
    if port not in {None, 443} or "\\" in endpoint:
        return False
    return bool(HOST.match(host)) and not host.endswith(NOT_PUBLIC)


def is_public_number(address: str) -> bool:
    """Whether an IP address lies on the public net, also where it is written as IPv6."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if inner := found.ipv4_mapped or found.sixtofour or _translated(found):
            return is_public_number(str(inner))
        return found in UNICAST and found.is_global
    return found.is_global and not found.is_multicast


def _translated(found: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a gateway to the old net makes of it (RFC 6052)."""
    return IPv4Address(int(found) & 0xFFFFFFFF) if found in TRANSLATED else None


def _decoded(keys: dict[str, Any], name: str, length: int) -> bytes:
    text = keys.get(name)
    if not (isinstance(text, str) and len(text) <= 2 * length and BASE64URL.match(text)):
        raise SubscriptionError(name)
    try:
        found = urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (NotBase64, ValueError) as error:
        raise SubscriptionError(name) from error
    if len(found) != length:
        raise SubscriptionError(name)
    return found


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def _on_curve(point: bytes) -> bool:
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    return point[0] == 4 and x < P and y < P and (y * y - x**3 + 3 * x - B) % P == 0
