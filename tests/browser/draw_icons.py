"""Draws the icons that a phone wants as PNG from their SVG: `make icons`."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, browser_path
from tracker.settings import ROOT

ICONS = ROOT / "static" / "icons"
# iPhones round the corners themselves, and cut as little as a mask does.
DRAWN = {
    "icon-192": ("favicon", 192),
    "icon-512": ("favicon", 512),
    "maskable-192": ("maskable", 192),
    "maskable-512": ("maskable", 512),
    "apple-touch": ("maskable", 180),
}


def draw() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        page = browser.new_page()
        for name, (source, size) in DRAWN.items():
            page.set_viewport_size({"width": size, "height": size})
            drawing = (ICONS / f"{source}.svg").read_text(encoding="utf-8")
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawing}")
            drawn = Image.open(BytesIO(page.screenshot(omit_background=True)))
            few = drawn.quantize(64, Image.Quantize.FASTOCTREE)  # a third of the weight
            few.save(ICONS / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    draw()
