"""Where LibreOffice is, and how to get it where it can be had."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def office() -> str:
    """The program; installed by apt-get as root on Debian, else one line says what to install."""
    with open(Path(tempfile.gettempdir()) / f"office-{os.getuid()}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another worker may be at it
        if not shutil.which("soffice") and os.getuid() == 0 and shutil.which("apt-get"):
            _quietly("apt-get", "update", "-q")
            _quietly("apt-get", "install", "-qy", "--no-install-recommends", "libreoffice-calc")
    return shutil.which("soffice") or pytest.fail("Install libreoffice-calc to run this test.")


def _quietly(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
