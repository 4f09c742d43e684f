"""What an essay answers, kept in the question's text as a quotation at its end, and found there again; and its rubric, as a text with headings."""

import re
from collections.abc import Mapping

from training.exams.rules.blueprint import Criterion

_HEADING = re.compile(rf"^### ({'|'.join(Criterion)})$", re.MULTILINE)


def with_passage(stem: str, passage: str) -> str:
    """The stem with the passage quoted behind it."""
    return stem if not passage else stem + "\n\n" + "\n".join(f"> {line}" if line else ">" for line in passage.split("\n"))


def passage_in(text: str) -> tuple[str, str]:
    """A text without the quotation at its end, and that; nothing where it ends in none."""
    lines = text.split("\n")
    start = len(lines)
    while start and lines[start - 1].startswith(">"):
        start -= 1
    if start == 0:
        return text, ""
    return "\n".join(lines[:start]).strip(), "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines[start:])


def rubric_text(rubric: Mapping[str, str]) -> str:
    """What markers look for, a heading for each criterion."""
    return "\n\n".join(f"### {criterion}\n\n{words}" for criterion, words in rubric.items())


def rubric_in(text: str) -> dict[str, str]:
    """The criteria that a text has a heading for, with what it says below."""
    pieces = _HEADING.split(text)
    return {name: words.strip() for name, words in zip(pieces[1::2], pieces[2::2], strict=True) if words.strip()}
