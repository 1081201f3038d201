"""The tables: as the models say, and keyed so that they can be spread by person."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine, inspect, text
from sqlalchemy.schema import CreateIndex, CreateTable

from tracker.database import db

SHARED = {
    "account",
    "attempt",
    "calendar_feed",
    "link_token",
}  # looked up without knowing the person, or not about one
PERSONAL = [table for table in db.metadata.sorted_tables if table.name not in SHARED]


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_the_migrations_make_what_the_models_say(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_migrations_make_the_same_checks(app):
    with app.app_context():
        made = inspect(db.engine)
        for table in db.metadata.sorted_tables:
            wanted = {c.name for c in table.constraints if isinstance(c, CheckConstraint)}
            assert {check["name"] for check in made.get_check_constraints(table.name)} == wanted


@pytest.mark.parametrize("table", PERSONAL, ids=lambda table: table.name)
def test_every_table_of_a_persons_data_is_keyed_by_that_person(table):
    assert next(iter(table.primary_key.columns)).name == "user_id"
    for index in table.indexes:
        assert next(iter(index.columns)).name == "user_id"
    for key in table.foreign_key_constraints:
        assert "user_id" in [column.name for column in key.columns]


def test_all_of_them_can_be_spread_by_person_on_postgresql(fresh_postgres_url):
    engine = create_engine(fresh_postgres_url)
    with engine.begin() as connection:
        db.metadata.tables["account"].create(connection)
        for table in PERSONAL:
            create = str(CreateTable(table).compile(engine))
            connection.execute(text(f"{create} PARTITION BY HASH (user_id)"))
            for index in table.indexes:
                connection.execute(CreateIndex(index))
    engine.dispose()
