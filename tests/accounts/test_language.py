"""The language a page is in: chosen on You, on this device, or by the browser."""

import pytest
from sqlalchemy import select

from tracker import language
from tracker.accounts.models import User
from tracker.app import create_app
from tracker.settings import Settings, SettingsError

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
FRENCH = {"Accept-Language": "fr, de;q=0.4"}
FORM = {"time_zone": "Europe/Berlin", "get_ready_s": "15", "gap_s": "15"}


def in_german(page):
    return '<html lang="de">' in page.text


def in_english(page):
    return '<html lang="en">' in page.text


def test_the_browser_says_which_language(client):
    assert in_german(client.get("/login", headers=GERMAN))
    assert in_english(client.get("/login"))


def test_a_page_that_is_not_there_names_the_language_it_speaks(client):
    page = client.get("/nowhere", headers=GERMAN)
    assert page.status_code == 404
    assert in_german(page)
    assert "Zum Anfang" in page.text
    assert in_english(client.get("/nowhere"))


def test_a_browser_gets_the_first_language_there_is(client):
    assert in_german(client.get("/login", headers=FRENCH))
    assert in_english(client.get("/login", headers={"Accept-Language": "fr"}))
    assert in_english(client.get("/login", headers={"Accept-Language": ";;\x7f=,"}))


def test_what_is_chosen_on_you_goes_before_the_browser(as_alice, rows):
    assert (
        "Gespeichert."
        in as_alice.post("/you", data=FORM | {"locale": "de"}, follow_redirects=True).text
    )
    assert in_german(as_alice.get("/"))
    as_alice.post("/you", data=FORM | {"locale": "en"})
    assert in_english(as_alice.get("/", headers=GERMAN))
    assert [person.locale for person in rows(select(User))] == ["en"]


def test_the_browser_may_decide_again(as_alice, rows):
    as_alice.post("/you", data=FORM | {"locale": "en"})
    as_alice.post("/you", data=FORM | {"locale": ""})
    assert [person.locale for person in rows(select(User))] == [None]
    assert in_german(as_alice.get("/", headers=GERMAN))


def test_one_persons_language_is_not_anothers(as_alice, as_bob):
    as_alice.post("/you", data=FORM | {"locale": "de"})
    pages = [in_german(who.get("/")) for who in (as_alice, as_bob, as_alice, as_bob)]
    assert pages == [True, False, True, False]


@pytest.mark.parametrize("wrong", ["fr", "DE", "de\x00", "../de", "de" * 99])
def test_a_language_there_is_not_is_told(as_alice, wrong):
    answer = as_alice.post("/you", data=FORM | {"locale": wrong})
    assert answer.status_code == 422
    assert 'id="locale-error"' in answer.text


def test_a_reader_without_an_account_chooses_on_this_device(client):
    page = client.get("/spots/?front=1", headers=GERMAN).text
    assert '<input type="hidden" name="next" value="/spots/?front=1">' in page
    answer = client.post("/language", data={"locale": "en", "next": "/spots/?front=1"})
    assert (answer.status_code, answer.location) == (303, "/spots/?front=1")
    assert in_english(client.get("/spots/", headers=GERMAN))


def test_what_a_reader_chose_stays_until_they_choose_on_you(client, as_alice):
    as_alice.post("/language", data={"locale": "de", "next": "/"})
    assert in_german(as_alice.get("/"))
    as_alice.post("/you", data=FORM | {"locale": ""})
    assert in_english(as_alice.get("/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"locale": "fr"},
        {"locale": ""},
        {},
        {"locale": "de", "next": "//elsewhere.example"},
        {"locale": "de", "next": "https://elsewhere.example/"},
    ],
)
def test_a_choice_that_is_none_is_refused(client, wrong):
    assert client.post("/language", data=wrong).status_code == 400


def test_another_site_cannot_choose(client):
    away = {"Origin": "https://elsewhere.example"}
    assert client.post("/language", data={"locale": "de"}, headers=away).status_code == 403


@pytest.mark.parametrize("cookie", ["fr", "%00", "x" * 3000])
def test_a_cookie_that_is_none_says_nothing(client, cookie):
    client.set_cookie(language.COOKIE, cookie)
    assert in_german(client.get("/login", headers=GERMAN))


def test_the_app_does_not_start_in_half_a_language(tmp_path, monkeypatch):
    monkeypatch.setattr(language, "compiled", lambda: [language.TRANSLATIONS / "de" / "none.mo"])
    with pytest.raises(SettingsError, match="run make build"):
        create_app(Settings(secret_key="k" * 40, database_url="sqlite:///x.db", instance=tmp_path))


def test_signing_up_says_in_german_what_is_wrong(client):
    page = client.post("/register", data={"email": "a"}, headers=GERMAN).text
    assert "Das ist keine gültige E-Mail-Adresse" in page
