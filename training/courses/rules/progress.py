"""The way through a course: what is done, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from training.courses.rules.versions import Version, is_still_read, newest_versions


class StepKind(StrEnum):
    """What a step of a course asks for."""

    MODULE = "module"
    CHECK = "check"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class CourseNeeds:
    """What completes a course: its modules with their current versions (none where it is not published), its checks, and practice answers."""

    modules: tuple[tuple[str, Version | None], ...]
    checks: tuple[str, ...]
    practice_count: int


@dataclass(frozen=True, slots=True)
class Learned:
    """What one person has done: the newest version acknowledged of each module, checks passed, and practice answers in the course's areas."""

    acknowledged: Mapping[str, Version]
    checks: frozenset[str]
    practice_count: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its subject (a slug; empty for practice), how much is done of how much."""

    kind: StepKind
    subject: str
    done_count: int
    needed_count: int

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is missing."""
        return self.done_count >= self.needed_count


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """One person's way through one course."""

    steps: tuple[Step, ...]

    @property
    def missing(self) -> tuple[Step, ...]:
        """What is still to do, in the course's order."""
        return tuple(step for step in self.steps if not step.is_done)

    @property
    def is_complete(self) -> bool:
        """Complete is the absence of anything missing."""
        return not self.missing


def progress_of(needs: CourseNeeds, learned: Learned) -> CourseProgress:
    """The steps of a course in order: modules, checks, practice.

    A module counts when it was acknowledged at its current version or one that only patches separate from it; a module
    that is not published yet keeps the course open.
    """
    modules = (Step(StepKind.MODULE, slug, int(_is_read(learned, slug, current)), 1) for slug, current in needs.modules)
    checks = (Step(StepKind.CHECK, slug, int(slug in learned.checks), 1) for slug in needs.checks)
    answered = min(learned.practice_count, needs.practice_count)
    practice = (Step(StepKind.PRACTICE, "", answered, needs.practice_count),) if needs.practice_count else ()
    return CourseProgress(steps=(*modules, *checks, *practice))


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """A course as it stands now: what completes it, and the areas in which practice counts for it."""

    needs: CourseNeeds
    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Studies:
    """What one person acknowledged, passed and practised, beside the courses as they stand now."""

    acknowledged: tuple[tuple[str, Version], ...]
    """Modules by slug, each with the versions of it."""
    checks: frozenset[str]
    practised: Mapping[str, int]
    """Practice answers by area."""
    courses: Mapping[str, KnownCourse]

    def progress(self, course: str) -> CourseProgress | None:
        """How far they are in this course; nothing where there is none of this slug."""
        known = self.courses.get(course)
        if known is None:
            return None
        return progress_of(known.needs, Learned(newest_versions(self.acknowledged), self.checks, self._practised(known)))

    def has_completed(self, course: str) -> bool:
        """Whether nothing of this course is missing; an unknown course is never complete."""
        progress = self.progress(course)
        return progress is not None and progress.is_complete

    def has_just_practised_enough(self, area: str) -> bool:
        """Whether their last answer, in this area, was the last that some course asks for."""
        return any(area in known.areas and self._practised(known) == known.needs.practice_count for known in self.courses.values())

    def _practised(self, known: KnownCourse) -> int:
        return sum(count for area, count in self.practised.items() if area in known.areas)

    def versions_of(self, module: str) -> list[Version]:
        """The versions of this module that they acknowledged."""
        return [version for slug, version in self.acknowledged if slug == module]


def _is_read(learned: Learned, slug: str, current: Version | None) -> bool:
    acknowledged = learned.acknowledged.get(slug)
    return acknowledged is not None and current is not None and is_still_read(acknowledged, current)
