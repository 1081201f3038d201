"""Somebody leaves: the account goes, with everything in it, everywhere."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import TypeDecorator, Uuid, event, func, select
from uuid_utils.compat import uuid7

from tests.accounts.conftest import EMAIL, PASSWORD, copy_of
from tests.conftest import new_person
from tracker.accounts import leaving
from tracker.database import db
from tracker.sharing.links import hashed

PATH = "/you/leave"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FORM = {"password": PASSWORD, "sure": "y"}


def a_row_of(table, person):
    """One row with something in every column that must have it; the keys fit together."""
    own_id = uuid7()
    known = {"user_id": person.id, "side": "left", "entry": "manual", "kind": "fair"}
    plain = {str: "x", int: 1, bool: False, float: 1.0, bytes: b"x"}
    plain |= {datetime: NOW, date: NOW.date(), time: NOW.time()}

    def value(column):
        kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        if column.name in known:
            return known[column.name]
        return own_id if isinstance(kind, Uuid) else plain.get(kind.python_type, [])

    return {
        column.name: value(column)
        for column in table.columns
        if not column.nullable and column.server_default is None
    }


def fill(app, person):
    """A row of every table that knows people, parents first."""
    with app.app_context():
        ids = {}
        for table in db.metadata.sorted_tables:
            if "user_id" not in table.columns:
                continue
            row = a_row_of(table, person)
            for key in table.foreign_key_constraints:
                for element in key.elements:
                    if element.column.table.name in ids:
                        row[element.parent.name] = ids[element.column.table.name][
                            element.column.name
                        ]
            if "token_hash" in table.columns:
                row["token_hash"] = hashed(str(person.id))
            db.session.execute(table.insert().values(row))
            ids[table.name] = row
        db.session.commit()


def rows_left(app, person):
    """How many rows each table has of them; tables without any are left out."""
    with app.app_context():
        counts = {}
        for table in db.metadata.sorted_tables:
            who = table.columns.get("user_id", table.columns.get("id"))
            if who is None:
                continue
            query = select(func.count()).select_from(table).where(who == person.id)
            if count := db.session.scalar(query):
                counts[table.name] = count
    return counts


def test_a_stranger_is_asked_to_sign_in(client):
    assert "/login" in client.get(PATH).location


def test_the_page_says_what_goes_and_offers_a_copy_first(signed_in):
    page = signed_in().get(PATH).text
    assert "Nobody can bring them back" in page
    assert 'href="/sharing/#everything"' in page


def test_everything_is_gone_from_every_table_and_others_keep_theirs(app, signed_in, alice):
    bob = new_person(app, "bob@example.org")
    phone = signed_in()
    fill(app, alice)
    fill(app, bob)
    before, bobs = rows_left(app, alice), rows_left(app, bob)
    assert len(before) > 12
    answer = phone.post(PATH, data=FORM, follow_redirects=True)
    assert "Your account and everything in it is deleted." in answer.text
    assert rows_left(app, alice) == {}
    assert rows_left(app, bob) == bobs


def test_it_is_one_transaction(app, signed_in, alice):
    phone = signed_in()
    fill(app, alice)
    with app.app_context():
        engine = db.engine

    def break_off(_connection, _cursor, statement, *_more):
        if statement.startswith("DELETE FROM account"):
            raise RuntimeError("the power went")

    event.listen(engine, "after_cursor_execute", break_off)
    try:
        with pytest.raises(RuntimeError, match="the power went"):
            phone.post(PATH, data=FORM)
    finally:
        event.remove(engine, "after_cursor_execute", break_off)
    assert len(rows_left(app, alice)) > 12


def test_every_device_is_signed_out_and_the_password_opens_nothing(app, signed_in, alice, client):
    here, there = signed_in(), signed_in()
    copied = copy_of(app, there)
    answer = here.post(PATH, data=FORM)
    assert (answer.status_code, answer.location) == (303, "/")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    for client_ in (here, there, copied):
        assert "/login" in client_.get("/you").location
    again = client.post("/login", data={"email": EMAIL, "password": PASSWORD})
    assert again.status_code == 422


def test_the_address_can_be_used_anew(app, signed_in, alice):
    phone = signed_in()
    phone.post(PATH, data=FORM)
    assert new_person(app, EMAIL).id != alice.id


def test_a_password_with_umlauts_is_known_here_too(app, browser):
    phone = browser()
    words = "Gr\u00fcne B\u00e4ume \u00fcberall 7"
    phone.post("/register", data={"email": EMAIL, "password": words, "consent": "y"})
    answer = phone.post(PATH, data=FORM | {"password": words}, follow_redirects=True)
    assert "Your account and everything in it is deleted." in answer.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "not this one"}, "This is not your password. Nothing was deleted."),
        ({"password": ""}, "Type your password to go on."),
        ({"password": "x" * 100_000}, "This is not your password. Nothing was deleted."),
        ({"password": "\x00"}, "This is not your password. Nothing was deleted."),
        ({"sure": ""}, "Please tick the box to go on."),
    ],
)
def test_without_the_password_and_a_tick_nothing_is_deleted(app, signed_in, alice, wrong, sentence):
    answer = signed_in().post(PATH, data=FORM | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert rows_left(app, alice)["account"] == 1


def test_a_thief_cannot_try_passwords_without_end(signed_in, monkeypatch):
    monkeypatch.setattr(leaving, "TRIES", 2)
    phone = signed_in()
    wrong = FORM | {"password": "not this one"}
    codes = [phone.post(PATH, data=wrong).status_code for _try in range(3)]
    assert codes == [422, 422, 429]
    assert phone.post(PATH, data=FORM).status_code == 429


def test_a_link_alone_deletes_nothing(app, signed_in, alice):
    signed_in().get(f"{PATH}?password={PASSWORD}&sure=y")
    assert rows_left(app, alice)["account"] == 1
