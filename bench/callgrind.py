"""Instructions per request, counted by valgrind: slow to take, but the same on a busy machine.

Run by itself (`python -m bench.callgrind FOLDER PAGE TIMES`) it is what valgrind looks at: it
starts, warms every page up, and asks one page so many times. Two runs of the same start-up that
differ in TIMES alone give what one request costs.
"""

import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import pages

WARM_UP, TIMES = 20, 40
COLLECTED = re.compile(r"Collected : (\d+)")


def instructions(folder: Path, names: list[str]) -> dict[str, float]:
    """Instructions of one request to each page, in millions."""
    runs = [(names[0], 0), *((name, TIMES) for name in names)]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        start_up, *counts = pool.map(lambda run: _count(folder, *run), runs)
    return {
        name: (count - start_up) / TIMES / 1e6 for name, count in zip(names, counts, strict=True)
    }


def _count(folder: Path, name: str, times: int) -> int:
    with tempfile.TemporaryDirectory() as own:  # each signs in, and would wait for the others
        shutil.copytree(folder, own, dirs_exist_ok=True)
        done = subprocess.run(
            [
                *("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"),
                *(sys.executable, "-m", "bench.callgrind", own, name, str(times)),
            ],
            env={**os.environ, "PYTHONHASHSEED": "0"},  # the same hashes, so the same work
            capture_output=True,
            text=True,
        )
    found = COLLECTED.search(done.stderr)
    if done.returncode or not found:
        raise SystemExit(f"valgrind gave up on {name}:\n{done.stderr}")
    return int(found[1])


def main(folder: str, name: str, times: str) -> None:
    known = {page.name: page for page in pages.reopen(Path(folder))}
    for page in known.values():
        for _ in range(WARM_UP):
            page.ask()
    gc.collect()
    for _ in range(int(times)):
        known[name].ask()


if __name__ == "__main__":
    main(*sys.argv[1:])
