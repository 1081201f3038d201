"""One archive of all a person has: complete, as its schema says, and the same when it is back."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from uuid_utils.compat import uuid7

from tests.conftest import new_person, sign_in
from tests.sharing.bringing import brought, counts_in, looked_at, said_yes
from tests.sharing.conftest import TODAY
from tracker import clock
from tracker.database import db
from tracker.days.models import DailyRating, DayNote
from tracker.sessions.document import NOTE_LENGTH
from tracker.sessions.models import MassageSession
from tracker.sharing import archive
from tracker.sharing.archive import LEFT_OUT, PARTS
from tracker.spots.queries import ever_tracked_of

PATH = "/sharing/everything.json"
SCHEMA = "/sharing/archive-1.schema.json"
OF_NOBODY = {"attempt", "account"}  # the account's preferences stand under a name of their own


def archive_of(client, query=""):
    return json.loads(client.get(f"{PATH}{query}").get_data())


def content(found):
    """All but who took it out and when."""
    return {key: value for key, value in found.items() if key not in {"owner", "made_at"}}


def test_a_stranger_gets_no_archive_but_its_description(client):
    assert client.get(PATH).status_code == 302
    assert client.get(SCHEMA).json["title"]


def test_every_table_of_a_persons_is_in_the_archive_or_left_out_for_a_reason():
    tables = {table.name for table in db.metadata.sorted_tables} - OF_NOBODY
    assert tables == {*PARTS, *LEFT_OUT}
    assert not PARTS.keys() & LEFT_OUT.keys()
    assert all(LEFT_OUT.values())


def test_the_archive_is_as_its_schema_says(as_alice, alice, fill_in):
    fill_in(alice)
    schema = as_alice.get(SCHEMA).json
    jsonschema.Draft202012Validator.check_schema(schema)
    for query in ("", "?safety=y"):
        found = archive_of(as_alice, query)
        jsonschema.validate(found, schema, format_checker=jsonschema.FormatChecker())
    found["massage_session"][0]["pain_before"] = 11
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, schema)


def test_it_holds_what_a_person_has_and_nothing_that_signs_in(as_alice, alice, fill_in):
    fill_in(alice)
    text = as_alice.get(f"{PATH}?safety=y").text
    found = json.loads(text)
    assert all(found[part] for part in PARTS)
    assert found["massage_session"][0]["trace"]["phases"]
    assert {each["pain_24h"] for each in found["daily_rating"]} == {5, 7}
    for secret in (alice.password, alice.fs_uniquifier, alice.email):
        assert secret not in text


def test_safety_answers_leave_only_if_chosen(as_alice, alice, fill_in):
    fill_in(alice)
    assert "condition" not in archive_of(as_alice)
    assert "gate_answer" not in archive_of(as_alice)


def test_deleted_sessions_and_others_rows_stay(as_alice, alice, bob, add_session, fill_in):
    fill_in(bob)
    add_session(alice, deleted_at=datetime.now(UTC))
    found = archive_of(as_alice, "?safety=y")
    assert all(found[part] == [] for part in PARTS if part != "gate_answer")


def test_a_move_to_an_empty_account_loses_nothing(app, as_alice, alice, fill_in):
    fill_in(alice)
    before = archive_of(as_alice, "?safety=y")
    mover = sign_in(app, new_person(app, "mover@example.org", answered=False, time_zone="UTC"))
    assert "Kept" in brought(mover, json.dumps(before))
    assert content(archive_of(mover, "?safety=y")) == content(before)


def test_bringing_it_back_where_it_came_from_changes_nothing(as_alice, alice, fill_in):
    fill_in(alice)
    before = archive_of(as_alice, "?safety=y")
    page = looked_at(as_alice, json.dumps(before)).text
    assert "There is nothing to keep" in page
    assert content(archive_of(as_alice, "?safety=y")) == content(before)


def test_the_preview_calls_every_part_by_its_name(as_alice, alice, as_bob, fill_in):
    fill_in(alice)
    page = looked_at(as_bob, json.dumps(archive_of(as_alice, "?safety=y"))).text
    named = set(re.findall(r"·\s+([^<>·]+), entry \d", page))
    assert named == {
        *("Your settings", "Own spots", "Your spots", "Sessions", "The days", "Notes of days"),
        *("Activities", "Overall change", "Your tests", "Safety answers"),
        "What to be careful with",
    }


def test_what_another_account_made_gets_ids_of_its_own_and_twice_is_once(
    app, as_alice, alice, as_bob, bob, fill_in, add_session
):
    fill_in(alice)
    fill_in(bob)
    sent = archive_of(as_alice)
    assert "Kept" in brought(as_bob, json.dumps(sent))
    found = archive_of(as_bob)
    assert len(found["massage_session"]) == 4
    theirs = {each["id"] for each in sent["massage_session"]}
    assert not theirs & {each["id"] for each in found["massage_session"]}
    own = {each["id"] for each in found["own_spot"]}
    slugs = {each["spot_id"] for each in found["massage_session"]}
    assert slugs - {"top-of-buttock"} == own
    assert "There is nothing to keep" in looked_at(as_bob, json.dumps(sent)).text
    assert content(archive_of(as_alice)) == content(sent)


def test_where_it_hurts_goes_along_and_an_archive_from_before_comes_back(as_alice, as_bob):
    as_alice.post("/spots/top-of-buttock/sides/left", data={"hurts_in": "low_back"})
    found = archive_of(as_alice)
    assert [each["hurts_in"] for each in found["tracked_spot"]] == ["low_back"]
    del found["tracked_spot"][0]["hurts_in"]
    assert "Kept" in brought(as_bob, json.dumps(found))
    assert [each["hurts_in"] for each in archive_of(as_bob)["tracked_spot"]] == [None]


def test_what_an_archive_from_before_does_not_know_stays(as_alice):
    as_alice.post("/spots/top-of-buttock/sides/left", data={"hurts_in": "low_back"})
    found = archive_of(as_alice)
    del found["tracked_spot"][0]["hurts_in"]
    assert "There is nothing to keep" in looked_at(as_alice, json.dumps(found)).text


def test_an_archive_changes_nothing_of_where_it_hurts_while_a_test_is_scored_by_it(
    as_alice, alice, rows
):
    as_alice.post("/spots/top-of-buttock/sides/left")
    found = archive_of(as_alice)
    as_alice.post("/spots/top-of-buttock/sides/left/settings", data={"hurts_in": "low_back"})
    tomorrow = clock.today(alice.time_zone) + timedelta(days=1)
    begin = {"kind": "fair", "place": "top-of-buttock/left", "start": str(tomorrow)}
    as_alice.post("/progress/tests/", data=begin)
    brought(as_alice, json.dumps(found))
    assert [one.hurts_in for one in rows(ever_tracked_of(alice))] == ["low_back"]


def test_a_test_that_was_ended_and_is_not_closed_is_here_already(as_alice, alice, add_session):
    as_alice.post("/spots/top-of-buttock/sides/left")
    tomorrow = clock.today(alice.time_zone) + timedelta(days=1)
    begin = {"kind": "fair", "place": "top-of-buttock/left", "start": str(tomorrow)}
    as_alice.post("/progress/tests/", data=begin)
    add_session(alice, on=tomorrow, entry="guided", ended_by="nerve", nerve_events=1)
    found = archive_of(as_alice)
    assert [each["why"] for each in found["trial"]] == ["protected"]
    assert "There is nothing to keep" in looked_at(as_alice, json.dumps(found)).text


@pytest.mark.parametrize("nowhere", ["soul", "", 3])
def test_what_hurts_nowhere_is_not_brought_in(as_alice, as_bob, nowhere):
    as_alice.post("/spots/top-of-buttock/sides/left")
    found = archive_of(as_alice)
    found["tracked_spot"][0]["hurts_in"] = nowhere
    assert counts_in(looked_at(as_bob, json.dumps(found)).text)["Left out"] == 1


def test_a_deleted_session_comes_back_from_the_archive(app, as_alice, alice, add_session):
    massage = add_session(alice, note="once")
    sent = archive_of(as_alice)
    as_alice.post(f"/sessions/{massage.id}/delete")
    as_alice.get("/sessions/")
    brought(as_alice, json.dumps(sent))
    assert content(archive_of(as_alice)) == content(sent)


@pytest.fixture
def tested(as_alice, works_on, alice):
    """A fair test at a spot of Alice's list that runs now; what the archive says of both."""
    works_on(alice, note="where it is")
    form = {"kind": "fair", "place": "top-of-buttock/left"}
    tomorrow = clock.today(alice.time_zone) + timedelta(days=1)
    answer = as_alice.post("/progress/tests/", data=form | {"start": tomorrow.isoformat()})
    assert "/progress/tests/" in answer.location
    found = archive_of(as_alice)
    assert found["tracked_spot"][0]["free_days"]
    return found


