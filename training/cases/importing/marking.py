"""Evidence that a source marked, as the exact quotes that a case document holds."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

from training.cases.importing.records import Misfit
from training.cases.importing.redaction import Redacted


def quotes(marked: Any, *, field: str, text: str, redacted: Redacted, only: list[str] | None) -> list[dict[str, str]] | Misfit:
    """Each mark as a quote of the text without personal data, long enough to occur once.

    A mark is a quote, or a map with `start` and `end` and mostly the `text` between them. `text` is the field before redaction. A mark that shares something
    with personal data holds the whole placeholder.
    """
    found: list[dict[str, str]] = []
    for mark in marked if isinstance(marked, list) else [marked]:
        if only is not None and isinstance(mark, Mapping) and not set(only) & set(mark.get("labels") or ()):
            continue
        span = _span(mark, text)
        if isinstance(span, Misfit):
            return span
        quote = _occurring_once(redacted.text, *redacted.moved(*span))
        if {"field": field, "quote": quote} not in found:
            found.append({"field": field, "quote": quote})
    return found


def _span(mark: Any, text: str) -> tuple[int, int] | Misfit:
    if isinstance(mark, str):
        return _only_place(mark.strip(), text)
    start, end = (mark.get("start"), mark.get("end")) if isinstance(mark, Mapping) else (None, None)
    if not (isinstance(start, int) and isinstance(end, int)):
        return Misfit("holds evidence that is neither a quote nor a stretch", 'write the words themselves, or {"start": 0, "end": 5}')
    written = mark.get("text")
    for place in _places(text, start, end):
        if 0 <= place[0] < place[1] <= len(text) and (not isinstance(written, str) or text[slice(*place)].split() == written.split()):
            return place
    if isinstance(written, str) and written.strip():
        return _only_place(written.strip(), text)
    return Misfit(f"marks a stretch from {start} to {end}, where the text has {len(text)} characters", "mark it anew")


def _places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a stretch may lie: counted in characters, in the UTF-16 units of a browser, and either with line ends of two characters."""
    yield start, end
    yield _counted(text, start, end, wide=True, long_ends=False)
    yield _counted(text, start, end, wide=False, long_ends=True)
    yield _counted(text, start, end, wide=True, long_ends=True)


def _counted(text: str, start: int, end: int, *, wide: bool, long_ends: bool) -> tuple[int, int]:
    found = [len(text) + 1, len(text) + 1]
    units = 0
    for at in range(len(text) + 1):
        found = [min(place, at) if units >= bound else place for place, bound in zip(found, (start, end), strict=True)]
        if at < len(text):
            units += 1 + (wide and ord(text[at]) > 0xFFFF) + (long_ends and text[at] == "\n")
    return found[0], found[1]


def _only_place(quote: str, text: str) -> tuple[int, int] | Misfit:
    often = text.count(quote) if quote else 0
    if often == 1:
        at = text.index(quote)
        return at, at + len(quote)
    return Misfit(
        f"quotes what {'does not occur' if not often else 'occurs more than once'} in the marked text", "quote it exactly, and long enough to occur once"
    )


def _occurring_once(text: str, start: int, end: int) -> str:
    """The stretch without blanks around it, widened on both sides by as few characters as let it occur once."""

    def widened(by: int) -> str:
        return text[max(0, start - by) : end + by].strip()

    least = bisect_left(range(len(text)), True, key=lambda by: not _occurs_again(text, widened(by)))
    return widened(least)


def _occurs_again(text: str, quote: str) -> bool:
    return text.find(quote, text.find(quote) + 1) >= 0
