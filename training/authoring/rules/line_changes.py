"""What a draft changes, line by line, with a few lines around each change."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from training.authoring.rules.merging import LONGEST_COMPARISON
from training.courses.rules.changes import EditKind

CONTEXT = 2
"""Lines that stayed and are shown before and after a change."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that stayed, went or came, with its number in the text that it belongs to: the new one unless it went."""

    kind: EditKind
    number: int
    text: str


def line_changes(old: str, new: str) -> tuple[tuple[ChangedLine, ...], ...]:
    """The changes from one text to the other, each run of them with its context; what went stands before what came in its place."""
    lines = _all_lines(old.split("\n") if old else [], new.split("\n"))
    shown = {near for at, line in enumerate(lines) if line.kind is not EditKind.SAME for near in range(at - CONTEXT, at + CONTEXT + 1)}
    runs: list[list[ChangedLine]] = []
    for at, line in enumerate(lines):
        if at in shown and at - 1 in shown and runs:
            runs[-1].append(line)
        elif at in shown:
            runs.append([line])
    return tuple(tuple(run) for run in runs)


def _all_lines(before: Sequence[str], after: Sequence[str]) -> list[ChangedLine]:
    if len(before) * len(after) > LONGEST_COMPARISON:
        return [*_lines(EditKind.REMOVED, before, 0), *_lines(EditKind.ADDED, after, 0)]
    found: list[ChangedLine] = []
    came: list[ChangedLine] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            found += [*came, *_lines(EditKind.SAME, after[step.dest_start : step.dest_end], step.dest_start)]
            came = []
            continue
        found += _lines(EditKind.REMOVED, before[step.src_start : step.src_end], step.src_start)
        came += _lines(EditKind.ADDED, after[step.dest_start : step.dest_end], step.dest_start)
    return [*found, *came]


def _lines(kind: EditKind, lines: Sequence[str], start: int) -> list[ChangedLine]:
    return [ChangedLine(kind, start + number, line) for number, line in enumerate(lines, start=1)]
