"""`make bench`: what Today and History cost beside a bare Flask page; fails over a budget."""

import argparse
import gc
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bench import callgrind, pages
from bench.pages import FLOOR, Page

CPU_BUDGET = 1.6  # times the floor
STATEMENT_BUDGET = 6
# Twenty thousand sessions may cost this much more than twenty, which is what noise is worth.
GROWTH_BUDGET = 1.15
WIRE_BUDGET = 40_000  # bytes; style sheets and scripts come on top, on the first visit
WARM_UP, ROUNDS, REQUESTS = 20, 25, 20


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="leave callgrind out")
    quick = options.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        found = report(pages.build(Path(folder)))
        if quick or not shutil.which("valgrind"):
            print("No callgrind: " + ("left out." if quick else "there is no valgrind here."))
        else:
            found += report_instructions(Path(folder))
    sys.exit("\n".join(["Over budget:", *found]) if found else None)


def report(measured: list[Page]) -> list[str]:
    """Print what was measured, a line a page; return what is over its budget."""
    over = []
    ratios = cpu_ratios(measured)
    print(f"{'':26}{'CPU':>8}{'SQL':>6}{'bytes sent':>12}")
    for page in measured:
        body, sql = page.ask(), len(page.statements())
        print(f"{page.name:26}{ratios[page.name]:>7.2f}x{sql:>6}{len(body):>12,}")
        if ratios[page.name] > CPU_BUDGET:
            over.append(f"{page.name}: {ratios[page.name]:.2f} times the floor's CPU")
        if sql > STATEMENT_BUDGET:
            over.append(f"{page.name}: {sql} SQL statements")
        if len(body) > WIRE_BUDGET:
            over.append(f"{page.name}: {len(body):,} bytes")
    return over + grown(ratios)


def cpu_ratios(measured: list[Page]) -> dict[str, float]:
    """CPU time of each page over the floor's: the median of rounds that take turns."""
    seconds: dict[str, list[float]] = {page.name: [] for page in measured}
    for page in measured:
        _ask(page, WARM_UP)
    for _ in range(ROUNDS):
        for page in measured:
            seconds[page.name].append(_ask(page, REQUESTS))
    floor = seconds[FLOOR]
    print(f"One request to the floor: {min(floor) / REQUESTS * 1000:.2f} ms of CPU at its quickest")
    return {
        name: statistics.median(page / bare for page, bare in zip(taken, floor, strict=True))
        for name, taken in seconds.items()
    }


def _ask(page: Page, times: int) -> float:
    """Seconds of CPU; everybody starts with no garbage and collects their own."""
    gc.collect()
    start = time.process_time()
    for _ in range(times):
        page.ask()
    return time.process_time() - start


def grown(costs: Mapping[str, float]) -> list[str]:
    """The pages that cost more to somebody with years of sessions."""
    over = []
    for kind in pages.PATHS:
        few, many = (cost for name, cost in costs.items() if name.startswith(kind))
        if many > few * GROWTH_BUDGET:
            over.append(f"{kind}: {many / few:.2f} times the cost with years of sessions")
    return over


def report_instructions(folder: Path) -> list[str]:
    names = [page.name for page in pages.reopen(folder)]
    counted = callgrind.instructions(folder, names)
    ratios = {name: counts / counted[FLOOR] for name, counts in counted.items()}
    print(f"{'':26}{'callgrind':>9}{'million instructions':>23}")
    for name, ratio in ratios.items():
        print(f"{name:26}{ratio:>8.2f}x{counted[name]:>23.2f}")
    over = [f"{n}: {r:.2f} times the instructions" for n, r in ratios.items() if r > CPU_BUDGET]
    return over + grown(ratios)


if __name__ == "__main__":
    main()
