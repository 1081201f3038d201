"""A person whose browser asks for German meets no English sentence, wherever they go."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from babel.support import Translations
from flask_babel import gettext as spoken
from uuid_utils.compat import uuid7

from tests.conftest import kept, sign_in
from tests.test_sentences import PLACEHOLDER, forms, translations
from tracker import clock, jinja, language
from tracker.checkins import views as checkins
from tracker.checkins.models import OverallChange
from tracker.progress.models import Trial
from tracker.safety.models import ListedCondition
from tracker.sharing.scope import PARTS as PARTS_OF_A_REPORT
from tracker.spots import queries as spots
from tracker.spots.models import OwnSpot, TrackedSpot

FILE = "/sharing/sessions.csv"
FILES = (FILE, *(f"/sharing/{name}.csv" for name in ("daily", "activities", "checkins")))
FILES += ("/sharing/tables.zip", "/sharing/everything.json", "/sharing/archive-1.schema.json")
GERMAN = {"Accept-Language": "de"}
LINK = re.compile(r"(?:href|action)=\"(/[^\"#]*)")
TAGS = re.compile(r"<script[^>]*src.*?</script>|<[^>]*>", re.DOTALL)
SHOWN = re.compile(r"(?:aria-label|alt|title|placeholder|content)=\"([^\"]*)\"")
NO_PAGES = ("/static/", "/logout", *FILES, "/language")
MOST = 250
# What a page says does not depend on where its rows are kept.
pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True)
# WTForms and Flask-Security look up a label for every field, also where a page shows its own,
# and one letter for a weekday is the same pattern in both languages.
LABELS = {"Asks List", "Bom", "Consent", "Delimiter", "Forgot password?", "Id", "Next", "None"}
NEVER_SHOWN = LABELS | {"Before", "Time Zone", "Y", "EEEEE"}


def english() -> Iterator[tuple[str, str]]:
    """Each sentence with the longest part that would stand on a page as it is."""
    for each in translations("de"):
        for source, text in zip(forms(each.id), forms(each.string), strict=False):
            if source and source != text:
                yield source, max(PLACEHOLDER.split(source), key=len).strip()


WHOLE = {source for source, part in english() if source == part}
# Three words may also stand in the title of a source, which stays English.
PARTS = {part for _source, part in english() if part.count(" ") >= 3}


def left_in_english(page: str) -> set[str]:
    """Sentences of the catalogue that a page says in English, data for scripts included."""
    page = unescape(page)
    shown = {text.strip() for text in (*TAGS.sub("\0", page).split("\0"), *SHOWN.findall(page))}
    return shown & WHOLE | {part for part in PARTS if part in page}


@pytest.fixture
def unknown(app, monkeypatch) -> set[str]:
    """Sentences that pages asked for in German, and that have no translation."""
    asked: set[str] = set()
    for name in ("gettext", "ugettext", "ngettext", "ungettext"):
        monkeypatch.setattr(Translations, name, noting(asked, getattr(Translations, name)))
    forget(app)
    return asked


def noting(asked: set[str], look_up: Callable[..., str]) -> Callable[..., str]:
    def noted(self: Translations, message: str, *more: Any) -> str:
        known = self._catalog  # empty in English, which needs none
        if known and message not in known and (message, self.plural(1)) not in known:
            asked.add(message)
        return look_up(self, message, *more)

    return noted


def forget(app) -> None:
    """Have every sentence looked up again, also those that pages before asked for."""
    language.TEXTS.clear()
    spots._translated.cache_clear()
    checkins._blank.cache_clear()
    jinja.init_app(app)


@pytest.fixture
def as_anna(app, alice, add_session):
    """Somebody with spots, sessions of every kind, and something to be careful with."""
    now = datetime.now(UTC)
    today = now.date()
    for spot in ("top-of-buttock", "foot-arch", "chest-front"):
        kept(app, TrackedSpot(user_id=alice.id, spot_id=spot, side="left", since=now))
    own = OwnSpot(user_id=alice.id, id=uuid7(), region="shin", felt_in=["knee"], created_at=now)
    own.name, own.notes = "Kniekehle", ""
    mine = kept(app, own)
    kept(app, TrackedSpot(user_id=alice.id, spot_id=str(mine.id), side="left", since=now))
    kept(
        app,
        ListedCondition(user_id=alice.id, id=uuid7(), entry="osteoporosis", since=now),
    )
    scores = {"pain_before": 6, "pain_after": 4, "tenderness_before": 5, "tenderness_after": 4}
    levels = {"level_1_s": 70, "level_2_s": 40, "level_3_s": 0, "level_4_s": 0, "stayed_level": 2}
    for days, ended in enumerate(("finished", "sharp", "nerve", "user", "away", "pulse"), start=1):
        on = today - timedelta(days=3 * days - 2)
        spot = ("top-of-buttock", "foot-arch", "upper-back")[days % 3]
        add_session(alice, spot, on=on, ended_by=ended, **scores, **levels)
    add_session(alice, "outer-shin", on=today - timedelta(days=1), quality="good_ache", **scores)
    return sign_in(app, alice)


def walk(client, start: str) -> Iterator[tuple[str, str]]:
    """Every page that links lead to, one for each shape of address with an id in it."""
    seen, todo = set(), [start]
    while todo and len(seen) < MOST:
        path = unescape(todo.pop(0))
        if path in seen or path.startswith(NO_PAGES):
            continue
        seen.add(path)
        answer = client.get(path, headers=GERMAN)
        if answer.mimetype == "text/html":
            yield path, answer.text
            todo += LINK.findall(answer.text)


def test_no_page_of_a_person_says_anything_in_english(as_anna, unknown):
    pages = dict(walk(as_anna, "/"))
    assert unknown - NEVER_SHOWN == set()
    found = {path: left for path, page in pages.items() if (left := left_in_english(page))}
    assert found == {}
    assert {"/", "/you", "/spots/", "/progress/", "/spots/about", "/safety/list"} <= pages.keys()
    assert any(path.startswith("/sessions/new") for path in pages)
    assert len(pages) > 60


def test_a_report_and_a_link_say_nothing_in_english(app, alice, as_anna, client, unknown):
    spots = ["top-of-buttock", "foot-arch", "upper-back"]
    now = datetime.now(UTC)
    where = {"user_id": alice.id, "spot_id": "top-of-buttock", "side": "left"}
    kept(app, OverallChange(**where, local_date=now.date(), change=2, answered_at=now))
    drawn = {"kind": "fair", "order": "101010", "target": 2, "drawn_at": now}
    began = clock.today(alice.time_zone) - timedelta(days=5)
    kept(app, Trial(**where, **drawn, id=uuid7(), region="buttock", starts_on=began))
    form = {"spots": spots, "parts": list(PARTS_OF_A_REPORT), "first": "2020-01-01"}
    as_anna.post("/sharing/report/page", data=form | {"paper": "a4"})
    pages = [as_anna.get("/sharing/report/page", headers=GERMAN)]
    form |= {"days": "7", "id": str(uuid7())}
    pages.append(as_anna.post("/sharing/links/new", data=form, headers=GERMAN))
    token = re.search(r"/shared/#([^\"]+)", pages[-1].text)[1]
    pages += [as_anna.get(path, headers=GERMAN) for path in ("/sharing/links/", "/you")]
    pages += [client.get(path, headers=GERMAN) for path in ("/shared/", "/shared/report")]
    client.post("/shared/open", data={"token": token})
    pages.append(client.get("/shared/report", headers=GERMAN))
    for shown in ("Gemachte Sitzungen", "Viel gebessert", "Tag 6 von 48"):
        assert shown in pages[0].text
        assert shown in pages[-1].text
    assert [left for page in pages if (left := left_in_english(page.text))] == []
    assert unknown - NEVER_SHOWN == set()


def test_no_page_of_a_reader_says_anything_in_english(client, unknown):
    pages = dict(walk(client, "/"))
    assert unknown - NEVER_SHOWN == set()
    assert {path: left for path, page in pages.items() if (left := left_in_english(page))} == {}
    assert {"/", "/login", "/register", "/reset", "/spots/", "/spots/skull-base"} <= pages.keys()


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/you", {"time_zone": "Mars", "get_ready_s": "x", "locale": "x"}),
        ("/sessions/add", {"spot": "x", "pain_before": "11", "note": "\x00"}),
        ("/spots/new", {"name": "", "region": "x"}),
        ("/sessions", {}),
        ("/nothing/here", {}),
    ],
)
def test_what_is_wrong_is_said_in_german(as_anna, unknown, path, form):
    answer = as_anna.post(path, data=form, headers=GERMAN)
    assert answer.status_code >= 400
    assert left_in_english(answer.text) == unknown - NEVER_SHOWN == set()
    assert not re.search(r"Not a valid|This field is|Invalid|Bad Request", answer.text)


@pytest.mark.parametrize("path", ["/login", "/register", "/reset"])
def test_sign_in_says_in_german_what_is_wrong(client, unknown, path):
    for form in ({}, {"email": "x", "password": "y"}, {"email": "a@example.org", "password": "y"}):
        page = client.post(path, data=form, headers=GERMAN).text
        assert left_in_english(page) == unknown - NEVER_SHOWN == set()
        assert not re.search(r"Email|provided|Invalid|Retype", page)


def test_the_guide_shows_and_speaks_german(as_anna, unknown):
    page = as_anna.get("/sessions/new?spot=outer-thigh&side=right", headers=GERMAN).text
    data = json.loads(re.search(r"id=\"guide-data\"[^>]*>(.*?)</script>", page, re.DOTALL).group(1))
    assert data["words"]["levels"] == ["Loslassen", "Berührung", "Leicht", "Mittel", "Kräftig"]
    assert data["words"]["spoken"]["up"] == "{level}. {n} Sekunden."
    assert unknown - NEVER_SHOWN == set()
    assert data["plans"][0]["phases"][0]["cue"] == "Ruhiger Kontakt, langsame Atemzüge."


def test_numbers_and_days_are_written_as_in_german(as_anna, alice, add_session):
    add_session(alice, "side-hip", on=clock.today(alice.time_zone), pain_before=6)
    add_session(alice, "side-hip", on=clock.today(alice.time_zone), pain_before=7)
    page = as_anna.get("/progress/side-hip", headers=GERMAN).text
    assert "<b>6,5</b>" in page
    assert "<b>6.5</b>" in as_anna.get("/progress/side-hip").text
    rows = as_anna.get("/sessions/", headers=GERMAN).text
    assert re.search(r"(Mo|Di|Mi|Do|Fr|Sa|So), \d+\. \w+", rows)


def test_the_file_stays_the_same_in_every_language(as_anna):
    german, english = (
        [line.partition(",")[2] for line in as_anna.get(FILE, headers=headers).text.splitlines()]
        for headers in (GERMAN, {})
    )  # the first column is another number for each file
    assert german == english
    assert len(german) > 5


def test_the_search_finds_english_on_a_german_page(as_anna):
    assert len(left_in_english(as_anna.get("/").text)) > 10


def test_a_sentence_without_a_translation_is_noticed(app, unknown):
    with app.test_request_context(headers=GERMAN):
        known = [language.gettext("Sign in"), spoken("kneecap"), spoken("Light")]
        assert known == ["Anmelden", "Kniescheibe", "Leicht"]
        assert unknown == set()
        language.gettext("Nobody has translated this")
        spoken("Nor that")
        language.ngettext("%(num)d of these", "%(num)d of those", 2)
    with app.test_request_context():
        language.gettext("English needs no translation")
    assert unknown == {"Nobody has translated this", "Nor that", "%(num)d of these"}
