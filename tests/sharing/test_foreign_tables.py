"""Somebody else's table: its columns are matched, it is looked at, kept, and taken back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import kept as keep
from tests.conftest import sql_of
from tests.sharing.bringing import counts_in, looked_at, said_yes
from tracker.sessions import deleted
from tracker.sessions.models import MassageSession
from tracker.sessions.queries import whole
from tracker.sessions.revisions import Revisions
from tracker.sharing.foreign import as_day, as_time, fitting, guessed
from tracker.spots.models import TrackedSpot

TABLE = """Datum;Uhrzeit;Punkt;Seite;Schmerz vorher;Schmerz nachher;Notiz
16.11.2026;18:30;Top of the buttock;links;6;4;gut
17.11.2026;;top-of-buttock;rechts;5;;
"""
ALL = {
    **{"date": "c0", "date_format": "22.11.2026", "time": "c1", "zone": "Europe/Berlin"},
    **{"spot": "c2", "side": "c3", "pain_before": "c4", "pain_after": "c5", "note": "c6"},
}


def matched(client, text=TABLE, **chosen):
    address = looked_at(client, text).request.path
    data = ALL | chosen
    return client.post(f"{address}/columns", data=data, follow_redirects=True)


def kept(rows):
    return rows(whole(select(MassageSession)).order_by(MassageSession.started_at))


def held(rows):
    """Until when a test holds each spot of the list."""
    return [each.held_until for each in rows(select(TrackedSpot))]


def test_the_page_suggests_which_column_is_what(as_alice):
    page = looked_at(as_alice, TABLE)
    assert page.status_code == 200
    assert "Which column is what?" in page.text
    for choice in ('value="c0">Datum', 'value="22.11.2026">', 'value="c4">Schmerz vorher'):
        assert choice.replace("value", "selected value") in page.text


def test_it_comes_in_as_the_columns_say(as_alice, rows):
    page = matched(as_alice)
    assert counts_in(page.text)["Added"] == 2
    assert "2 added" in said_yes(as_alice, page).text
    first, second = kept(rows)
    assert (first.spot_id, first.side, first.entry) == ("top-of-buttock", "left", "imported")
    assert first.started_at.isoformat() == "2026-11-16T17:30:00+00:00"
    assert (first.pain_before, first.pain_after, first.note) == (6, 4, "gut")
    assert second.started_at.isoformat() == "2026-11-17T11:00:00+00:00"
    assert second.pain_after is None


def test_the_same_table_twice_changes_nothing(as_alice):
    said_yes(as_alice, matched(as_alice))
    assert counts_in(matched(as_alice).text)["Here already"] == 2


def test_one_tap_takes_it_back_and_it_may_come_again(as_alice, rows):
    page = said_yes(as_alice, matched(as_alice)).text
    assert "2 sessions" in page
    address = page.split('action="/sharing/back/imports/')[1].split('"')[0]
    again = as_alice.post(f"/sharing/back/imports/{address}", follow_redirects=True)
    assert "2 sessions were taken back." in again.text
    assert all(massage.deleted_at for massage in kept(rows))
    said_yes(as_alice, matched(as_alice, date_format="22.11.2026"))
    assert not any(massage.deleted_at for massage in kept(rows))


def test_the_day_it_came_in_is_that_of_the_person_who_brought_it(as_alice, alice, time):
    time.forward(hours=11, minutes=30)  # in Berlin it is after midnight by then
    page = said_yes(as_alice, matched(as_alice)).text
    assert "23 November 2026, 2 sessions" in page


def test_taking_many_back_numbers_each_in_a_few_statements(
    app, as_alice, alice, bob, add_session, rows, monkeypatch
):
    """So that her phones hear of each: the ones that were deleted or changed meanwhile, too."""
    monkeypatch.setattr(deleted, "AT_ONCE", 40)
    other = add_session(alice)
    bobs = add_session(bob)
    days = [date(2026, 6, 1) + timedelta(days=number) for number in range(100)]
    table = "Datum;Punkt;Seite\n" + "".join(f"{day:%d.%m.%Y};foot-arch;links\n" for day in days)
    chosen = {"date": "c0", "time": "", "spot": "c1", "side": "c2", "note": ""}
    page = said_yes(as_alice, matched(as_alice, table, **chosen, pain_before="", pain_after=""))
    first, *brought = [each for each in kept(rows) if each.spot_id == "foot-arch"]
    as_alice.post(f"/sessions/{first.id}/delete")
    latest = rows(select(Revisions).where(Revisions.user_id == alice.id))[0].latest
    address = page.text.split('action="/sharing/back/imports/')[1].split('"')[0]
    with sql_of(app) as said:
        again = as_alice.post(f"/sharing/back/imports/{address}", follow_redirects=True)
    assert "99 sessions were taken back." in again.text
    assert sum("UPDATE massage_session" in each for each in said) == 3
    found = {each.id: each for each in kept(rows)}
    numbers = sorted(found[each.id].revision for each in brought)
    assert numbers == list(range(latest + 1, latest + 100))
    assert all(found[each.id].deleted_at for each in brought)
    assert not found[other.id].deleted_at
    assert not found[bobs.id].deleted_at
    told = as_alice.get(f"/api/changes?after={latest}").json["sessions"]
    assert [each["deleted"] for each in told] == [True] * 99


def test_a_test_goes_on_once_the_session_that_ended_it_is_taken_back(
    app, as_alice, alice, works_on, rows, time
):
    works_on(alice)
    form = {"kind": "fair", "place": "top-of-buttock/left", "start": "2026-11-23"}
    assert as_alice.post("/progress/tests/", data=form).status_code == 303
    planned = held(rows)
    assert planned != [None]
    time.forward(days=2)
    page = said_yes(as_alice, matched(as_alice, TABLE.split("17.11")[0].replace("16.11", "23.11")))
    (massage,) = kept(rows)
    massage.bruise, massage.next_day_at = True, massage.started_at
    keep(app, massage)
    assert held(rows) == [None]
    address = page.text.split('action="/sharing/back/imports/')[1].split('"')[0]
    as_alice.post(f"/sharing/back/imports/{address}")
    assert held(rows) == planned


def test_nobody_else_takes_it_back(as_alice, as_bob):
    page = said_yes(as_alice, matched(as_alice)).text
    address = page.split('action="/sharing/back/imports/')[1].split('"')[0]
    assert as_bob.post(f"/sharing/back/imports/{address}").status_code == 404


def test_one_spot_and_side_may_hold_for_all_lines(as_alice, rows):
    said_yes(as_alice, matched(as_alice, spot="foot-arch", side="right", time=""))
    assert {(each.spot_id, each.side) for each in kept(rows)} == {("foot-arch", "right")}


@pytest.mark.parametrize("left_out", ["spot", "side"])
def test_a_spot_and_a_side_have_to_be_chosen(as_alice, left_out):
    page = matched(as_alice, **{left_out: ""})
    assert page.status_code == 422
    assert f'id="{left_out}-error"' in page.text


@pytest.mark.parametrize(
    "chosen", [{"date": "c99"}, {"zone": "Mars"}, {"date_format": "%Y"}, {"spot": "moon"}]
)
def test_what_the_page_does_not_offer_is_refused(as_alice, chosen):
    assert matched(as_alice, **chosen).status_code == 422


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("11/16/2026;18:30;side-hip;l;1;1;", "Datum: It should be a date as 22.11.2026"),
        *(
            (f"16.11.{year};18:30;side-hip;l;1;1;", "date as 22.11.2026")
            for year in ("0001", "0200", "1899", "9999")
        ),
        ("16.11.2026;25:00;side-hip;l;1;1;", "Uhrzeit: It should be a time as 18:30"),
        ("29.03.2026;02:30;side-hip;l;1;1;", "Uhrzeit: There was no such time in Europe/"),
        ("16.11.2026;18:30;the moon;l;1;1;", "Punkt: This spot is not in the catalogue"),
        ("16.11.2026;18:30;side-hip;up;1;1;", "Seite: It should be one of these: left, r"),
        ("16.11.2026;18:30;side-hip;l;11;1;", "Schmerz vorher: It should be a whole"),
        ("16.11.2199;18:30;side-hip;l;1;1;", "Datum: That has not come yet"),
        ("16.11.2026;18:30;side-hip;l;1;1;a\x07", "Notiz: There is a character in it that"),
    ],
)
def test_a_line_that_cannot_be_is_left_out_with_its_number(as_alice, line, sentence):
    page = matched(as_alice, TABLE + line + "\n")
    assert counts_in(page.text)["Left out"] == 1
    assert "line 4" in page.text
    assert sentence in page.text


@pytest.mark.parametrize("day", ["01.01.0001", "31.12.9999"])
def test_a_day_at_the_end_of_time_is_left_out_in_any_zone(as_alice, day):
    for zone in ("Asia/Tokyo", "America/New_York"):
        page = matched(as_alice, TABLE + f"{day};00:00;side-hip;l;1;1;\n", zone=zone)
        assert counts_in(page.text)["Left out"] == 1


@pytest.fixture
def untimed(as_alice, time):
    """The preview of a table without times that holds a session of that day."""

    def look():
        return matched(as_alice, f"{TABLE}22.11.2026;;side-hip;links;3;;\n")

    return look


def test_what_was_done_this_morning_comes_in_before_noon(as_alice, rows, time, untimed):
    time.forward(hours=-4)  # nine in Berlin
    page = untimed()
    assert counts_in(page.text)["Added"] == 3
    said_yes(as_alice, page)
    assert kept(rows)[-1].started_at == time.now
    assert kept(rows)[-1].local_date == time.now.date()


def test_the_same_table_after_noon_or_tomorrow_changes_nothing(as_alice, time, untimed):
    time.forward(hours=-4)
    said_yes(as_alice, untimed())
    for hours in (2, 8, 24):
        time.forward(hours=hours)
        assert counts_in(untimed().text)["Here already"] == 3


def test_tomorrow_has_not_come_whatever_the_time(as_alice, time):
    for clock_time in ("", "08:00"):
        page = matched(as_alice, f"{TABLE}23.11.2026;{clock_time};side-hip;links;3;;\n")
        assert "Datum: That has not come yet." in page.text


def test_dates_are_read_as_they_are_written_and_no_other_way():
    assert as_day("05.04.26", "22.11.26").isoformat() == "2026-04-05"
    assert as_day("2026-11-22T08:00", "2026-11-22").isoformat() == "2026-11-22"
    assert fitting(["13/01/2026", "05/01/2026"]) == ["22/11/2026"]
    assert fitting(["05/01/2026"]) == ["22/11/2026", "11/22/2026"]
    assert fitting([""]) == []
    assert as_time("6:05 pm").isoformat() == "18:05:00"
    assert as_time("12.15 AM").isoformat() == "00:15:00"
    assert guessed(["Pain before", "Day"]) == {"date": "Day", "pain_before": "Pain before"}