def test_a_running_test_moves_with_what_it_holds(app, tested):
    mover = sign_in(app, new_person(app, "mover@example.org", answered=False, time_zone="UTC"))
    brought(mover, json.dumps(tested))
    assert content(archive_of(mover)) == content(tested)


def test_an_archive_from_before_a_test_leaves_it_running(as_alice, alice, tested):
    before = tested | {"trial": []}
    free = dict.fromkeys(("held_target", "held_from", "held_until", "free_days"))
    before["tracked_spot"] = [tested["tracked_spot"][0] | free]
    before["account"] = tested["account"] | {"trial_until": None}
    brought(as_alice, json.dumps(before))
    assert content(archive_of(as_alice)) == content(tested)


def test_a_second_running_test_is_left_out_with_a_sentence(as_alice, tested):
    other = tested["trial"][0] | {"id": str(uuid7())}
    page = looked_at(as_alice, json.dumps(tested | {"trial": [other]}))
    assert "A test is running already." in page.text


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("trial", {"order": "1"}),
        ("trial", {"kind": "quick"}),
        ("trial", {"starts_on": "2199-01-01"}),
        ("trial", {"region": ""}),
        ("trial", {"spot_id": ""}),
        ("own_spot", {"region": ""}),
        ("own_spot", {"region": "abdomen"}),
        ("own_spot", {"felt_in": [""]}),
        ("own_spot", {"view": ""}),
        ("tracked_spot", {"side": "middle"}),
        ("tracked_spot", {"spot_id": "top-of-buttock", "side": "middle"}),
        ("tracked_spot", {"spot_id": ""}),
        ("massage_session", {"spot_id": ""}),
        ("daily_rating", {"region": ""}),
        ("daily_rating", {"side": "middle"}),
        ("gate_answer", {"gate": ""}),
        ("gate_answer", {"chosen": ["boredom"]}),
        ("condition", {"entry": ""}),
        ("condition", {"region": ""}),
        ("condition", {"side": ""}),
        ("overall_change", {"local_date": "0001-01-01"}),
    ],
)
def test_a_row_that_no_page_could_show_is_left_out(as_alice, alice, fill_in, part, values):
    fill_in(alice)
    found = archive_of(as_alice, "?safety=y")
    row = found[part][0] | values
    page = looked_at(as_alice, json.dumps(found | {part: [row]}))
    assert counts_in(page.text)["Left out"] == 1


