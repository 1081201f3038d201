"""`python -m bench.sync`: two phones and a server, and much that goes wrong between them.

Nothing may be lost, doubled or different in the end. The walk is the one of
tests/sessions/test_two_phones.py, with fixed seeds instead of Hypothesis.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.phones import Node
from bench.two_phones import FAULTS, SKEWS, World, worlds
from tracker.app import create_app
from tracker.database import db
from tracker.migrate import upgrade
from tracker.settings import Settings

KEY = "only-for-the-bench-only-for-the-bench"
CHANGES = ({}, {"pain_after": 2}, {"pain_after": 5}, {"felt_in": ["buttock"]}, {"still_sore": True})


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.sync", description=__doc__)
    options.add_argument("--walks", type=int, default=100)
    options.add_argument("--steps", type=int, default=50, help="of each walk")
    asked = options.parse_args()
    sums: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    with made_here() as make_world:
        for seed in range(asked.walks):
            world = make_world()
            walk(world, random.Random(seed), asked.steps)
            sums["saved"] += len(world.book.made)
            for name in ("lost", "doubled", "apart"):
                sums[name] += len(getattr(world, name)())
            faults += world.book.faults
    print(f"sessions saved     {sums['saved']:>7,}")
    print(f"faults injected    {faults.total():>7,}  ({told(faults)})")
    print(f"lost               {sums['lost']:>7,}")
    print(f"doubled            {sums['doubled']:>7,}")
    print(f"phones that differ {sums['apart']:>7,}")
    sys.exit(1 if sums["lost"] or sums["doubled"] or sums["apart"] else None)


def told(faults: Counter[str]) -> str:
    return ", ".join(f"{name} {times:,}" for name, times in faults.most_common())


@contextmanager
def made_here() -> Iterator[object]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/sync.db"
        upgrade(url)
        app = create_app(Settings(secret_key=KEY, database_url=url, instance=Path(folder)))
        node = Node()
        with worlds(app, node) as make_world:
            yield make_world
        node.close()
        with app.app_context():
            db.engine.dispose()


def walk(world: World, chance: random.Random, steps: int) -> None:
    """So many steps by chance, then calm."""
    for _step in range(steps):
        phone, which = chance.choice(("one", "two")), chance.randrange(100)
        dies = {"at": 1, "done": chance.random() < 0.5} if chance.random() < 0.1 else None
        step = chance.choices(STEPS, WEIGHTS)[0]
        if step == "save":
            world.save(phone, chance.choice(SKEWS), poisoned=chance.random() < 0.1, dies=dies)
        elif step == "edit":
            world.edit(phone, which, chance.choice(CHANGES), dies=dies)
        elif step == "delete":
            world.delete(phone, which, dies=dies)
        elif step == "page":
            world.on_the_page(which, chance.choice(("write", "write", "delete", "undo")))
        elif step == "pull":
            world.pull(phone, offline=chance.random() < 0.3)
        else:
            faults = [chance.choice(("", *FAULTS)) for _n in range(chance.randrange(5))]
            late = {"at": chance.randrange(1, 6), "done": chance.random() < 0.5}
            world.flush(phone, faults, dies=late if chance.random() < 0.2 else None)
        if back := world.nothing_came_back():
            raise SystemExit(f"Deleted, and there again: {back}")
    world.settle()


STEPS = ("save", "edit", "delete", "page", "pull", "flush")
WEIGHTS = (5, 6, 1, 2, 4, 8)

if __name__ == "__main__":
    main()
