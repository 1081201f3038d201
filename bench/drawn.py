"""`python -m bench.drawn`: how soon a region's chart is drawn after ten years, beside ten weeks.

In Chromium as on a phone, its CPU slowed down four times, with the app as it is served. The two
take turns, and each load is from the tap to the frame after the chart stands. Fails over a budget.

Wants a machine that is not busy.
"""

import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench import pages, ten_years
from bench.served import chromium, phone, served, slow_down

PATH = f"/progress/region/{ten_years.REGION}/{ten_years.SIDE}?range=all"
PEOPLE = {"ten weeks": ten_years.FEW, "ten years": ten_years.MANY}
BUDGET = 1.1  # times ten weeks; loads of one and the same page differ by more
WARM_UP, LOADS = 5, 60
DRAWN = """() => new Promise((ok) => requestAnimationFrame(() => {
  const [{ responseStart }] = performance.getEntriesByType("navigation");
  ok([performance.now(), responseStart]);
}))"""
Load = tuple[float, float]  # ms from the tap: drawn, and the first byte


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = pages.empty(Path(folder))
        with served(app) as url:
            browser = chromium(playwright)
            opened: dict[str, Page] = {}
            for name, weeks in PEOPLE.items():
                cookie = pages.cookie_of(app, ten_years.person(app, weeks))
                page = phone(playwright, browser, url, cookie, service_workers="block")
                slow_down(page)
                opened[name] = page
            loads = _in_turns(opened)
            browser.close()
    sys.exit(report(loads))


def _in_turns(opened: dict[str, Page]) -> dict[str, list[Load]]:
    loads: dict[str, list[Load]] = {name: [] for name in opened}
    for _ in range(WARM_UP + LOADS):
        for name, page in opened.items():
            page.goto(PATH)
            page.wait_for_selector("canvas")
            loads[name].append(tuple(page.evaluate(DRAWN)))
    return {name: found[WARM_UP:] for name, found in loads.items()}


def report(loads: dict[str, list[Load]]) -> str | None:
    """Print both, in ms; return what is over the budget."""
    for name, found in loads.items():
        drawn = [at for at, _first in found]
        low, middle, high = statistics.quantiles(drawn, n=4)
        first = statistics.median(first for _at, first in found)
        rest = statistics.median(at - first for at, first in found)
        print(f"{name}: drawn after {middle:.0f} ms (half of them {low:.0f} to {high:.0f}),")
        print(f"    {first:.0f} until the first byte, {rest:.0f} from there")
    few, many = (_middle(found) for found in loads.values())
    print(f"{many / few:.2f} times ten weeks")
    return f"Over budget: {many / few:.2f} times ten weeks" if many > few * BUDGET else None


def _middle(found: Sequence[Load]) -> float:
    return statistics.median(at for at, _first in found)


if __name__ == "__main__":
    main()
