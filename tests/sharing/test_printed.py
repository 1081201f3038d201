"""The report as a PDF: made here, of our own files only, and fit for paper."""

import re
import subprocess
from datetime import timedelta

import pytest

from tests.sharing import pango
from tests.sharing.conftest import TODAY
from tests.sharing.test_report import sent
from tracker import pdf
from tracker.sharing import report_views
from tracker.sharing.scope import PARTS

POINTS = {"a4": (595, 842), "letter": (612, 792)}

pytestmark = pytest.mark.usefixtures("time", "_pango")


@pytest.fixture(scope="module")
def _pango():
    pango.install()


@pytest.fixture
def looked_at(tmp_path):
    """The pages of a PDF: their size, their text, and how many of their pixels are not white."""

    def look(answer):
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        file = tmp_path / "report.pdf"
        file.write_bytes(answer.data)
        about = run("pdfinfo", file)
        pages = int(re.search(r"Pages:\s+(\d+)", about)[1])
        size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", about)
        run("pdftoppm", "-r", "30", "-gray", file, tmp_path / "page")
        pictures = sorted(tmp_path.glob("page*.pgm"))
        inked = [sum(byte < 250 for byte in each.read_bytes()) for each in pictures]
        return (
            pages,
            (round(float(size[1])), round(float(size[2]))),
            run("pdftotext", file, "-"),
            inked,
        )

    return look


def run(*command):
    return subprocess.run(
        [str(part) for part in command], capture_output=True, check=True, text=True
    ).stdout


@pytest.mark.parametrize("paper", POINTS)
def test_it_is_of_the_chosen_paper_and_says_the_same(
    as_alice, alice, add_session, rate, looked_at, paper
):
    for ago in range(0, 60, 3):
        add_session(alice, on=TODAY - timedelta(days=ago), pain_before=6, pain_after=4)
    rate(alice, {ago: 3 + ago % 4 for ago in range(80)})
    answer = sent(as_alice, "pdf", paper=paper, name="Änne")
    pages, size, text, inked = looked_at(answer)
    assert size == POINTS[paper]
    assert pages <= 2
    assert "Änne" in text
    assert "6 → 4" in text
    assert len(inked) == pages
    assert inked[0] > 3000
    assert answer.headers["Content-Disposition"].endswith('sweetspot-report-2026-11-22.pdf"')


def test_nothing_and_twenty_years_fit_on_two_pages(
    as_alice, alice, add_session, rate, say_overall, begin_test, looked_at
):
    add_session(alice, on=TODAY)
    nothing = sent(as_alice, "pdf", first="2026-01-01", last="2026-01-31")
    assert looked_at(nothing)[0] == 1
    for ago in range(0, 7000, 200):
        add_session(alice, on=TODAY - timedelta(days=ago), note="A note. " * 20)
        say_overall(alice, 3, days_ago=ago)
        begin_test(alice, ago + 100)
    rate(alice, {ago: ago % 11 for ago in range(0, 7000, 2)})
    long = sent(as_alice, "pdf", parts=PARTS, first="2006-12-01")
    pages, _size, text, _inked = looked_at(long)
    assert pages <= 2
    for part in ("2026", "Overall change", "Fair test", "not shown"):
        assert part in text


def test_it_loads_nothing_from_anywhere(as_alice, alice, add_session, monkeypatch):
    asked_for = []
    refuse = pdf._refuse
    monkeypatch.setattr(pdf, "_refuse", lambda url, *more: asked_for.append(url) or refuse(url))
    add_session(alice, on=TODAY, note='<img src="http://example.org/x.png">')
    name = '<img src="http://example.org/y.png"><img src="file:///etc/passwd">'
    answer = sent(as_alice, "pdf", name=name)
    assert answer.mimetype == "application/pdf"
    assert asked_for == []
    with pytest.raises(ValueError, match="loads nothing"):
        refuse("file:///etc/passwd")


def test_drawing_it_holds_no_transaction(app, as_alice, alice, add_session, monkeypatch):
    held = []

    def drawn(_page, _css):
        held.append(report_views.db.session.registry().in_transaction())
        return b"%PDF"

    monkeypatch.setattr(pdf, "made_of", drawn)
    add_session(alice, on=TODAY)
    sent(as_alice, "pdf")
    assert held == [False]


def test_it_is_made_so_often_and_no_more(as_alice, alice, add_session, monkeypatch):
    monkeypatch.setattr(report_views, "FILES", 2)
    monkeypatch.setattr(pdf, "made_of", lambda _page, _css: b"%PDF")
    add_session(alice, on=TODAY)
    codes = [sent(as_alice, "pdf").status_code for _try in range(3)]
    assert codes == [200, 200, 429]


def test_health_says_that_pdfs_are_made(client):
    assert client.get("/healthz").json["pdf"] is True


def test_it_shows_the_spot_that_was_pressed(as_alice, alice, add_session):
    add_session(alice, on=TODAY, felt_in=["hip"])
    page = sent(as_alice)
    assert page.text.count('<ellipse cx="') == 1
    assert "front-clip" in page.text
