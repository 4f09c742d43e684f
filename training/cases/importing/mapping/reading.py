"""A mapping file read, with everything that is wrong in it, and between it and what it is used with."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from training.cases.importing.mapping.documents import CaseMapping, Pick
from training.cases.importing.mapping.fields import shaped
from training.documents import FieldPath
from training.documents.faults import Fault, Lines, field_name, meant
from training.documents.validation import problems_of
from training.documents.yaml_reading import Unreadable, read_yaml

LARGEST_MAPPING = 200_000


class Unmapped(Exception):
    """A mapping that cannot be used, with every fault in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__("the mapping has faults")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class ReadMapping:
    """A sound mapping, its file and text, and where its fields stand."""

    document: CaseMapping
    path: str
    text: str
    lines: Lines

    def fault(self, path: FieldPath, problem: str, remedy: str) -> Fault:
        """A fault of one of its fields."""
        return Fault(self.path, self.lines.of(path), field_name(path), problem, remedy)


def read_mapping(path: Path) -> ReadMapping:
    """The mapping in this file. Raises Unmapped with everything that is wrong in it."""
    text = _text(path)
    try:
        read = read_yaml(text)
    except Unreadable as unreadable:
        trouble = unreadable.trouble
        raise Unmapped([Fault(str(path), trouble.line, trouble.field, trouble.problem, trouble.remedy)]) from None
    faults = [Fault(str(path), trouble.line, trouble.field, trouble.problem, trouble.remedy) for trouble in read.troubles]
    if not isinstance(read.value, dict):
        raise Unmapped([*faults, Fault(str(path), 1, "", "holds no mapping", "write its fields as `name: value` lines; see docs/case-import.md")])
    try:
        document = CaseMapping.model_validate(read.value)
    except ValidationError as error:
        found = [Fault(str(path), read.lines.of(where), field_name(where), *words) for where, words in problems_of(error, read.lines, CaseMapping)]
        raise Unmapped(sorted([*faults, *found])) from None
    if faults:
        raise Unmapped(faults)
    return ReadMapping(document, str(path), text, read.lines)


def _text(path: Path) -> str:
    held = path.read_bytes()
    if len(held) > LARGEST_MAPPING:
        raise Unmapped([Fault(str(path), 1, "", f"is larger than {LARGEST_MAPPING:,} bytes", "is it the mapping, and not the file of cases?")])
    try:
        return held.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = held[: error.start].count(b"\n") + 1
        raise Unmapped([Fault(str(path), line, "", "is not UTF-8 text", "save it as UTF-8")]) from None


def vocabulary_faults(mapping: ReadMapping, *, labels: Collection[str], clauses: Collection[str]) -> Iterator[Fault]:
    """Labels and clauses that the mapping writes and that the taxonomy or the handbook does not have."""
    known = {"labels": (labels, "label"), "clauses": (clauses, "clause")}
    for where, pick in mapping.document.picks:
        if where[0] == "reference" and where[1] in known:
            yield from _strangers(mapping, where, pick, *known[str(where[1])])
    for code in mapping.document.label_facts:
        if code not in labels:
            yield mapping.fault(("label_facts", code), f"there is no label `{code}`", _remedy(code, labels, "label"))


def _strangers(mapping: ReadMapping, where: FieldPath, pick: Pick, known: Collection[str], what: str) -> Iterator[Fault]:
    for below, value in pick.outcomes:
        for code in shaped(str(where[-1]), value):
            if code not in known:
                yield mapping.fault(where + below, f"there is no {what} `{code}`", _remedy(code, known, what))


def _remedy(name: str, known: Collection[str], what: str) -> str:
    close = meant(name, known)
    return f"did you mean `{close}`?" if close else f"write one that runs here, or bring the {what} in first with `flask content apply`"


def column_faults(mapping: ReadMapping, columns: Collection[str]) -> Iterator[Fault]:
    """Columns that the mapping names and the source does not have."""
    named: list[tuple[FieldPath, str]] = [(("id",), mapping.document.id)]
    named += [((*where, "column"), pick.column) for where, pick in mapping.document.picks if pick.column is not None]
    for where, column in named:
        if not _has(columns, column):
            close = meant(column, columns)
            listed = ", ".join(f"“{name}”" for name in sorted(columns)[:20])
            yield mapping.fault(where, f"there is no column “{column}”", f"did you mean “{close}”?" if close else f"the file has {listed}")


def _has(columns: Collection[str], column: str) -> bool:
    return column in columns or any(name.startswith(f"{column}.") for name in columns)


def unnamed_columns(mapping: CaseMapping, columns: Collection[str]) -> list[str]:
    """Columns of the source that the mapping neither uses nor says to ignore."""
    named = {mapping.id, *mapping.ignore, *(pick.column for _, pick in mapping.picks if pick.column is not None)}
    return [name for name in columns if name not in named and not any(name.startswith(f"{column}.") for column in named)]
