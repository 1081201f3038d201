"""What is due, and what a person planned, as iCalendar (RFC 5545): all-day events."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from icalendar import Calendar, Event, vDuration

from tracker.language import gettext as _
from tracker.reminders.upcoming import Upcoming
from tracker.spots.words import place

NAME = "Sweetspot"
ASK_AGAIN = timedelta(hours=6)
Day = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One day's line; `what` is the same for as long as it is about the same thing."""

    on: date
    line: str
    what: str
    told: str = ""


def entries_of(due: Iterable[Upcoming], days: Iterable[Day]) -> Iterator[Entry]:
    """What is due at each spot and side, then one sentence for each of the other days."""
    for each in due:
        name = place(each.spot.name, each.side)
        told = _("It may be pressed again from this day. Later is fine too.")
        yield Entry(each.on, f"{NAME}: {name}", f"spot {each.spot.id} {each.side}", told)
    for on, sentence in days:
        yield Entry(on, f"{NAME}: {sentence}", f"day {on}")


def discreet(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Only that there is something, once a day."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for each in entries:
        by_day[each.on].append(each)
    return (Entry(on, NAME, f"something {on}") for on in sorted(by_day))


def calendar_of(entries: Iterable[Entry], feed_id: UUID, now: datetime) -> bytes:
    """The whole calendar; an event keeps its UID, which says nothing, while its day may move."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sweetspot//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    asked_again = vDuration(ASK_AGAIN)  # by its name alone the library takes it for text
    calendar.add("refresh-interval", asked_again, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for each in entries:
        calendar.add_component(_event(each, feed_id, now))
    return calendar.to_ical()


def _event(entry: Entry, feed_id: UUID, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{sha256(feed_id.bytes + entry.what.encode()).hexdigest()[:32]}@sweetspot")
    event.add("dtstamp", now)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", entry.line)
    if entry.told:
        event.add("description", entry.told)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # being due takes up nobody's time
    return event