def test_two_notes_that_were_joined_go_out_and_come_back(as_alice, alice, as_bob, add_session):
    add_session(alice, note="x" * NOTE_LENGTH)
    table = as_alice.get("/sharing/sessions.csv").get_data()
    for content in (table, json.dumps(archive_of(as_alice))):
        assert counts_in(looked_at(as_alice, content).text)["Left out"] == 0
        assert counts_in(looked_at(as_bob, content).text)["Left out"] == 0


def test_an_older_archive_lets_only_one_answer_of_a_day_stand(app, as_alice, alice, fill_in):
    fill_in(alice)
    sent = archive_of(as_alice)
    with app.app_context():
        for row in db.session.scalars(select(DailyRating)):
            row.replaced_at = row.replaced_at or datetime.now(UTC)
        row = DailyRating(
            **{"user_id": alice.id, "id": uuid7(), "local_date": date(2026, 11, 16)},
            **{"region": "low_back", "side": "left", "pain_24h": 9, "time_zone": "UTC"},
            answered_at=datetime.now(UTC),
        )
        db.session.flush()
        db.session.add(row)
        db.session.commit()
    brought(as_alice, json.dumps(sent))
    stands = [each for each in archive_of(as_alice)["daily_rating"] if not each["replaced_at"]]
    assert [each["pain_24h"] for each in stands] == [5]


