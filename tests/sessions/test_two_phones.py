"""Whatever goes wrong between two phones and the server, in whatever order: nothing is lost.

Hypothesis chooses what people do and what fails, and makes a failure it finds as short as it can.
SWEETSPOT_WALKS asks for more than the usual number of walks.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from bench.phones import Node
from bench.two_phones import FAULTS, SKEWS, World, worlds

WALKS = int(os.environ.get("SWEETSPOT_WALKS", "40"))
ON_POSTGRESQL = 10  # for every hundred: the same code, and each commit waits longer
STEPS = 50

PHONES = st.sampled_from(("one", "two"))
WHICH = st.integers(0, 20)
SOMETIMES = st.integers(0, 7).map(lambda n: n == 7)
DEATHS = st.none() | st.none() | st.fixed_dictionaries({"at": st.just(1), "done": st.booleans()})
LATER_DEATHS = st.none() | st.fixed_dictionaries({"at": st.integers(1, 6), "done": st.booleans()})
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "pain_after": st.integers(0, 10),
        "felt_in": st.sampled_from((["buttock"], ["low_back"], ["buttock", "low_back"])),
        "your_pain": st.sampled_from(("yes", "no", None)),
        "side": st.sampled_from(("left", "right")),
        "still_sore": st.booleans(),
        "still_sore_48": st.booleans(),
    },
)


def machine_of(make_world) -> type[RuleBasedStateMachine]:
    class TwoPhones(RuleBasedStateMachine):
        """Two phones of one person, a page of theirs, and the server."""

        world: World

        @initialize()
        def nothing_yet(self):
            self.world = make_world()

        @rule(phone=PHONES, skew=st.sampled_from(SKEWS), poisoned=SOMETIMES, dies=DEATHS)
        def save(self, phone, skew, poisoned, dies):
            self.world.save(phone, skew, poisoned=poisoned, dies=dies)

        @rule(phone=PHONES, which=WHICH, change=CHANGES, dies=DEATHS)
        def edit(self, phone, which, change, dies):
            self.world.edit(phone, which, change, dies=dies)

        @rule(phone=PHONES, which=WHICH, sure=SOMETIMES, dies=DEATHS)
        def delete(self, phone, which, sure, dies):
            if sure:
                self.world.delete(phone, which, dies=dies)

        @rule(which=WHICH, act=st.sampled_from(("write", "write", "delete", "undo")))
        def on_the_page(self, which, act):
            self.world.on_the_page(which, act)

        @rule(
            phone=PHONES,
            faults=st.lists(st.sampled_from(("", *FAULTS)), max_size=4),
            dies=LATER_DEATHS,
        )
        def flush(self, phone, faults, dies):
            self.world.flush(phone, faults, dies=dies)

        @rule(phone=PHONES, offline=st.booleans())
        def pull(self, phone, offline):
            self.world.pull(phone, offline=offline)

        @invariant()
        def what_was_deleted_stays_deleted(self):
            assert self.world.nothing_came_back() == []

        def teardown(self):
            self.world.settle()
            assert self.world.lost() == []
            assert self.world.doubled() == []
            assert self.world.apart() == []

    return TwoPhones


@pytest.fixture
def node() -> Iterator[Node]:
    node = Node()
    yield node
    node.close()


def test_nothing_acknowledged_is_lost_nothing_is_doubled_and_the_phones_agree(app, node):
    sqlite = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    often = settings(
        max_examples=WALKS if sqlite else max(1, WALKS * ON_POSTGRESQL // 100),
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    with worlds(app, node) as make_world:
        run(machine_of(make_world), settings=often)
