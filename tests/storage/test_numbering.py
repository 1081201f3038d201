"""A Sweetspot that knew no revisions is upgraded: each session gets its number, in order."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from uuid_utils.compat import uuid7

from tracker.database import engine_options
from tracker.migrate import upgrade
from tracker.settings import ROOT

BEFORE = "0008"
PERSON = """
    INSERT INTO account (id, email, password, active, fs_uniquifier, created_at, time_zone,
                         get_ready_s, gentle_only)
    VALUES (:id, :email, 'x', :yes, :email, '2026-11-01 08:00:00', 'Europe/Berlin', 15, :no)
"""
SESSION = """
    INSERT INTO massage_session (user_id, id, spot_id, side, entry, started_at, time_zone,
                                 local_date, received_at, felt_in, note)
    VALUES (:user_id, :id, 'top-of-buttock', 'left', 'manual', '2026-11-01 08:00:00',
            'Europe/Berlin', '2026-11-01', :received_at, '[]', 'Mine.')
"""


@pytest.fixture
def engine(fresh_url):
    """The schema of before, in a database of one's own."""
    engine = create_engine(fresh_url, **engine_options(fresh_url))
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
    yield engine
    engine.dispose()


def test_sessions_of_before_are_numbered_as_they_came(engine, fresh_url):
    people = [uuid7() for _person in range(2)]
    ids = [uuid7() for _session in range(4)]
    plain = engine.dialect.name == "sqlite"

    def key(id_):
        return id_.hex if plain else str(id_)

    with engine.begin() as connection:
        for person in people:
            values = {"id": key(person), "email": person.hex, "yes": True, "no": False}
            connection.execute(text(PERSON), values)
        days = (3, 1, 2)
        for day, id_ in zip(days, ids, strict=False):
            received = f"2026-11-0{day} 09:00:00"
            values = {"user_id": key(people[0]), "id": key(id_), "received_at": received}
            connection.execute(text(SESSION), values)
        values = {"user_id": key(people[1]), "id": key(ids[3]), "received_at": "2026-11-01 09:00"}
        connection.execute(text(SESSION), values)
    engine.dispose()
    upgrade(fresh_url)
    asked = text("SELECT id, revision, clock_uncertain, note FROM massage_session")
    with engine.connect() as connection:
        rows = {str(id_).replace("-", ""): rest for id_, *rest in connection.execute(asked)}
        latest = connection.execute(text("SELECT latest FROM revisions ORDER BY latest"))
        assert list(latest.scalars()) == [1, 3]
    assert [rows[id_.hex][0] for id_ in ids] == [3, 1, 2, 1]
    assert {(bool(uncertain), note) for _n, uncertain, note in rows.values()} == {(False, "Mine.")}
