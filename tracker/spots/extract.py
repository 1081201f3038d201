"""Finds the catalogue's sentences for translators; Babel calls this, the app never does."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

# By key, so that ids, citations and codes stay as they are; a test finds forgotten ones.
TEXT_KEYS = {
    *("name", "muscles", "location", "find", "no_dimples", "technique", "feel", "shift_hint"),
    *("tools", "anatomy", "landmark", "reassurance", "sharp", "tolerance"),
    *("under", "what", "note", "label", "strength", "review", "text", "cue", "heading"),
    *("measured", "words"),
}
CODE = re.compile(r"[a-z_0-9]+")  # phases are named for the program, spots for people


def extract_toml(
    fileobj: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield (line, function, message, comments) for each text of one catalogue file."""
    source = fileobj.read().decode("utf-8")
    lines = source.splitlines()
    for message in _texts(tomllib.loads(source)):
        line = next((at for at, text in enumerate(lines, start=1) if message in text), 1)
        yield line, None, message, []


def _texts(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key == "provenance":  # where each text comes from, in codes
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from _texts(item)
            elif isinstance(item, str) and key in TEXT_KEYS:
                yield from [] if key == "name" and CODE.fullmatch(item) else [item]
            elif isinstance(item, str) and key == "basis":  # "article: build slowly; judgement"
                yield from filter(None, (part.partition(": ")[2] for part in item.split("; ")))