def test_an_answer_that_gives_way_to_the_archives_is_shown_as_changed(
    as_alice, alice, as_bob, bob, rate, rows
):
    rate(alice, {0: 5, 1: 4, 2: 3})
    rate(bob, {0: 8, 2: 3})
    page = looked_at(as_bob, json.dumps(archive_of(as_alice)))
    kinds = re.findall(r"<b>(\w+)</b> ·\s+The days, entry (\d)", page.text)
    assert sorted(kinds, key=lambda each: each[1]) == [
        ("Changed", "1"),
        ("Added", "2"),
        ("Changed", "3"),
    ]
    assert (
        'dir="auto">Buttock, left, 22 Nov 2026</span><br><span class="small">pain_24h' in page.text
    )
    said_yes(as_bob, page)
    bobs = rows(select(DailyRating).where(DailyRating.user_id == bob.id))
    assert {(row.pain_24h, row.replaced_at is None) for row in bobs} == {
        *((5, True), (4, True), (3, True), (8, False), (3, False)),
    }
    assert "There is nothing to keep" in looked_at(as_bob, json.dumps(archive_of(as_alice))).text


def test_a_yes_is_not_to_the_place_of_an_answer_that_came_meanwhile(
    app, as_alice, alice, fill_in, rate, rows
):
    fill_in(alice)
    sent = archive_of(as_alice)
    with app.app_context():
        db.session.execute(delete(DailyRating))
        db.session.commit()
    page = looked_at(as_alice, json.dumps(sent))
    ago = (TODAY - date(2026, 11, 16)).days
    rate(alice, {ago: 8}, region="low_back")
    assert said_yes(as_alice, page).status_code == 409
    assert [row.pain_24h for row in rows(select(DailyRating))] == [8]


def changed(**values):
    """An archive with one session that has these values instead."""

    def change(found):
        found["massage_session"][0] |= values
        return json.dumps(found)

    return change


@pytest.mark.parametrize(
    "values",
    [
        *({"pain_before": 11}, {"pain_before": -1}, {"pain_before": 3.0}, {"pain_before": True}),
        *({"pain_before": "3"}, {"id": "0" * 32}, {"id": "00000000-0000-0000-0000-000000000000"}),
        *({"spot_id": "nowhere"}, {"side": "top"}, {"entry": "made up"}, {"note": None}),
        *(
            {"note": "a\0b"},
            {"note": "\ud800"},
            {"note": "x" * (NOTE_LENGTH + 1)},
            {"felt_in": ["moon"]},
        ),
        *({"felt_in": [1]}, {"felt_in": "hip"}, {"trace": []}, {"trace": {"a\0": 1}}),
        *({"started_at": "2026-11-16T08:00:00"}, {"started_at": "2026-11-16"}),
        *({"started_at": "9999-12-31T23:00:00-23:00"}, {"started_at": "2199-01-01T00:00:00Z"}),
        *({"local_date": "2026-02-30"}, {"local_date": "20261116"}, {"local_date": "2199-01-01"}),
        *({"time_zone": "Mars/Base"}, {"planned_s": 10**9}, {"planned_s": 10**40}, {"more": 1}),
        *({"\ud800": 1}, {"trace": json.loads("[" * 200 + "]" * 200)}),
        {"trace": {"deep": json.loads("[" * 200 + "]" * 200)}},
    ],
)
def test_a_row_that_cannot_be_is_left_out_with_a_sentence(as_alice, alice, add_session, values):
    add_session(alice)
    page = looked_at(as_alice, changed(**values)(archive_of(as_alice)))
    assert page.status_code == 200
    assert "Sessions, entry 1" in page.text
    assert "There is nothing to keep" in page.text


