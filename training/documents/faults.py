"""A fault of a file that people write: where it is, what is wrong, and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process

from training.documents import FieldPath


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault; written `file:line: field: what is wrong; how to mend it`."""

    path: str
    line: int
    field: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: {self.field}: " if self.field else f"{self.path}:{self.line}: "
        return where + "; ".join(part for part in (self.problem, self.remedy) if part)


@dataclass(frozen=True, slots=True)
class Lines:
    """The line on which each field of a document stands, counted from 1."""

    by_field: Mapping[FieldPath, int] = field(default_factory=dict)
    first: int = 1

    def of(self, path: FieldPath) -> int:
        """The line of this field, or of the nearest thing around it that the file has."""
        while path:
            if path in self.by_field:
                return self.by_field[path]
            path = path[:-1]
        return self.by_field.get((), self.first)

    def known(self, path: FieldPath) -> FieldPath:
        """This path without the steps that no file writes, such as the name of the variant that a check chose.

        What was made of values and not of a file has no lines; its paths are as they are.
        """
        if not self.by_field:
            return path
        found: FieldPath = ()
        for step in path:
            if (*found, step) in self.by_field:
                found = (*found, step)
        return found


def field_name(path: FieldPath) -> str:
    """A field as people write it: `reference.evidence.0.quote`."""
    return ".".join(str(step) for step in path)


def meant(name: str, known: Iterable[str], *, least_percent: int = 75) -> str | None:
    """The one of these names that somebody who wrote `name` probably meant, if any is close enough."""
    close = process.extractOne(name, sorted(known), score_cutoff=least_percent)
    return close[0] if close else None
