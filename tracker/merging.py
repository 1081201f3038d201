"""What was corrected while a page of it lay open: both are kept, as phones keep them.

Pure, and the rules of static/js/lib/merge.js: what one side changed is taken; where both did and
differ, the later one is, but of two texts both, and of places felt all.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tracker.strict import NotPlain, plain_object

Said = Mapping[str, Any]
WHEN = ("started_at", "ended_at", "local_date")  # said together: half of each is no time at all
BETWEEN = {"note": "\n\n", "other_treatment": ", "}  # two texts


def as_text(said: Said) -> str:
    """What a page shows, to come back with its form."""
    return json.dumps({name: _plain(value) for name, value in said.items()})


def merged(
    before: str, mine: Said, theirs: Said, longest: Mapping[str, int] | None = None
) -> tuple[dict[str, Any], list[str]]:
    """What of `mine` is to be kept, and the names of what both changed and differ in.

    All three are by column: `before` is the text of what the page showed, `mine` what came back
    with it, `theirs` what is kept now; `longest` is how long two texts of a name may get together.
    Without a `before` that can be read, nothing changed meanwhile.
    """
    base, wanted, told = _read(before), dict[str, Any](), list[str]()
    for names in _units(mine):
        here, there = _of(names, mine), _of(names, theirs)
        was = [base.get(name, now) for name, now in zip(names, there, strict=True)]
        if here in (was, there):
            continue
        if there != was:
            told.append(names[0])
        for name in names:
            most = (longest or {}).get(name, 0)
            both = _both(name, mine[name], theirs[name], most)
            wanted[name] = mine[name] if there == was else both
    return wanted, told


def _units(mine: Said) -> Iterable[tuple[str, ...]]:
    if WHEN[0] in mine:
        yield WHEN
    yield from ((name,) for name in mine if name not in WHEN)


def _of(names: Iterable[str], said: Said) -> list[Any]:
    return [_plain(said[name]) for name in names]


def _plain(value: Any) -> Any:
    """The same for the same value, as JSON has it: a moment or a day is its text."""
    if isinstance(value, list):
        return sorted(value)
    return value if value is None or isinstance(value, (int, str)) else value.isoformat()


def _both(name: str, here: Any, there: Any, most: int) -> Any:
    if name == "felt_in":
        return list(dict.fromkeys([*here, *there]))
    if name not in BETWEEN or not there or there in here:
        return here
    both = there if here in there else f"{here}{BETWEEN[name]}{there}"
    return both if len(both) <= most else here


def _read(before: str) -> Said:
    try:
        return plain_object(before.encode("utf-8", "surrogatepass"))
    except NotPlain:
        return {}
