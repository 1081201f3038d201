import gzip
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from types import MappingProxyType

import pytest

from tracker.finder import views
from tracker.spots.catalog import catalog


class Links(HTMLParser):
    """Every link of a page: its words and its address, in order."""

    def __init__(self, page):
        super().__init__()
        self.found, self._open = [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self._open = [dict(attributes).get("href", ""), ""]

    def handle_data(self, data):
        if self._open:
            self._open[1] += data

    def handle_endtag(self, tag):
        if tag == "a":
            self.found.append((" ".join(self._open[1].split()), self._open[0]))
            self._open = None


def links(response):
    return Links(response.text).found


def offered(response):
    spots = [
        address.partition("?")[0].removeprefix("/spots/")
        for words, address in links(response)
        if words.startswith("Press here:")
    ]
    return [slug for slug in spots if slug]


def test_low_back_is_one_tap_and_offers_the_top_of_the_buttock(client):
    address = dict(links(client.get("/spots/")))["Low back"]
    page = client.get(address)
    assert page.status_code == 200
    assert "4 spots to try" in page.text
    assert offered(page)[0] == "top-of-buttock"


def test_low_back_says_why_one_presses_elsewhere(client):
    page = client.get("/spots/?region=low_back")
    first = next(words for words, _ in links(page) if words.startswith("Press here:"))
    assert first.startswith("Press here: Top of the buttock Felt there: Low back, buttock, hip,")
    assert "The article lists it under low back pain" in first
    assert "Massage that stays in the low back misses it" in first


def test_every_place_is_offered_by_name(client):
    names = dict(links(client.get("/spots/")))
    assert {region.label for region in catalog().regions.values()} <= names.keys()


def test_a_second_place_is_added_and_either_can_be_taken_back(client):
    page = client.get("/spots/?region=low_back")
    address = dict(links(page))["Shin"]
    both = client.get(address)
    assert {"top-of-buttock", "outer-shin"} <= set(offered(both))
    taken_back = dict(links(both))["Low back: take it back ×"]
    assert offered(client.get(taken_back)) == ["outer-shin"]


def test_nothing_chosen_lists_all_spots_in_number_order(client):
    page = client.get("/spots/")
    assert "All 14 spots" in page.text
    assert offered(page) == list(catalog().spots)


def test_a_place_felt_only_says_so(client):
    page = client.get("/spots/?region=wrist")
    assert "The article says it is felt there: Wrist" in page.text


def test_a_place_inside_another_says_which_place_the_article_names(client):
    page = client.get("/spots/?region=hip_side")
    assert "The article names a place close by: Hip" in page.text


@pytest.mark.parametrize("region", ["nowhere", "", "low_back%00", "LOW_BACK", "low_back,hip"])
def test_an_unknown_place_is_named_as_such_and_the_list_stays(client, region):
    page = client.get(f"/spots/?region={region}")
    assert page.status_code == 422
    assert "One of the places asked for is not known here" in page.text
    assert "Low back" in dict(links(page))


def test_an_unknown_place_does_not_lose_the_known_one(client):
    page = client.get("/spots/?region=nowhere&region=low_back")
    assert page.status_code == 422
    assert offered(page)[0] == "top-of-buttock"


def test_a_place_no_spot_covers_is_said_kindly(client, monkeypatch):
    shins = {"outer-shin": catalog().spots["outer-shin"]}
    smaller = replace(catalog(), spots=MappingProxyType(shins))
    monkeypatch.setattr(views, "catalog", lambda: smaller)
    page = client.get("/spots/?region=low_back")
    assert page.status_code == 200
    assert "No spot here goes with this" in page.text
    assert offered(page) == []


def test_chest_pain_says_what_comes_before_any_massage(client):
    assert "call your local emergency number" in client.get("/spots/?region=chest").text
    assert "call your local emergency number" not in client.get("/spots/?region=shin").text


def test_a_spot_that_is_off_says_so_in_the_answer(client):
    assert "Off until you switch it on" in client.get("/spots/?region=throat").text
    assert "Off until you switch it on" not in client.get("/spots/?region=shin").text


def test_a_spot_leads_back_to_what_was_chosen(client):
    page = client.get("/spots/?region=low_back")
    spot = client.get(next(to for words, to in links(page) if "Top of the buttock" in words))
    assert "/spots/?region=low_back" in [to for _, to in links(spot)]


def test_the_page_is_light(client, as_alice):
    for reader in (client, as_alice):
        assert len(gzip.compress(reader.get("/spots/").data)) < 5_000


def test_what_was_recognised_as_their_pain_comes_first_for_them_alone(
    as_alice, client, alice, bob, add_session
):
    add_session(alice, spot="low-back-pit", your_pain="yes")
    add_session(bob, spot="rib-spine-corner", your_pain="yes")
    page = as_alice.get("/spots/?region=low_back")
    assert offered(page)[:2] == ["low-back-pit", "top-of-buttock"]
    assert "You said: yes, that is my pain" in page.text


def test_the_latest_answer_at_a_spot_counts(as_alice, alice, add_session):
    add_session(alice, spot="low-back-pit", your_pain="yes", on=date(2026, 11, 11))
    add_session(
        alice, spot="low-back-pit", your_pain="no", felt_in=["low_back"], on=date(2026, 11, 18)
    )
    add_session(alice, spot="low-back-pit", your_pain=None, on=date(2026, 11, 19))
    page = as_alice.get("/spots/?region=low_back")
    assert offered(page)[0] == "top-of-buttock"
    assert "You said" not in page.text


def test_a_place_where_a_spot_was_felt_offers_it_though_the_article_does_not(
    as_alice, alice, add_session
):
    assert "foot-arch" not in offered(as_alice.get("/spots/?region=low_back"))
    add_session(alice, spot="foot-arch", felt_in=["low_back"])
    page = as_alice.get("/spots/?region=low_back")
    assert offered(page)[0] == "foot-arch"
    assert "You felt it there" in page.text


def test_a_deleted_session_says_nothing_about_ones_pain(as_alice, alice, add_session):
    massage = add_session(alice, spot="low-back-pit", your_pain="yes")
    as_alice.post(f"/sessions/{massage.id}/delete")
    assert offered(as_alice.get("/spots/?region=low_back"))[0] == "top-of-buttock"
