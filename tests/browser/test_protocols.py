"""One whole session of each protocol, from the first press to After, with nothing touched."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SPOT, Site, begin, let_pass
from tests.browser.in_the_guide import expect_level, part

PLAN = "() => JSON.parse(document.getElementById('guide-data').textContent).plans[0]"
LEVELS = ("0 Let go", "1 Touch", "2 Light", "3 Medium", "4 Firm")


@pytest.mark.parametrize(
    ("protocol", "spot", "weeks", "person"),
    [
        ("standard", SPOT, 12, {}),
        ("gentle", SPOT, 0, {}),
        ("micro", "side-of-neck", 0, {"side_of_neck": True}),
    ],
)
def test_each_protocol_runs_by_itself_from_beginning_to_end(
    phone: Callable[..., Page],
    site: Site,
    protocol: str,
    spot: str,
    weeks: int,
    person: dict[str, Any],
) -> None:
    somebody = site.person(**person)
    if weeks:
        site.years(somebody, weeks)
    page = phone(somebody)
    begin(page, spot=spot)
    plan = page.evaluate(PLAN)
    for phase in plan["phases"]:
        expect_level(page, LEVELS[phase["level"]])
        expect(part(page, "cue")).to_have_text(phase["cue"])
        expect(part(page, "count")).to_have_text(str(phase["seconds"]))
        let_pass(page, phase["seconds"])
    page.wait_for_url("**/after")
    newest = site.sessions_of(somebody)[-1]
    assert (plan["protocol"], newest.protocol, newest.ended_by) == (protocol, protocol, "finished")
    assert (newest.spot_id, newest.completed) == (spot, True)
