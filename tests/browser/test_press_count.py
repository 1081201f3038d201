"""The tenderness test, counted: the same press before and after."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, let_pass, prepare, tap


def test_the_press_is_counted_and_ends_with_the_question(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person())
    prepare(page)
    page.get_by_text("Tenderness", exact=True).click()
    tap(page, "Count with me")
    says = page.locator("press-count output").first
    expect(says).to_have_text("Put your fingertip there.")
    for second in (1, 2, 3):
        let_pass(page, 1)
        expect(says).to_have_text(f"Press, slowly: {second}")
    let_pass(page, 1)
    expect(says).to_have_text("Let go. How tender was it?")


def test_the_other_side_waits_folded_until_it_is_asked_for(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone(site.person())
    prepare(page)
    for number in ("5", "4"):
        page.get_by_role("radio", name=number, exact=True).filter(visible=True).first.click()
    other = page.get_by_role("group", name="The other side, to compare")
    expect(other).to_be_hidden()
    page.get_by_text("The other side, to compare").click()
    expect(other).to_be_visible()
