"""What a change of policy asks of a person."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from training.courses.rules.versions import Version


class DeltaKind(StrEnum):
    """How a person shows that they know a change."""

    READING = "reading"
    """They read what changed, say so, and pass the short check where there is one."""
    EXAM = "exam"
    """They pass a delta exam."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What a module's new version asks of somebody: in which areas, and how it is met."""

    module: str
    version: Version
    areas: tuple[str, ...]
    kind: DeltaKind
    check: str | None = None
    """The short check to pass, by its slug."""
    exams: tuple[tuple[str, Version], ...] = ()
    """The exams of which one is to be passed, by slug, each in this version or a later one."""


def is_read(delta: Delta, *, acknowledged: Collection[Version], checks: Collection[str]) -> bool:
    """Whether somebody who acknowledged these versions of the module and passed these checks has learned it by reading."""
    return any(version >= delta.version for version in acknowledged) and (delta.check is None or delta.check in checks)


def is_passed(delta: Delta, exam: str, version: Version) -> bool:
    """Whether passing this version of an exam shows that somebody has learned it."""
    return any(slug == exam and version >= asked for slug, asked in delta.exams)
