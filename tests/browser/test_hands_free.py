"""Hands busy, eyes away: tones, voice, vibration, the screen, keys, and a dark screen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    OFFLINE,
    Complaints,
    Site,
    begin,
    let_pass,
    prepare,
    tap,
)
from tests.browser.in_the_guide import (
    expect_left,
    expect_level,
    expect_status,
    part,
    saved_by_now,
    two_sides,
    wait_until,
)
from tracker.accounts.models import User

# What the page asked of the phone, in order; `missing` are the things this phone has not.
SENSES = """(missing) => {
  const log = (globalThis.asked = []);
  const note = (kind, what) => log.push([kind, what]);
  Object.defineProperty(navigator, "wakeLock", { value: missing.includes("screen") ? undefined : {
    request: async () => {
      note("screen", "on");
      const release = async () => note("screen", "off");
      return Object.assign(new EventTarget(), { released: false, release });
    },
  } });
  Object.defineProperty(navigator, "vibrate", { value: missing.includes("vibration") ? undefined :
    (pattern) => { note("vibration", pattern.join(" ")); return true; } });
  const english = { lang: "en-GB", localService: true, default: true };
  const voices = missing.includes("voice") ? [] : [english];
  Object.defineProperty(globalThis, "SpeechSynthesisUtterance", { value: class {
    constructor(text) { this.text = text; }
  } });
  Object.defineProperty(globalThis, "speechSynthesis", { value: Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak: ({ text, volume }) => volume === 0 || note("voice", text),
    cancel: () => note("voice", "hush"),
  }) });
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) {
    note("tones", Math.round(this.frequency.value));
    return start.call(this, when);
  };
}"""
STEPS = ("Touch", "Light", "Touch")
MOVE = "Let go. Next: Top of the buttock, right. 15 seconds to move."
SHUTTER, KEYBOARD = "AudioVolumeUp", "ArrowDown"


@pytest.fixture
def person(site: Site) -> User:
    return site.person()


def with_senses(page: Page, *missing: str) -> Page:
    page.add_init_script(f"({SENSES})({list(missing)!r})")
    return page


def asked(page: Page, kind: str) -> list[Any]:
    return [what for each, what in page.evaluate("globalThis.asked") if each == kind]


def wait_for_asked(page: Page, kind: str) -> None:
    wait_until(page, "(kind) => globalThis.asked.some(([each]) => each === kind)", kind)


@pytest.fixture
def guide(phone: Callable[..., Page], person: User) -> Page:
    """The guide in its first hold, on a phone that notes what it is asked for."""
    page = with_senses(phone(person))
    begin(page)
    saved_by_now(page)
    return page


def test_each_step_is_spoken_and_felt(guide: Page) -> None:
    let_pass(guide, 20)
    let_pass(guide, 20)
    assert asked(guide, "voice") == [
        "Touch. 20 seconds.",
        "Light. 20 seconds.",
        "Touch. 20 seconds.",
    ]
    assert asked(guide, "vibration")[-2:] == ["120 80 120", "240"]


def test_tones_are_laid_ahead_of_their_moment(guide: Page) -> None:
    wait_for_asked(guide, "tones")
    # Nothing has passed yet, and the ticks before Light are on the audio clock already.
    assert 523 in asked(guide, "tones")


def test_sharp_says_where_to_move(guide: Page) -> None:
    let_pass(guide, 25)
    tap(guide, "Sharp or hot")
    assert asked(guide, "voice")[-1] == (
        "Let go for 10 s. Move a few millimetres down, away from the bone, into the muscle."
    )


def test_the_next_spot_is_spoken(phone: Callable[..., Page], person: User) -> None:
    page = with_senses(phone(person))
    two_sides(page)
    saved_by_now(page)
    let_pass(page, 130)
    assert asked(page, "voice")[-1] == MOVE


def test_what_is_switched_off_is_not_heard(phone: Callable[..., Page], site: Site) -> None:
    page = with_senses(phone(site.person(tones=False, voice=False, vibration=False)))
    begin(page)
    saved_by_now(page)
    let_pass(page, 45)
    assert {kind for kind, _what in page.evaluate("globalThis.asked")} == {"screen"}


def test_the_screen_is_kept_on_and_let_go_at_the_end(guide: Page, complaints: Complaints) -> None:
    complaints.expected.append(OFFLINE)
    wait_for_asked(guide, "screen")
    guide.route("**/api/sessions/*", lambda route: route.abort("internetdisconnected"))
    tap(guide, "Stop")
    guide.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect_status(guide, "ended")
    assert asked(guide, "screen") == ["on", "off"]


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("screen", "Keep the screen on yourself: this phone will not do it for the guide."),
        ("voice", "This phone has no voice for this language."),
        ("vibration", "This phone cannot vibrate."),
    ],
)
def test_what_is_missing_is_said_once_and_the_session_goes_on(
    phone: Callable[..., Page], site: Site, person: User, missing: str, told: str
) -> None:
    page = with_senses(phone(person), missing)
    begin(page)
    saved_by_now(page)
    if missing == "voice":
        let_pass(page, 1)  # some phones load their voices late
    expect(part(page, "told")).to_have_text(told)
    let_pass(page, 15)
    expect(part(page, "told")).to_be_hidden()
    let_pass(page, 130)
    page.wait_for_url("**/after")
    assert [row.ended_by for row in site.sessions_of(person)] == ["finished"]


def test_what_the_phone_never_has_is_not_said_again_next_time(
    phone: Callable[..., Page], site: Site, person: User
) -> None:
    page = with_senses(phone(person), "vibration")
    begin(page)
    expect(part(page, "told")).to_have_text("This phone cannot vibrate.")
    let_pass(page, 131)
    page.wait_for_url("**/after")
    page.goto("/sessions/new?spot=upper-back&side=left")
    tap(page, "Begin")
    saved_by_now(page)
    expect(part(page, "told")).to_be_hidden()


@pytest.mark.parametrize("key", [KEYBOARD, SHUTTER, "Enter", "MediaPlayPause"])
def test_a_key_eases_off(guide: Page, key: str) -> None:
    let_pass(guide, 25)
    guide.evaluate(
        "key => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))",
        key,
    )
    expect_level(guide, "1 Touch")


def test_space_pauses_and_goes_on(guide: Page) -> None:
    let_pass(guide, 5)
    guide.keyboard.press("Space")
    expect_status(guide, "paused")
    let_pass(guide, 30)
    guide.keyboard.press("Space")
    expect_status(guide, "running")
    expect_left(guide, 15)


def test_escape_asks_before_it_stops_and_escape_again_goes_on(guide: Page) -> None:
    let_pass(guide, 5)
    guide.keyboard.press("Escape")
    sheet = guide.get_by_role("dialog", name="Why stop?")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("button", name="Go on")).to_be_focused()
    guide.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect_status(guide, "running")


def test_a_shutter_after_a_tap_eases_off_and_does_not_tap_again(guide: Page) -> None:
    let_pass(guide, 25)
    tap(guide, "Sharp or hot")
    let_pass(guide, 10)
    tap(guide, "Pulsing")
    let_pass(guide, 10)
    expect_level(guide, "1 Touch")
    guide.keyboard.press("Enter")
    expect_level(guide, "0 Let go")
    expect_status(guide, "running")


def test_dark_it_goes_on_and_a_tap_above_eases_off_and_lights_it(guide: Page) -> None:
    let_pass(guide, 25)
    tap(guide, "Dim")
    root = guide.locator("sweet-guide")
    expect(root).to_have_attribute("data-dim", "")
    expect(root).to_have_css("background-color", "rgb(0, 0, 0)")
    let_pass(guide, 5)
    expect_left(guide, 10)
    guide.mouse.click(150, 300)
    expect(root).not_to_have_attribute("data-dim", "")
    expect_level(guide, "1 Touch")


def test_dark_a_tap_below_only_lights_it(guide: Page) -> None:
    let_pass(guide, 25)
    stop = guide.get_by_role("button", name="Stop").bounding_box()
    assert stop
    tap(guide, "Dim")
    guide.mouse.click(stop["x"] + 10, stop["y"] + 10)
    expect(guide.locator("sweet-guide")).not_to_have_attribute("data-dim", "")
    expect_status(guide, "running")
    expect_level(guide, "2 Light")


def test_dark_it_lights_up_by_itself_when_it_has_to_ask(guide: Page) -> None:
    let_pass(guide, 5)
    tap(guide, "Dim")
    guide.clock.fast_forward(90_000)
    expect_status(guide, "away")
    expect(guide.locator("sweet-guide")).not_to_have_attribute("data-dim", "")


def test_a_screen_reader_hears_each_step_once(phone: Callable[..., Page], person: User) -> None:
    page = phone(person)
    prepare(page)
    page.evaluate(
        """() => {
          globalThis.heard = [];
          const status = document.querySelector('[data-part="announce"]');
          new MutationObserver(() => globalThis.heard.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    tap(page, "Begin")
    expect_status(page, "running")
    for _second in range(39):
        let_pass(page, 1)
    assert page.evaluate("globalThis.heard") == [
        "Touch. Rest contact, slow breaths.",
        "Light. Find the spot lightly.",
    ]
