"""What the safety rules are made of: gates, items, and what they do. Text is for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.spots.catalog import Source

NO_CAP = 4


class Often(StrEnum):
    """How often a gate is asked; from rare to often."""

    FIRST = "first"
    MONTHLY = "monthly"
    EVERY_SESSION = "every_session"


class OpensWith(StrEnum):
    """What opens again what is closed: a word from a clinician, the list changed, or time."""

    CLINICIAN = "clinician"
    AGREE = "agree"
    LIST = "list"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Times:
    """How long answers hold: minutes, days, days; and hours of rest after a fresh injury."""

    session_minutes: int
    month_days: int
    list_days: int
    wait_hours: int
    basis: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Preface:
    """What stands on top of the one sheet that all due gates share."""

    text: str
    basis: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer does: the highest level left (0 closes, 4 changes nothing), and what to do.

    `gentle` asks for the gentle protocol, too.
    """

    id: str
    max_level: int
    text: str
    basis: tuple[str, ...]
    what: tuple[str, ...] = ()
    gentle: bool = False
    opens_with: str | None = None
    note: str | None = None

    @property
    def closes(self) -> bool:
        return self.max_level == 0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tick; `counts_as` is the entry of the list that it also says."""

    id: str
    kind: str
    text: str
    does: str | None = None
    counts_as: str | None = None

    @property
    def effect(self) -> str:
        return self.does or self.kind


@dataclass(frozen=True, slots=True)
class Gate:
    """Questions before a session: how often, by slug and (own spots) by body group."""

    id: str
    label: str
    basis: tuple[str, ...]
    sources: tuple[str, ...]
    spots: Mapping[str, str]
    groups: Mapping[str, str]
    items: tuple[Item, ...]
    closes_limb: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One effect of an entry, and which places it reaches; no groups and regions means all."""

    does: str
    reach: str
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list of contraindications."""

    id: str
    about: str
    text: str
    rules: tuple[Rule, ...]
    basis: tuple[str, ...]
    sources: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Regions right beside each other, in pairs, and the regions of each limb."""

    beside: tuple[tuple[str, ...], ...]
    limbs: Mapping[str, tuple[str, ...]]
    basis: tuple[str, ...]
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Aftercare:
    """What to watch for in the hours after a session that reached min_level at one of spots."""

    id: str
    spots: tuple[str, ...]
    min_level: int
    text: str
    what: tuple[str, ...]
    basis: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Safety:
    """All of safety.toml, by id and in the order shown; sources with the catalogue's."""

    version: str
    times: Times
    sheet: Preface
    effects: Mapping[str, Effect]
    gates: Mapping[str, Gate]
    items: Mapping[str, Item]
    conditions: Mapping[str, Entry]
    places: Places
    aftercare: Mapping[str, Aftercare]
    sources: Mapping[str, Source]
