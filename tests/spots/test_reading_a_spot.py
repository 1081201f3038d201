import re

import pytest

from tracker.spots.catalog import catalog

SLUGS = list(catalog().spots)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_spot_can_be_read_signed_out_in_all_its_words(client, slug):
    page = client.get(f"/spots/{slug}")
    assert page.status_code == 200
    read = page.text.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    spot = catalog().spots[slug]
    cites = [catalog().sources[source].cite for source in spot.sources]
    strengths = [catalog().sources[source].strength for source in spot.sources]
    notes = [part for other in spot.mistaken_for for part in (other.what, other.note)]
    for words in (
        *(spot.name, spot.location, spot.technique, spot.feel, spot.shift_hint),
        *(*spot.find, *spot.cautions, *spot.muscles, *spot.tools, *spot.listed_under),
        *(*notes, *spot.conflicts, *cites, *strengths),
        *filter(None, (spot.no_dimples, spot.anatomy, spot.landmark, spot.reassurance)),
    ):
        assert words in read


def test_the_steps_are_numbered(client):
    page = client.get("/spots/top-of-buttock").text
    steps = re.search(r'<ol class="steps">(.*?)</ol>', page, re.DOTALL).group(1)
    assert steps.count("<li>") == 4


def test_disease_names_are_the_articles_own(client):
    page = client.get("/spots/top-of-buttock").text
    assert "The article lists this under low back pain, gluteal pain, and sciatica." in page


def test_sources_link_to_pubmed_and_say_how_strong_they_are(client):
    page = client.get("/spots/top-of-buttock").text
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/26176792/"' in page
    assert "A single case report: it shows that this can happen, not how often." in page
    assert "Content version" in page


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("top-of-buttock", ("4 Firm", "at most 30 s", "at most 5 min", "Fingertips")),
        ("side-of-neck", ("2 Light", "at most 15 s", "at most 1 min")),
        ("chewing-muscle", ("3 Medium", "at most 20 s", "at most 2 min")),
    ],
)
def test_limits_are_told_in_words(client, slug, words):
    page = client.get(f"/spots/{slug}").text
    for part in words:
        assert part in page


def test_signed_out_one_is_asked_to_get_started(client):
    page = client.get("/spots/top-of-buttock").text
    assert "Get started" in page
    assert "/sessions/" not in page


def test_signed_in_each_side_can_be_started(as_alice):
    page = as_alice.get("/spots/top-of-buttock").text
    for side in ("left", "right"):
        assert f"/sessions/new?spot=top-of-buttock&amp;side={side}" in page
    assert "/sessions/add?spot=top-of-buttock" in page
    assert "/progress/top-of-buttock" in page


def test_the_side_of_the_neck_is_read_and_logged_and_leads_to_its_switch(as_alice):
    page = as_alice.get("/spots/side-of-neck").text
    assert "/sessions/new" not in page
    assert "/sessions/add?spot=side-of-neck" in page
    assert "Off until you switch it on" in page
    assert 'href="/you"' in page[page.index("<main") :]


@pytest.mark.parametrize("slug", ["nowhere", "TOP-OF-BUTTOCK", "top-of-buttock%00", "%F0%9F%A6%B6"])
def test_an_unknown_spot_is_a_page_that_says_so(client, slug):
    page = client.get(f"/spots/{slug}")
    assert page.status_code == 404
    assert "There is nothing here" in page.text


def test_about_shows_the_version_its_changes_and_that_nobody_reviewed_it(client):
    page = client.get("/spots/about").text.replace("&#39;", "'")
    assert catalog().version in page
    for change in catalog().changes:
        assert change.text in page
    for source in catalog().sources.values():
        assert source.cite in page
    assert "No clinician has reviewed this text yet." in page


@pytest.mark.parametrize("path", ["/spots/", "/spots/?region=low_back", "/spots/top-of-buttock"])
def test_nothing_is_promised(client, path):
    page = client.get(path).text.lower()
    for word in ("trigger point", "heals", "relieves", "cures", "workout", "clinically proven"):
        assert word not in page
