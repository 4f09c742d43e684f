"""Two texts that come from the same one, brought together line by line.

What only one of them changed is taken from it. Where both changed the same lines, or lines that touch, differently, both are kept and marked: nothing is chosen
in silence. The edit scripts are by Indel distance over lines (rapidfuzz); texts of more lines than `LONGEST_COMPARISON` allows are compared as a whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

LONGEST_COMPARISON = 100_000_000
"""Pairs of lines, 10,000 by 10,000."""
OURS, BETWEEN, THEIRS = "<<<<<<< ", "=======", ">>>>>>> "
"""How the lines begin that mark a conflict: what is yours, and what the others have."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines that both changed, as each has them."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Two texts brought together: runs of lines, and between them what only a person can decide."""

    parts: tuple[tuple[str, ...] | Conflict, ...]

    @property
    def conflict_count(self) -> int:
        """How many places a person has to decide."""
        return sum(isinstance(part, Conflict) for part in self.parts)

    def text(self, *, ours: str, theirs: str) -> str:
        """The text with each conflict marked; `ours` and `theirs` name the two sides."""
        return "\n".join(line for part in self.parts for line in (_marked(part, ours, theirs) if isinstance(part, Conflict) else part))


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines `[start, end)` of the text before, and what stands there instead."""

    start: int
    end: int
    lines: tuple[str, ...]
    is_ours: bool


def _marked(conflict: Conflict, ours: str, theirs: str) -> tuple[str, ...]:
    return (f"{OURS}{ours}", *conflict.ours, BETWEEN, *conflict.theirs, f"{THEIRS}{theirs}")


def conflict_lines(text: str) -> tuple[int, ...]:
    """The lines, counted from 1, on which a conflict begins that nobody decided yet."""
    return tuple(number for number, line in enumerate(text.split("\n"), start=1) if line.startswith((OURS, THEIRS)))


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Bring two texts together that both come from `base`."""
    before = base.split("\n")
    hunks = sorted([*_hunks(before, ours, is_ours=True), *_hunks(before, theirs, is_ours=False)], key=lambda hunk: (hunk.start, hunk.end))
    return Merged(tuple(_parts(before, hunks)))


def _hunks(before: Sequence[str], text: str, *, is_ours: bool) -> Iterator[_Hunk]:
    after = text.split("\n")
    if len(before) * len(after) > LONGEST_COMPARISON:
        if list(before) != after:
            yield _Hunk(0, len(before), tuple(after), is_ours)
        return
    start = end = 0
    lines: list[str] = []
    is_open = False
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            if is_open:
                yield _Hunk(start, end, tuple(lines), is_ours)
            is_open, lines = False, []
            continue
        start = start if is_open else step.src_start
        end, is_open = step.src_end, True
        lines += after[step.dest_start : step.dest_end]
    if is_open:
        yield _Hunk(start, end, tuple(lines), is_ours)


def _parts(before: Sequence[str], hunks: Sequence[_Hunk]) -> Iterator[tuple[str, ...] | Conflict]:
    at = 0
    for group in _touching(hunks):
        start, end = group[0].start, max(hunk.end for hunk in group)
        yield tuple(before[at:start])
        yield _settled(before, group, start, end)
        at = end
    yield tuple(before[at:])


def _touching(hunks: Sequence[_Hunk]) -> Iterator[list[_Hunk]]:
    """Hunks that overlap or touch, together."""
    group: list[_Hunk] = []
    for hunk in hunks:
        if group and hunk.start > max(other.end for other in group):
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def _settled(before: Sequence[str], group: Sequence[_Hunk], start: int, end: int) -> tuple[str, ...] | Conflict:
    """What stands in these lines: what one of them wrote, what both wrote alike, or both."""
    ours, theirs = (_written(before, [hunk for hunk in group if hunk.is_ours is side], start, end) for side in (True, False))
    if ours == theirs or all(hunk.is_ours for hunk in group):
        return ours
    return theirs if not any(hunk.is_ours for hunk in group) else Conflict(ours, theirs)


def _written(before: Sequence[str], hunks: Sequence[_Hunk], start: int, end: int) -> tuple[str, ...]:
    lines: list[str] = []
    at = start
    for hunk in hunks:
        lines += [*before[at : hunk.start], *hunk.lines]
        at = hunk.end
    return (*lines, *before[at:end])
