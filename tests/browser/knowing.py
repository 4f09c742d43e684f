"""Somebody who knows the handbook: what the content files say is right, found by what stands on the screen."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

CONTENT = Path(__file__).resolve().parents[2] / "content"


def _documents(folder: str) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((CONTENT / folder).rglob("*.yaml"))]


@cache
def _cases() -> tuple[tuple[frozenset[str], dict[str, Any]], ...]:
    return tuple((frozenset(filter(None, map(_letters, _texts(case["content"])))), case) for case in _documents("cases"))


@cache
def _choices() -> dict[str, dict[str, Any]]:
    return {_letters(item["stem"]): item for item in _documents("exams/items") if item["kind"] != "case"}


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from _texts(part)


def _letters(text: str) -> str:
    """A text without what its layout may change."""
    return re.sub(r"\W+", "", text).casefold()


def case_on(page: Page) -> dict[str, Any]:
    """The case on the screen, as its file has it with the expert's reference."""
    shown = {_letters(text) for text in page.locator("[data-case] [data-path]").all_text_contents()}
    texts, case = max(_cases(), key=lambda known: len(known[0] & shown))
    assert len(texts & shown) >= len(shown) * 0.6, f"no file says {sorted(shown)}"
    return case


def choice_on(page: Page) -> dict[str, Any]:
    """The question on the screen, as its file has it with its key."""
    return _choices()[_letters(page.locator("#exam-stem").inner_text())]


def right_options(page: Page) -> list[str]:
    """The texts of the right options of the question on the screen."""
    return [option["text"] for option in choice_on(page)["options"] if option.get("correct")]


def decide(page: Page, *, marks_evidence: bool = False) -> None:
    """Answer the case on the screen as the expert did."""
    reference = case_on(page)["reference"]
    for action in reference["decisions"][0]:
        _press_label(page, f'input[name="actions"][value="{action}"]')
    page.locator('[data-case-labels="one"] input[role="combobox"]').fill(reference["labels"][0])
    page.keyboard.press("Enter")
    _press_label(page, f'input[name="severity"][value="{reference["severity"]}"]')
    if reference["escalate_to"]:
        page.locator('select[name="escalate_to"]').select_option(reference["escalate_to"])
    if marks_evidence and reference.get("evidence"):
        page.get_by_label("Or type the words and press Enter").fill(reference["evidence"][0]["quote"])
        page.keyboard.press("Enter")


def _press_label(page: Page, control: str) -> None:
    """Click what a person sees of a control whose box is hidden, unless it is chosen already."""
    if not page.locator(control).is_checked():
        page.locator("label", has=page.locator(control)).click()
