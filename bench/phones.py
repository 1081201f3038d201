"""What can die or be full: the phones' process, and the server's disk."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from tracker.settings import ROOT

NODE = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
Json = dict[str, Any]


class Node:
    """The phones' process: one for all walks, with empty shelves at the start of each."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [NODE, str(Path(__file__).with_name("phones.js"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def do(
        self, phone: str, op: str, *args: Any, dies: Json | None = None, send: Any = None
    ) -> Any:
        """What the outbox answers; None where the phone died over it."""
        self._write({"phone": phone, "op": op, "args": args, "dies": dies})
        while True:
            said = self._read()
            if "send" not in said:
                return None if said.get("crashed") else said["done"]
            self._write(send(said["send"]))

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)

    def _write(self, said: Json) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()

    def _read(self) -> Json:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())


class FullDisk:
    """Lets the next commit find no room, as SQLite would say it."""

    def __init__(self) -> None:
        self.next = False

    def fail(self, _session: Any) -> None:
        if self.next:
            self.next = False
            raise OperationalError("COMMIT", {}, Exception("database or disk is full"))
