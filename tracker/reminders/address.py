"""The private address of a calendar: nobody guesses it, and the database alone does not tell it."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID


def token_of(secret_key: str, feed_id: UUID) -> str:
    """The token of a feed, 256 bits: whoever knows the secret key can show it again."""
    made = hmac.digest(secret_key.encode(), b"calendar " + feed_id.bytes, "sha256")
    return urlsafe_b64encode(made).rstrip(b"=").decode("ascii")


def hashed(token: str) -> str:
    """What is kept of a token and looked up by: whoever reads the database can open nothing.

    A token may be anything somebody typed.
    """
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
