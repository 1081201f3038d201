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
    cites = filter(None, (catalog().sources[source].cite for source in spot.sources))
    strengths = [catalog().sources[source].strength for source in spot.sources]
    notes = [
        part
        for other in spot.mistaken_for
        for part in (other.what, other.note, other.other_way.text)
    ]
    said = [claim.text for claim in (*spot.cautions, *spot.pairs, *spot.conflicts)]
    for words in (
        *(spot.name, spot.location, spot.technique, spot.feel, spot.shift_hint),
        *(*spot.find, *spot.muscles, *spot.tools, *spot.listed_under),
        *(*notes, *said, *cites, *strengths),
        *filter(None, (spot.no_dimples, spot.anatomy, spot.landmark, spot.reassurance)),
        *filter(None, (spot.sharp, spot.tolerance)),
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
def test_an_unknown_spot_is_a_page_that_says_so_and_offers_the_body(client, as_alice, slug):
    for reader in (client, as_alice):
        page = reader.get(f"/spots/{slug}?at=nonsense")
        assert page.status_code == 404
        assert "There is no spot at this address" in page.text
        assert "Where does it hurt?" in page.text
        assert "<sweet-body" in page.text
        assert 'action="/spots/"' in page.text
        assert "/spots/top-of-buttock" in page.text


def test_a_page_without_a_mix_up_says_no_more_than_that_none_is_noted(client):
    assert "No mix-up is noted here yet." in client.get("/spots/foot-arch").text
    page = client.get("/spots/side-hip").text
    assert "No mix-up is noted here yet." not in page
    assert "gluteus medius and minimus, are said to send pain into the leg" in page


def test_about_shows_the_version_its_changes_and_that_nobody_reviewed_it(client):
    page = client.get("/spots/about").text.replace("&#39;", "'")
    assert catalog().version in page
    for change in catalog().changes:
        assert change.text in page
    for source in catalog().sources.values():
        assert (source.cite or source.strength) in page
    assert "No clinician has reviewed this text yet." in page


@pytest.mark.parametrize("path", ["/spots/", "/spots/?region=low_back", "/spots/top-of-buttock"])
def test_nothing_is_promised(client, path):
    page = client.get(path).text.lower()
    for word in ("trigger point", "heals", "relieves", "cures", "workout", "clinically proven"):
        assert word not in page


@pytest.mark.parametrize("path", [*(f"/spots/{slug}" for slug in SLUGS), "/spots/about"])
def test_every_mark_opens_the_sources_of_its_claim(client, path):
    page = client.get(path).text
    opened = set(re.findall(r'class="by__mark[^>]*popovertarget="(by-[^"]+)"', page))
    sheets = re.findall(r'class="source-sheet[^>]*id="(by-[^"]+)" popover', page)
    assert opened <= set(sheets)
    assert len(sheets) == len(set(sheets))
    for sheet in opened:
        for source in sheet.removeprefix("by-").split("-"):
            assert catalog().sources[source].strength in page.replace("&#39;", "'")


def test_where_the_article_contradicts_itself_the_page_says_which_reading_it_follows(client):
    page = client.get("/spots/top-of-buttock").text
    assert page.count("The article contradicts itself") == 3
    find = page[page.index("Find it") : page.index("Which way to press")]
    assert "a photo caption in the article puts this spot on the upper outer side" in find
    limits = page[page.index("How firm, how long") : page.index("Goes with")]
    assert "all but indestructible" in limits
    assert "follows the safer reading: no elbow and no body weight" in limits


def test_spots_that_go_together_lead_to_each_other(client):
    assert "/spots/low-back-pit" in client.get("/spots/top-of-buttock").text
    assert "/spots/top-of-buttock" in client.get("/spots/low-back-pit").text


def test_about_says_what_is_not_known_and_what_else_it_could_be(client):
    page = client.get("/spots/about").text.replace("&#39;", "'")
    for chapter in catalog().chapters:
        assert chapter.heading in page
        assert all(claim.text in page for claim in chapter.claims)
    assert [chapter.id for chapter in catalog().chapters] == [
        "unknown",
        "rivals",
        "ordinary",
        "back",
    ]


def test_about_names_nobody_to_tell_of_an_error_where_nobody_was_set(client):
    page = client.get("/spots/about").text
    assert "has set no address" in page
    assert "mailto:" not in page


def test_about_leads_to_whom_the_operator_named(client, app, monkeypatch):
    monkeypatch.setitem(app.config, "CONTACT", "mailto:texts@sweetspot.example.org")
    page = client.get("/spots/about").text
    assert 'href="mailto:texts@sweetspot.example.org">texts@sweetspot.example.org</a>' in page
    assert "has set no address" not in page
