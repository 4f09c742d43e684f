"""Looking at a page as a person would, and as axe does: in light and dark."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
SCHEMES = ("light", "dark")

WIDE, TABLET, NARROW = 1440, 768, 320
HEIGHT = 900


def look(page: Page, name: str, *widths: int) -> None:
    """Keep a screenshot of the whole page in light and dark, and fail where axe finds anything in either, or something is cut off at the side.

    Without widths it looks at the page as wide as it is; else at each of them.
    """
    faults = []
    before = page.viewport_size or {"width": WIDE, "height": HEIGHT}
    for width in widths or (before["width"],):
        page.set_viewport_size({"width": width, "height": before["height"]})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
            faults += [f"{name}, {width} px, {scheme}: {fault}" for fault in (*_found_by_axe(page), *_cut_off(page))]
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
    assert not faults, "\n".join(faults)


def _found_by_axe(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{violation['id']}: {violation['help']}: {node['html']} {_why(node)}" for violation in violations for node in violation["nodes"]]


def _why(node: dict) -> str:
    """What axe measured, such as the two colours of a contrast."""
    return " ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))


def _cut_off(page: Page) -> list[str]:
    """Whether the page is wider than the window, so that a person would have to scroll sideways to read."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"the page is {over} px wider than the window"] if over > 0 else []
