"""Bring a file back as a person does: choose it, look, say yes."""

import io
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PAGE = "/sharing/back/"


def looked_at(client: FlaskClient, content: str | bytes, name: str = "file.csv") -> TestResponse:
    """The page with what it would do, or why not."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    form = {"file": (io.BytesIO(data), name)}
    return client.post(PAGE, data=form, content_type="multipart/form-data", follow_redirects=True)


def said_yes(client: FlaskClient, page: TestResponse) -> TestResponse:
    """Keep what this page showed."""
    action = re.search(r'action="(/sharing/back/[^"]+/keep)"', page.text)
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', page.text)
    assert action, page.text
    assert seen, page.text
    return client.post(action[1], data={"seen": seen[1]}, follow_redirects=True)


def brought(client: FlaskClient, content: str | bytes) -> str:
    """The page after both."""
    return said_yes(client, looked_at(client, content)).text


def counts_in(page: str) -> dict[str, int]:
    """How many are added, changed, here already and left out."""
    found = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page)
    return {name: int(count) for name, count in found}
