"""How far a version goes, written into a module's front matter as its author would write it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from training.courses.rules.clause_changes import ClauseMark
from training.courses.rules.translations import Original
from training.courses.rules.versions import Step, Version


@dataclass(frozen=True, slots=True)
class VersionSaid:
    """A version, counted from which, how much each changed clause weighs, and within how many days it is learned."""

    number: Version
    since: Version
    marks: Mapping[str, ClauseMark]
    due_days: int | None = None


def raised(published: Version, step: Step) -> Version:
    """The next version by this step."""
    if step is Step.MAJOR:
        return Version(published.major + 1, 0, 0)
    return Version(published.major, published.minor + 1, 0) if step is Step.MINOR else Version(published.major, published.minor, published.patch + 1)


def with_version(text: str, said: VersionSaid) -> str:
    """The module's text with this version in its front matter, and what is said of its changes; everything else as it stood.

    A patch says nothing of its changes. A text without front matter stays as it is.
    """
    lines = text.split("\n")
    closing = next((at for at in range(1, len(lines)) if lines[at].rstrip() == "---"), None)
    if closing is None or lines[0].rstrip() != "---":
        return text
    kept = list(_without(lines[1:closing], {"version", "changes"}))
    places = [at for at, line in enumerate(lines[1:closing]) if line.startswith("version:")]
    at = min(places[0] if places else len(kept), len(kept))
    return "\n".join([lines[0], *kept[:at], *_said(said), *kept[at:], *lines[closing:]])


def _without(lines: list[str], names: set[str]) -> Iterator[str]:
    """The front matter without these fields: each is its line, and what is indented below it."""
    is_left_out = False
    for line in lines:
        if line[:1] not in {" ", "\t", "#", ""}:
            is_left_out = line.partition(":")[0] in names
        if not is_left_out:
            yield line


def _said(said: VersionSaid) -> Iterator[str]:
    yield f"version: {said.number}"
    if (said.number.major, said.number.minor) == (said.since.major, said.since.minor):
        return
    yield "changes:"
    yield f"  since: {said.since}"
    if said.marks:
        yield "  clauses:"
        yield from (f"    {code}: {mark.value}" for code, mark in said.marks.items())
    if said.due_days is not None:
        yield f"  due_days: {said.due_days}"


def with_original(text: str, original: Original, number: Version) -> str:
    """The translation's text as one that follows this version of its original, under this number of its own; everything else as it stood."""
    lines = text.split("\n")
    closing = next((at for at in range(1, len(lines)) if lines[at].rstrip() == "---"), None)
    if closing is None or lines[0].rstrip() != "---":
        return text
    said = {"translates": str(original), "version": str(number)}
    return "\n".join([*(f"{name}: {said[name]}" if (name := line.partition(":")[0]) in said else line for line in lines[:closing]), *lines[closing:]])