@pytest.mark.parametrize("trace", ['{"at": 1e999}', '{"phases": [{"s": [-1e999]}]}'])
def test_a_number_that_is_too_large_for_any_is_left_out(as_alice, alice, add_session, trace):
    add_session(alice, trace={"the": "trace"})
    text = json.dumps(archive_of(as_alice)).replace('{"the": "trace"}', trace)
    assert trace in text
    page = looked_at(as_alice, text)
    assert "trace: This is not of the kind it should be." in page.text
    assert counts_in(page.text)["Left out"] == 1


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[]", "[1]", "{}", '{"format": "sweetspot-archive"}', '{"a": 1, "a": 2}'),
        *('{"a": NaN}', '{"a": 1e999}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}"),
        *('{"a": "\x01"}', '\ufeff{"format": 1}'),
        '{"format": "sweetspot-archive", "version": 1, "\\ud800": 1}',
    ],
)
def test_a_file_that_is_no_archive_is_refused_with_a_sentence(as_alice, text):
    page = looked_at(as_alice, text)
    assert page.status_code == 422
    assert 'id="file-error"' in page.text


@pytest.mark.parametrize("key", ["version", "owner", "made_at", "account", "day_note", "more"])
def test_a_half_or_newer_archive_is_refused(as_alice, key):
    found = archive_of(as_alice)
    found[key] = {"version": 2, "more": []}.get(key, 7)
    assert looked_at(as_alice, json.dumps(found)).status_code == 422


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
ratings = st.none() | st.integers(0, 10)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))
sessions = st.fixed_dictionaries(
    {
        **dict.fromkeys(("pain_before", "pain_after", "peak_discomfort"), ratings),
        **{"started_at": moments, "note": words, "completed": st.none() | st.booleans()},
        **{"spot_id": st.sampled_from(["side-hip", "foot-arch"]), "planned_s": ratings},
        **{"side": st.sampled_from(["left", "right"]), "next_day_at": st.none() | moments},
        **{"felt_in": st.lists(st.sampled_from(["hip", "low_back"]), max_size=2)},
        **{"time_zone": st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "UTC"])},
        "trace": st.none() | st.dictionaries(words, st.integers(0, 9) | st.floats(0, 1) | words),
    }
)
days = st.dictionaries(
    st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.tuples(words, st.booleans()), max_size=4
)
bounded = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


def keep_all(app, person, found, noted):
    with app.app_context():
        for values in found:
            same = {"user_id": person.id, "id": uuid7(), "entry": "guided"}
            known = {"local_date": values["started_at"].date(), "received_at": datetime.now(UTC)}
            db.session.add(MassageSession(**same, **known, **values))
        for day, (note, flare) in noted.items():
            blank = {"medicine_change": False, "other_treatment": note[:9]}
            mine = {"user_id": person.id, "local_date": day, "flare": flare}
            db.session.add(DayNote(**mine, **blank, note=note))
        db.session.commit()


@bounded
@given(found=st.lists(sessions, min_size=1, max_size=4), noted=days)
def test_whatever_is_in_an_archive_comes_back_the_same(app, found, noted):
    person, other = (new_person(app, f"{uuid7()}@example.org") for _ in range(2))
    keep_all(app, person, found, noted)
    before = archive_of(sign_in(app, person))
    mover = sign_in(app, other)
    brought(mover, json.dumps(before))
    assert content(archive_of(mover)) == content(before)


def test_a_table_that_another_part_adds_needs_one_line(as_alice):
    assert set(archive_of(as_alice, "?safety=y")) == {
        *("format", "version", "owner", "made_at", "account"),
        *archive.PARTS,
    }


def test_the_latest_moment_is_kept_to_the_microsecond(app, as_alice, alice, add_session):
    ended = datetime(2026, 11, 16, 9, 0, 0, 123_456, tzinfo=UTC)
    add_session(alice, ended_at=ended, next_day_at=ended + timedelta(days=1))
    (row,) = archive_of(as_alice)["massage_session"]
    assert row["ended_at"] == "2026-11-16T09:00:00.123456+00:00"
