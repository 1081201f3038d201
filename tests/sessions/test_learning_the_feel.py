"""Learn the feel: eight short pages, offered on Today until done or skipped, and repeatable."""

import re

import pytest
from sqlalchemy import select

from tracker.accounts.models import User
from tracker.sessions.protocol import ANCHORS, LEVELS
from tracker.sessions.rules import RULES

STEPS = range(1, 9)


def learnt_at(rows, person):
    (user,) = rows(select(User).where(User.id == person.id))
    return user.learnt_at


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_each_page_leads_to_the_next(client):
    for number in STEPS:
        page = client.get(f"/learn/{number}")
        assert page.status_code == 200
        assert (f'href="/learn/{number + 1}"' in page.text) == (number < 8)
        assert f"{number} of 8" in page.text
    assert text_of(client.get("/learn")) == text_of(client.get("/learn/1"))


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_each_level_has_its_number_its_word_and_what_it_feels_like(client, level):
    page = text_of(client.get(f"/learn/{level + 1}"))
    assert f"{level} {LEVELS[level]}" in page
    assert ANCHORS[level] in page


def test_the_screen_is_the_level_as_in_the_guide_and_too_firm_is_no_field(client):
    assert 'class="slab slab--flat slab--grow learn" data-level="3"' in client.get("/learn/4").text
    assert 'learn" data-level' not in client.get("/learn/6").text


def test_good_ache_is_told_from_sharp(client):
    page = text_of(client.get("/learn/7"))
    assert page.index("Good ache") < page.index("Sharp or hot")
    assert "a few millimetres, off the bone" in page


def test_the_three_rules_are_those_of_the_protocol(client):
    page = text_of(client.get("/learn/8"))
    assert RULES.number("sharp_3", "times") == 3
    assert "The third time ends this spot for today." in page
    assert "Numb, tingling, electric or shooting Let go at once." in page
    assert "call your local emergency number" in page
    assert client.get("/learn/8").text.count("<li><b>") == 3


def test_today_offers_it_beside_start_until_it_is_done(as_alice, alice, rows):
    as_alice.post("/spots/top-of-buttock/sides/left")
    page = as_alice.get("/").text
    assert 'href="/learn"' in page
    assert page.index(">Start<") < page.index('href="/learn"')
    answer = as_alice.post("/learn")
    assert (answer.status_code, answer.location) == (303, "/")
    assert 'href="/learn"' not in as_alice.get("/").text
    assert learnt_at(rows, alice)


def test_it_can_be_skipped_on_every_page_but_the_last_which_ends_it(as_alice):
    for number in STEPS:
        page = as_alice.get(f"/learn/{number}").text
        assert page.count('action="/learn"') == 1
        assert ("Skip" in page.replace("Skip to content", "")) == (number < 8)


def test_it_can_be_done_again_from_you(as_alice, alice, rows):
    as_alice.post("/learn")
    first = learnt_at(rows, alice)
    assert 'href="/learn"' in as_alice.get("/you").text
    assert as_alice.get("/learn").status_code == 200
    as_alice.post("/learn")
    assert learnt_at(rows, alice) == first


def test_one_persons_learning_is_not_anothers(as_alice, as_bob):
    as_alice.post("/learn")
    assert 'href="/learn"' in as_bob.get("/").text


def test_without_an_account_it_can_be_read_and_not_kept(client):
    assert "Skip<" not in client.get("/learn/3").text
    assert 'href="/spots/"' in client.get("/learn/8").text
    assert client.post("/learn").status_code in (302, 401)


@pytest.mark.parametrize("path", ["/learn/0", "/learn/9", "/learn/-1", "/learn/x", "/learn/1e0"])
def test_there_are_no_other_pages(client, path):
    assert client.get(path).status_code == 404
