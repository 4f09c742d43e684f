"""Versions of policy modules: three numbers, and what a newer one asks of its readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A semantic version. Patch: nothing to do; minor: read what changed and acknowledge; major: a delta exam."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The version that `1.4.0` writes. Raises ValueError where it is not three numbers."""
        major, minor, patch = (int(part) for part in text.split("."))
        return cls(major, minor, patch)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


class ModuleRefusal(StrEnum):
    """Why a module's text is not published, acknowledged or marked as read."""

    VERSION_NOT_RAISED = "version_not_raised"
    VERSION_WENT_BACK = "version_went_back"
    VERSION_IS_NOT_CURRENT = "version_is_not_current"
    NEEDS_A_PLAN = "module_needs_a_plan"
    PICTURE_MISSING = "module_picture_missing"
    ORIGINAL_MISSING = "module_original_missing"
    ORIGINAL_IS_ANOTHER = "module_original_is_another"


class AssignmentRefusal(StrEnum):
    """Why a course is not assigned."""

    ALREADY_ASSIGNED = "course_already_assigned"
    DUE_IN_THE_PAST = "assignment_due_in_the_past"


def newest_versions(acknowledged: Iterable[tuple[str, Version]]) -> dict[str, Version]:
    """The newest version of each module among those acknowledged."""
    newest: dict[str, Version] = {}
    for slug, version in acknowledged:
        newest[slug] = max(version, newest.get(slug, version))
    return newest


class Step(StrEnum):
    """How far apart two versions are."""

    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


def step_between(old: Version, new: Version) -> Step:
    """What a reader of the old version has before them in the new one."""
    if old.major != new.major:
        return Step.MAJOR
    return Step.MINOR if old.minor != new.minor else Step.PATCH


def is_still_read(acknowledged: Version, current: Version) -> bool:
    """Whether somebody who acknowledged one version need read nothing of another: only patches lie between, or it is older."""
    return (acknowledged.major, acknowledged.minor) >= (current.major, current.minor)


def may_publish(version: Version, *, latest: Version | None, is_same_text: bool) -> ModuleRefusal | None:
    """Whether a text may follow the latest version; `is_same_text` says that the latest has the very same text."""
    if latest is None or version > latest or (version == latest and is_same_text):
        return None
    return ModuleRefusal.VERSION_NOT_RAISED if version == latest else ModuleRefusal.VERSION_WENT_BACK
