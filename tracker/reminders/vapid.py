"""The key pair that tells push services who sends: made on the first start, like the secret key."""

from base64 import urlsafe_b64encode
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from tracker.kept import kept_text
from tracker.settings import SettingsError


def vapid_key(instance: Path) -> str:
    """The private key in instance/vapid_key, as PEM; phones stop hearing from us if it is lost."""
    path = instance / "vapid_key"
    try:
        key = kept_text(path, _made)
        public_key(key)
    except OSError as error:
        raise SettingsError(
            f"No key for notifications could be kept at {path} ({error.strerror}). "
            "Make that folder writable, or set INSTANCE_PATH."
        ) from error
    except ValueError as error:
        raise SettingsError(
            f"{path} holds no key for notifications. Put it back from a backup; "
            "without it, delete the file, and phones have to be switched on anew."
        ) from error
    return key


@lru_cache(maxsize=8)
def public_key(key: str) -> str:
    """What a browser is told, so that only the holder of the private key can send: base64url."""
    private = load_pem_private_key(key.encode("ascii"), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise ValueError("no key on the curve P-256")
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode("ascii")


def _made() -> str:
    made = ec.generate_private_key(ec.SECP256R1())
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode("ascii")
