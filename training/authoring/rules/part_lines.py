"""On which line of a module's Markdown each of its parts begins, so that whoever reads about a part finds it in the text."""

import re
from collections.abc import Sequence

from training.courses.rules.blocks import clauses_in
from training.courses.rules.changes import PassageText

_HEADING = re.compile(r"^#{2,6}\s+\S")


def part_lines(body: str, passages: Sequence[PassageText]) -> dict[str, int]:
    """The line of each part, from 1, by its anchor; `passages` are the parts as the renderer found them.

    Of sections only where there are as many headings outside of clauses as the renderer found: nothing is guessed.
    """
    clauses = clauses_in(body)
    found = {clause.argument.lower(): clause.line for clause in clauses}
    within = {line for clause in clauses for line in range(clause.line, clause.line + clause.text.count("\n") + len(clause.options) + 2)}
    headings = [number for number, line in enumerate(body.split("\n"), start=1) if _HEADING.match(line) and number not in within]
    titled = [passage.anchor for passage in passages if not passage.is_clause and passage.title]
    return found | (dict(zip(titled, headings, strict=True)) if len(titled) == len(headings) else {})
