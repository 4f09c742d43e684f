"""Looking at a page as a person would, and as axe does: wide and narrow, in light and dark."""

import os
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
ASKED_FOR = Path(os.environ["LOOK"]) if "LOOK" in os.environ else None
"""Where pictures of every page that is looked at are kept for whoever sets `LOOK` to a folder."""

WIDE, TABLET, NARROW = 1440, 768, 320
HEIGHT = 900

Way = tuple[int, Literal["light", "dark"]]
OPPOSITE_WAYS: tuple[Way, ...] = ((WIDE, "light"), (NARROW, "dark"))
EVERY_WAY: tuple[Way, ...] = ((WIDE, "light"), (WIDE, "dark"), (TABLET, "light"), (TABLET, "dark"), (NARROW, "light"), (NARROW, "dark"))
in_ways = pytest.mark.parametrize("ways", [pytest.param(OPPOSITE_WAYS, id="opposite"), pytest.param(EVERY_WAY, id="every", marks=pytest.mark.full)])
"""For a test that takes `ways` and looks at pages in them: two opposite ones here, every one in the full tests."""


def look(page: Page, name: str, ways: tuple[Way, ...] | None = None, *, folder: Path | None = ASKED_FOR) -> None:
    """Fail where axe finds anything on this page, or something is cut off at the side; keep a picture of the whole page where a folder is given.

    Without ways it looks at the page as wide as it is, in light and dark. A page that is only begun is waited for.
    """
    page.wait_for_load_state()
    faults = []
    before = page.viewport_size or {"width": WIDE, "height": HEIGHT}
    for width, scheme in ways or ((before["width"], "light"), (before["width"], "dark")):
        page.set_viewport_size({"width": width, "height": before["height"]})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if folder is not None:
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
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
