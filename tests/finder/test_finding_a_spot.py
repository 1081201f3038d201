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


class Boxes(HTMLParser):
    """Every place of the list: its words, and whether it is chosen, by what it sends."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input" and given.get("name") == "at":
            self.found[given["value"]] = (given["aria-label"], "checked" in given)


def boxes(response):
    return Boxes(response.text).found


def chosen(response):
    return [words for words, checked in boxes(response).values() if checked]


def test_low_back_is_one_choice_and_offers_the_top_of_the_buttock(client):
    value = {words: at for at, (words, _) in boxes(client.get("/spots/")).items()}
    page = client.get("/spots/", query_string={"at": value["Low back, left"]})
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
    names = {words for words, _ in boxes(client.get("/spots/")).values()}
    for region in catalog().regions.values():
        sides = [", left", ", right"] if region.paired else [""]
        assert {region.label + side for side in sides} <= names


def test_what_is_chosen_stays_chosen_in_the_list(client):
    assert chosen(client.get("/spots/?at=jaw.right&at=forehead")) == ["Forehead", "Jaw, right"]
    assert chosen(client.get("/spots/?at=jaw")) == ["Jaw, left", "Jaw, right"]
    assert chosen(client.get("/spots/")) == []


def test_an_address_without_sides_still_means_both(client):
    old = client.get("/spots/?region=low_back")
    assert chosen(old) == ["Low back, left", "Low back, right"]
    assert "Low back, both sides" in old.text
    assert offered(old)[0] == "top-of-buttock"


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_side_goes_along_to_the_spot_and_to_prepare(as_alice, side):
    page = as_alice.get(f"/spots/?at=low_back.{side}")
    address = next(to for words, to in links(page) if "Top of the buttock" in words)
    assert f"side={side}" in address
    spot = as_alice.get(address)
    starts = {words: to for words, to in links(spot) if words.startswith("Start")}
    assert f"side={side}" in starts[f"Start {side}"]
    primary = spot.text.split('class="key"')
    assert len(primary) == 2
    assert f"side={side}" in primary[0].rpartition("<a")[2] + primary[1][:200]


def test_a_side_that_does_not_exist_is_passed_over_by_the_spot(client):
    assert client.get("/spots/top-of-buttock?side=middle&at=nowhere.left").status_code == 200


def test_the_body_and_the_picture_say_where_they_are_drawn(client):
    page = client.get("/spots/?at=low_back.left").text
    assert page.count("img/body.svg") == 2
    assert '"press": "Top of the buttock, left"' in page
    assert '"felt": "Low back, left"' in page


def test_a_second_place_is_added_and_either_can_be_taken_back(client):
    page = client.get("/spots/?region=low_back")
    assert "Shin, left" in [words for words, _ in boxes(page).values()]
    both = client.get("/spots/?at=low_back&at=shin.left")
    assert {"top-of-buttock", "outer-shin"} <= set(offered(both))
    taken_back = dict(links(both))["Low back, both sides: take it back ×"]
    assert offered(client.get(taken_back))[0] == "outer-shin"
    assert "top-of-buttock" not in offered(client.get(taken_back))


def test_a_place_with_one_spot_names_its_neighbours_after_it_and_says_why(client):
    page = client.get("/spots/?at=knee.left")
    assert "1 spot to try" in page.text
    assert offered(page) == ["outer-thigh", "top-of-buttock", "side-hip", "low-back-pit"]
    assert page.text.count("The article names a place next to it: Back of the thigh") == 3
    assert "No spot here goes with this" not in page.text
    assert all("side=left" in to for words, to in links(page) if words.startswith("Press here"))
    assert "Felt next to it" not in client.get("/spots/?at=low_back.left").text


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
    assert "Low back, left" in [words for words, _ in boxes(page).values()]
    assert "<sweet-body" in page.text


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


def test_calf_pain_names_the_signs_of_a_clot_first(client):
    page = client.get("/spots/?at=calf.left").text
    assert "Calf pain: think of a clot first." in page
    assert "One calf or thigh swollen, throbbing, warm" in page
    assert "Get medical advice today." in page
    assert "Call your local emergency number now." in page
    assert "think of a clot" not in client.get("/spots/?at=shin.left").text


def test_a_spot_that_is_off_says_so_in_the_answer(client):
    assert "Off until you switch it on" in client.get("/spots/?region=throat").text
    assert "Off until you switch it on" not in client.get("/spots/?region=shin").text


def test_a_spot_leads_back_to_what_was_chosen(client):
    page = client.get("/spots/?at=low_back.left&at=jaw")
    spot = client.get(next(to for words, to in links(page) if "Top of the buttock" in words))
    assert "/spots/?at=jaw&at=low_back.left" in [to for _, to in links(spot)]


def test_the_calf_has_no_spot_says_so_and_names_those_felt_next_to_it(client):
    page = client.get("/spots/?at=calf.left")
    assert "No spot here goes with this" in page.text
    assert "add it as a spot of your own" in page.text
    assert "The article names a place next to it: Shin" in page.text
    assert page.text.index("No spot here goes with this") < page.text.index("<sweet-picture")
    assert '"said": "Next to it: Shin, left"' in page.text
    assert "Felt there: Shin, left" not in page.text
    assert offered(page)[0] == "outer-shin"


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


def test_what_was_said_of_one_side_says_nothing_of_the_other(as_alice, alice, add_session):
    add_session(alice, spot="low-back-pit", side="left", your_pain="yes")
    add_session(alice, spot="foot-arch", side="left", felt_in=["low_back"])
    assert offered(as_alice.get("/spots/?at=low_back.left"))[:2] == ["low-back-pit", "foot-arch"]
    other = as_alice.get("/spots/?at=low_back.right")
    assert offered(other)[0] == "top-of-buttock"
    assert "You said" not in other.text
    assert "foot-arch" not in offered(other)
    assert offered(as_alice.get("/spots/?at=low_back"))[0] == "low-back-pit"
    assert offered(as_alice.get("/spots/?at=tailbone&at=low_back.right"))[0] == "low-back-pit"


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
