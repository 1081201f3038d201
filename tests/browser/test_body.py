"""Where does it hurt: the body and the list set each other, by touch, mouse and keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, Site, tap

DESKTOP = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}
# For each region: whether its own centre hits it, and how large it is for a thumb, where one would
# tap it: on the body, or in the inset that a tap on the body opens.
HITS = """() => {
  const body = document.querySelector("sweet-body");
  const inset = body.querySelector('[data-part="inset"]');
  const found = [];
  const look = (place) => {
    place.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const [x, y, r] = place.dataset.at.split(" ").map(Number);
    const svg = place.closest("svg");
    const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
    const hit = document.elementFromPoint(at.x, at.y);
    return { hit: hit === place, size: 2 * r * svg.getScreenCTM().a };
  };
  for (const place of [...body.querySelectorAll('[data-part="views"] [data-region]')]) {
    const name = [place.closest("[data-drawn]").dataset.drawn, place.getAttribute("aria-label")];
    let seen = look(place);
    if (seen.size < 36) {
      place.dispatchEvent(
        new PointerEvent("click", { bubbles: true, detail: 1, pointerType: "touch" }),
      );
      const same = [...inset.querySelectorAll("[data-region]")].filter(
        (one) => one.dataset.at === place.dataset.at,
      );
      seen = inset.hidden ? seen : { ...look(same[0]), inset: true };
      body.querySelector('[data-part="whole"]').click();
    }
    found.push({ name: name.join(" "), ...seen });
  }
  return found;
}"""


def where(take: Callable[..., Page], path: str = "/spots/", **options: object) -> Page:
    page = take(**options)
    page.goto(path)
    if "Change" in page.content():
        page.get_by_text("Change or add a place").click()
    expect(page.locator("sweet-body")).to_have_attribute("data-ready", "")
    return page


def place(page: Page, view: str, name: str) -> Locator:
    return page.locator(f'[data-drawn="{view}"]').get_by_role("checkbox", name=name, exact=True)


def listed(page: Page, name: str) -> Locator:
    return page.locator(".places").get_by_label(name, exact=True)


@pytest.mark.parametrize("width", [320, 360, 430])
def test_every_region_is_hit_by_its_own_centre_and_large_enough_for_a_thumb(
    phone: Callable[..., Page], width: int
) -> None:
    page = where(phone, viewport={"width": width, "height": 780})
    found = page.evaluate(HITS)
    assert len(found) == 110
    assert [one for one in found if not one["hit"]] == []
    assert [one for one in found if one["size"] < 36] == []
    assert {one["name"] for one in found if one.get("inset")} >= {
        "front Jaw, left",
        "back Inner edge of the shoulder blade, right",
    }
    assert not any(one.get("inset") for one in found if one["name"] == "back Low back, left")


def test_a_tap_chooses_and_says_so_and_the_list_says_the_same(phone: Callable[..., Page]) -> None:
    page = where(phone)
    place(page, "front", "Abdomen").tap()
    expect(place(page, "front", "Abdomen")).to_be_checked()
    expect(listed(page, "Abdomen")).to_be_checked()
    expect(page.get_by_role("status")).to_have_text("Chosen: Abdomen")
    place(page, "front", "Abdomen").tap()
    expect(listed(page, "Abdomen")).not_to_be_checked()
    expect(page.get_by_role("status")).to_have_text("Nothing chosen")


def test_the_list_sets_the_body(phone: Callable[..., Page]) -> None:
    page = where(phone)
    page.get_by_text("Back", exact=True).last.click()
    page.locator(".places label").filter(has=page.get_by_label("Low back, left")).click()
    expect(place(page, "back", "Low back, left")).to_be_checked()
    expect(place(page, "back", "Low back, right")).not_to_be_checked()
    expect(page.locator(".choose__said")).to_have_text("Low back, left")


def test_a_narrow_place_opens_larger_first_and_is_chosen_there(phone: Callable[..., Page]) -> None:
    page = where(phone)
    place(page, "front", "Jaw, left").tap()
    larger = page.get_by_role("group", name="Face and throat")
    expect(larger).to_be_visible()
    expect(listed(page, "Jaw, left")).not_to_be_checked()
    larger.get_by_role("checkbox", name="Jaw, left").tap()
    expect(listed(page, "Jaw, left")).to_be_checked()
    expect(larger.get_by_role("checkbox", name="Jaw, left")).to_be_checked()
    tap(page, "Whole body")
    expect(place(page, "front", "Jaw, left")).to_be_checked()
    expect(larger).to_be_hidden()
    place(page, "front", "Jaw, left").tap()
    larger.get_by_role("checkbox", name="Jaw, right").press("Escape")
    expect(larger).to_be_hidden()


def test_the_focus_goes_into_the_inset_and_back_to_the_place_it_came_from(
    phone: Callable[..., Page],
) -> None:
    page = where(phone)
    for close in (lambda: tap(page, "Whole body"), lambda: page.keyboard.press("Escape")):
        place(page, "front", "Jaw, left").tap()
        expect(page.locator("#inset-title")).to_be_focused()
        close()
        expect(place(page, "front", "Jaw, left")).to_be_focused()


def test_a_button_and_a_swipe_turn_the_body_round(phone: Callable[..., Page]) -> None:
    page = where(phone)
    expect(place(page, "back", "Low back, left")).not_to_be_in_viewport()
    page.get_by_role("button", name="Back", exact=True).tap()
    expect(place(page, "back", "Low back, left")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Back")).to_have_attribute("aria-pressed", "true")
    swipe(page, (60, 400), (320, 400))
    expect(page.get_by_role("button", name="Front")).to_have_attribute("aria-pressed", "true")
    expect(place(page, "front", "Abdomen")).to_be_in_viewport()


def swipe(page: Page, start: tuple[int, int], end: tuple[int, int], steps: int = 10) -> None:
    """Draw a finger over the screen; px from its left upper corner."""
    wire = page.context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [dict(zip("xy", at, strict=True))] if at else []
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", *start)
    for step in range(1, steps + 1):
        touch("touchMove", *(a + (b - a) * step / steps for a, b in zip(start, end, strict=True)))
    touch("touchEnd")


def test_a_swipe_up_scrolls_the_page_and_pinching_is_left_to_the_browser(
    phone: Callable[..., Page],
) -> None:
    page = where(phone)
    swipe(page, (180, 500), (180, 300))
    page.wait_for_function("() => scrollY > 100")
    expect(page.locator(":checked[name=at]")).to_have_count(0)
    expect(page.get_by_role("button", name="Front")).to_have_attribute("aria-pressed", "true")
    wire = page.context.new_cdp_session(page)
    wire.send("Input.synthesizePinchGesture", {"x": 180, "y": 400, "scaleFactor": 2})
    page.wait_for_function("() => visualViewport.scale > 1.5")


def test_zoomed_in_by_pinching_a_narrow_place_is_chosen_at_once(phone: Callable[..., Page]) -> None:
    page = where(phone)
    wire = page.context.new_cdp_session(page)
    wire.send("Input.synthesizePinchGesture", {"x": 180, "y": 300, "scaleFactor": 3})
    page.wait_for_function("() => visualViewport.scale > 2.5")
    place(page, "front", "Jaw, left").dispatch_event("click", {"detail": 1, "pointerType": "touch"})
    expect(listed(page, "Jaw, left")).to_be_checked()


def test_a_mouse_takes_a_narrow_place_at_once(phone: Callable[..., Page]) -> None:
    page = where(phone, **DESKTOP)
    place(page, "back", "Inner edge of the shoulder blade, left").click()
    place(page, "front", "Big toe, right").click()
    expect(page.locator(".choose__said")).to_have_text(
        "Inner edge of the shoulder blade, left · Big toe, right"
    )
    boxes = [page.locator(f'[data-drawn="{view}"]').bounding_box() for view in ("front", "back")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


@pytest.mark.parametrize("width", [700, 900, 1280])
def test_on_a_wide_screen_front_and_back_stand_side_by_side_and_fit_it(
    phone: Callable[..., Page], width: int
) -> None:
    page = where(phone, viewport={"width": width, "height": 900})
    front, back = (
        page.locator(f'[data-drawn="{view}"]').bounding_box() for view in ("front", "back")
    )
    assert front
    assert back
    assert front["y"] == back["y"]
    assert 0 <= front["x"] < front["x"] + front["width"] <= back["x"]
    assert back["x"] + back["width"] <= width
    assert 400 < front["height"] <= 800


def test_arrows_move_over_the_body_and_space_chooses(phone: Callable[..., Page]) -> None:
    page = where(phone, **DESKTOP)
    place(page, "front", "Forehead").focus()
    page.keyboard.press("ArrowDown")
    expect(place(page, "front", "Face (anywhere)")).to_be_focused()
    page.keyboard.press("Space")
    expect(listed(page, "Face (anywhere)")).to_be_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(place(page, "front", "Jaw, left")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Chosen: Face (anywhere) · Jaw, left")
    page.keyboard.press("End")
    expect(place(page, "sole", "Sole of the foot, left")).to_be_focused()
    page.keyboard.press("Home")
    expect(place(page, "front", "Forehead")).to_be_focused()


def test_the_body_is_one_stop_of_the_tab_key(phone: Callable[..., Page]) -> None:
    page = where(phone, **DESKTOP)
    place(page, "front", "Forehead").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator(".places summary").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(place(page, "front", "Face (anywhere)")).to_be_focused()


def test_what_is_chosen_leads_to_spots_and_their_picture(phone: Callable[..., Page]) -> None:
    page = where(phone)
    page.get_by_role("button", name="Back", exact=True).tap()
    place(page, "back", "Low back, left").tap()
    tap(page, "Show spots")
    page.wait_for_url("**/spots/?at=low_back.left")
    picture = page.get_by_role("img")
    expect(picture).to_have_attribute(
        "aria-label", "Press here: Top of the buttock, left. Felt there: Low back, left."
    )
    expect(page.locator(".picture .body__asked")).to_have_attribute("data-side", "left")
    expect(page.locator(".body__press")).to_have_count(1)
    expect(page.locator(".body__end")).to_have_count(1)
    page.get_by_role("radio", name="4: Side of the hip, left").locator("..").click()
    expect(picture).to_have_attribute("aria-label", re.compile("Side of the hip, left"))
    page.get_by_role("link", name="Top of the buttock").click()
    page.wait_for_url("**/spots/top-of-buttock?side=left&at=low_back.left")


def test_going_back_keeps_what_was_chosen(phone: Callable[..., Page]) -> None:
    page = where(phone)
    place(page, "front", "Abdomen").tap()
    tap(page, "Show spots")
    page.wait_for_url("**/spots/?at=abdomen")
    page.go_back()
    expect(listed(page, "Abdomen")).to_be_checked()
    expect(place(page, "front", "Abdomen")).to_be_checked()


def test_a_choice_is_changed_on_the_body_and_shown_from_its_side(
    phone: Callable[..., Page],
) -> None:
    page = where(phone, "/spots/?at=low_back.right")
    expect(place(page, "back", "Low back, right")).to_be_checked()
    expect(page.get_by_role("button", name="Back")).to_have_attribute("aria-pressed", "true")
    place(page, "back", "Low back, left").tap()
    tap(page, "Show spots")
    page.wait_for_url("**/spots/?at=low_back.left&at=low_back.right")
    expect(page.get_by_role("link", name="Low back, both sides")).to_be_visible()


def test_a_drawing_that_does_not_load_leaves_the_list(
    phone: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expected.append("ERR_FAILED")
    page = phone()
    page.route("**/body.svg", lambda route: route.abort())
    page.goto("/spots/?at=low_back.left")
    page.get_by_text("Change or add a place").click()
    expect(page.locator("sweet-body")).to_be_hidden()
    expect(page.locator("sweet-picture")).to_be_hidden()
    page.locator(".places summary", has_text="Back").click()
    expect(listed(page, "Low back, left")).to_be_checked()
    tap(page, "Show spots")
    expect(page.get_by_role("heading", name="4 spots to try")).to_be_visible()


@pytest.mark.parametrize("script", ["sweet-body", "chunk"])
def test_where_a_script_does_not_arrive_the_list_is_all_there_is(
    phone: Callable[..., Page], complaints: Complaints, script: str
) -> None:
    complaints.expected.append("ERR_FAILED")
    page = phone()
    page.route(f"**/*{script}*.js*", lambda route: route.abort())
    page.goto("/spots/")
    expect(page.get_by_role("button", name="Front")).to_be_hidden()
    expect(page.locator("sweet-body")).to_have_css("max-height", "0px", timeout=15_000)
    expect(page.locator("sweet-body")).to_have_css("visibility", "hidden")
    page.locator(".places summary", has_text="Back").click()
    page.locator(".places label").filter(has=page.get_by_label("Low back, left")).click()
    tap(page, "Show spots")
    expect(page.get_by_role("heading", name="4 spots to try")).to_be_visible()


def test_nothing_moves_while_the_body_is_being_drawn(phone: Callable[..., Page]) -> None:
    page = phone(viewport={"width": 360, "height": 780})
    page.add_init_script("""window.moved = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.moved += value;
      }).observe({ type: "layout-shift", buffered: true });""")
    for path in ("/spots/", "/spots/?at=calf.left"):
        page.goto(path)
        expect(page.locator("[data-ready]").first).to_be_attached()
        page.evaluate("() => new Promise((r) => requestAnimationFrame(() => setTimeout(r)))")
        assert page.evaluate("window.moved") < 0.01


def test_without_javascript_the_list_works_alone(phone: Callable[..., Page], site: Site) -> None:
    page = phone(site.person(), java_script_enabled=False)
    page.goto("/spots/")
    page.locator(".places summary", has_text="Head and face").click()
    page.locator(".places label").filter(has=page.get_by_label("Jaw, right")).click()
    tap(page, "Show spots")
    page.wait_for_url("**/spots/?at=jaw.right")
    expect(page.get_by_role("link", name="Chewing muscle")).to_be_visible()
