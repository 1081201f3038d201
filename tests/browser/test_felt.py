"""What is felt changes the session at once, and how each hold was is asked without waiting."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import (
    Site,
    begin,
    let_pass,
    tap,
)
from tests.browser.in_the_guide import (
    expect_left,
    expect_level,
    expect_status,
    part,
)
from tracker.accounts.models import User
from tracker.sessions.models import MassageSession

WHOLE_S = 130
FIRST_HOLD_ENDS = 60


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


@pytest.fixture
def guide(phone: Callable[..., Page], person: User) -> Page:
    """A phone with the guide running at Touch, its clock standing still."""
    page = phone(person)
    begin(page)
    expect_level(page, "1 Touch")
    return page


def kept(site: Site, person: User, page: Page) -> Any:
    """The one session that was kept, once the phone has moved on to After."""
    page.wait_for_url("**/after")
    (massage,) = site.sessions_of(person)
    return massage


def events(site: Site, person: User) -> list[tuple[float, str, int]]:
    """What was felt and said, with its second and the number of its phase."""
    mine = select(MassageSession.trace).where(MassageSession.user_id == person.id)
    (trace,) = site.rows(mine)
    return [(each["at_s"], each["kind"], each["phase"]) for each in trace["events"]]


def test_where_nothing_is_pressed_there_is_nothing_to_ease(guide: Page) -> None:
    let_pass(guide, 115)
    expect_level(guide, "0 Let go")
    expect(guide.get_by_text("Tap to ease off")).to_be_hidden()


def test_eased_off_once_it_is_not_raised_again(guide: Page, site: Site, person: User) -> None:
    let_pass(guide, 25)
    expect_level(guide, "2 Light")
    tap(guide, "Tap to ease off")
    expect_level(guide, "1 Touch")
    expect(part(guide, "cue")).to_have_text("Eased to Touch. It will not go above that again.")
    let_pass(guide, WHOLE_S - 25)
    massage = kept(site, person, guide)
    assert (massage.level_1_s, massage.level_2_s, massage.too_much_events) == (105, 5, 1)


def test_easing_off_can_be_undone_for_five_seconds(guide: Page) -> None:
    let_pass(guide, 25)
    tap(guide, "Tap to ease off")
    tap(guide, "Undo")
    expect_level(guide, "2 Light")
    tap(guide, "Tap to ease off")
    let_pass(guide, 5)
    expect(guide.get_by_role("button", name="Undo")).to_be_hidden()
    expect_level(guide, "1 Touch")


def test_sharp_lets_go_for_ten_seconds_and_comes_back_lower(guide: Page) -> None:
    let_pass(guide, 25)
    tap(guide, "Sharp or hot")
    expect_level(guide, "0 Let go")
    expect(part(guide, "cue")).to_have_text(
        "Let go for 10 s. Move a few millimetres down, away from the bone, into the muscle."
    )
    let_pass(guide, 10)
    expect_level(guide, "1 Touch")
    expect_left(guide, 15)


def test_sharp_a_second_time_is_slow_and_light_from_then_on(guide: Page) -> None:
    for _time in range(2):
        tap(guide, "Sharp or hot")
        let_pass(guide, 10)
    expect(part(guide, "cue")).to_contain_text("Slow and light from here on.")


def test_sharp_a_third_time_ends_the_spot_for_today(guide: Page, site: Site, person: User) -> None:
    for _time in range(3):
        tap(guide, "Sharp or hot")
    massage = kept(site, person, guide)
    assert (massage.ended_by, massage.sharp_events) == ("sharp", 3)
    expect(guide.get_by_role("alert")).to_contain_text("Sharp three times: enough for today.")


def test_numb_ends_the_spot_at_once_and_says_what_to_do(
    guide: Page, site: Site, person: User
) -> None:
    tap(guide, "Numb, tingling or shooting")
    massage = kept(site, person, guide)
    assert (massage.ended_by, massage.nerve_events) == ("nerve", 1)
    expect(guide.get_by_role("alert")).to_contain_text("Do not press here again today.")


def test_pain_that_runs_down_is_said_on_stop_and_counts_as_numbness_does(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, 25)
    tap(guide, "Stop")
    tap(guide, "Pain running down arm or leg")
    massage = kept(site, person, guide)
    assert (massage.ended_by, massage.nerve_events) == ("nerve", 1)
    assert events(site, person) == [(25, "pause", 1), (25, "radiating", 1)]
    expect(guide.get_by_role("alert")).to_contain_text("Do not press here again today.")


def test_pulsing_lets_go_to_move_off_and_comes_back_as_it_was(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, 25)
    tap(guide, "Pulsing")
    expect_level(guide, "0 Let go")
    expect(part(guide, "cue")).to_have_text(
        "Let go for 10 s and move off. Do not press on a pulse."
    )
    let_pass(guide, 10)
    expect_level(guide, "2 Light")
    expect_left(guide, 15)
    let_pass(guide, WHOLE_S - 25)
    massage = kept(site, person, guide)
    assert (massage.ended_by, events(site, person)) == ("finished", [(25, "pulse", 1)])


def test_a_pulse_found_again_and_again_ends_the_spot(guide: Page, site: Site, person: User) -> None:
    for _time in range(3):
        tap(guide, "Pulsing")
        let_pass(guide, 10)
    assert kept(site, person, guide).ended_by == "pulse"


@pytest.mark.parametrize(("name", "kind"), [("Easier", "easier"), ("Good ache", "good_ache")])
def test_how_a_hold_was_is_answered_with_one_tap_and_changes_nothing(
    guide: Page, site: Site, person: User, name: str, kind: str
) -> None:
    let_pass(guide, FIRST_HOLD_ENDS)
    expect(guide.get_by_role("group", name="How was that hold?")).to_be_visible()
    tap(guide, name)
    expect(guide.get_by_role("group", name="How was that hold?")).to_be_hidden()
    expect_status(guide, "running")
    expect_left(guide, 10)
    let_pass(guide, WHOLE_S - FIRST_HOLD_ENDS)
    massage = kept(site, person, guide)
    assert events(site, person) == [(60, kind, 2)]
    assert massage.completed


def test_a_hold_said_to_be_sharp_lets_go_and_goes_on_lower(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, FIRST_HOLD_ENDS)
    guide.get_by_role("button", name="Sharp", exact=True).click()
    expect_status(guide, "shifting")
    let_pass(guide, 10 + 10)
    expect_level(guide, "1 Touch")  # the second hold was planned at Light
    let_pass(guide, WHOLE_S - FIRST_HOLD_ENDS - 10)
    massage = kept(site, person, guide)
    assert (events(site, person), massage.sharp_events) == ([(60, "sharp", 2)], 1)


def test_unanswered_it_goes_by_itself_and_holds_nothing_up(
    guide: Page, site: Site, person: User
) -> None:
    let_pass(guide, FIRST_HOLD_ENDS)
    expect(guide.get_by_role("group", name="How was that hold?")).to_be_visible()
    let_pass(guide, 10)
    expect(guide.get_by_role("group", name="How was that hold?")).to_be_hidden()
    expect_level(guide, "2 Light")
    let_pass(guide, WHOLE_S - FIRST_HOLD_ENDS - 10)
    massage = kept(site, person, guide)
    assert (events(site, person), massage.completed) == ([], True)


def test_a_question_moves_no_key_that_was_there_before(guide: Page) -> None:
    names = ("Sharp or hot", "Numb, tingling or shooting", "Pulsing", "Pause", "Dim", "Stop")
    before = [guide.get_by_role("button", name=name).bounding_box() for name in names]
    let_pass(guide, FIRST_HOLD_ENDS)
    expect(guide.get_by_role("group", name="How was that hold?")).to_be_visible()
    assert [guide.get_by_role("button", name=name).bounding_box() for name in names] == before
