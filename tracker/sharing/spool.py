"""A file that is made whole before the first byte of it leaves."""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Response, request
from werkzeug.exceptions import HTTPException

IN_MEMORY = 64 * 1024  # what is larger waits on the disk
CHUNK = 64 * 1024


class NoRoom(HTTPException):
    """The disk is full. Werkzeug has none of this code to abort with."""

    code = HTTPStatus.INSUFFICIENT_STORAGE


@contextmanager
def spooled() -> Iterator[IO[bytes]]:
    """A temporary file to fill, which is gone when it is closed; NoRoom where the disk is full."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    try:
        yield file
    except OSError as error:
        file.close()
        if error.errno == errno.ENOSPC:
            raise NoRoom from error
        raise
    except BaseException:
        file.close()
        raise


def written(chunks: Iterable[bytes]) -> IO[bytes]:
    """All of it in a temporary file."""
    with spooled() as file:
        for chunk in chunks:
            file.write(chunk)
    return file


def download(file: IO[bytes], name: str, mimetype: str) -> Response:
    """The whole file as an attachment; a failure can no longer leave half of it behind."""
    size = file.seek(0, 2)
    file.seek(0)
    answer = Response(_read(file), mimetype=mimetype)
    answer.call_on_close(file.close)
    if request.method == "HEAD":  # nobody reads it
        file.close()
    answer.content_length = size
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(partial(file.read, CHUNK), b"")
