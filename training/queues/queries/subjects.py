"""What the gate's statement found of a person, and the answers that followed from it.

What is kept is kept by the text that the statement found: whoever is told another text is told nothing of it. So whatever is written to a ledger counts
with the next question, on every worker, and nobody has to be told to forget.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from training.accounts.rules import ShiftAssignment
from training.db import instant_of
from training.queues.queries import entries
from training.queues.queries.scopes import Scope
from training.queues.rules.decision import Decision
from training.queues.rules.evidence import Evidence
from training.queues.rules.lasting import Lasting

Entries = list[list[Any]]
T = TypeVar("T")
KEPT = 10_000
"""Of how many people a process remembers what was answered: as many as may be at work; some 4 kB each."""
KEPT_OF_ONE = 100
"""About how many queues of one person."""


@dataclass(frozen=True, slots=True)
class PersonEntries:
    """What the statement found of one person, not yet read: most of it does not concern the queue that is asked about."""

    id: int
    has_sat: bool | int
    """Whether they ever began an attempt at an exam."""
    facts: Entries
    events: Entries
    uses: Entries
    acknowledgements: Entries
    obligations: Entries
    overrides: Entries
    consents: Entries
    absences: Entries
    shifts: Entries

    def evidence(self, scope: Scope) -> Evidence:
        """What of it concerns a queue."""
        return Evidence(
            facts=tuple(entries.fact(*entry) for entry in self.facts),
            ledger=_by_slug(entries.event, (entry for entry in self.events if entry[0] in scope.certifications)),
            uses=_by_slug(entries.use, (entry for entry in self.uses if entry[0] in scope.certifications)),
            acknowledgements=tuple(entries.acknowledgement(*entry) for entry in self.acknowledgements if entry[0] in scope.modules),
            obligations=tuple(entries.obligation(*entry) for entry in self.obligations),
            overrides=tuple(entries.override(*entry) for entry in self.overrides if entry[0] == scope.queue),
            demands=scope.demands,
            consents=tuple(entries.consent(*entry) for entry in self.consents) if scope.is_hard else (),
            askings=scope.askings,
            absences=tuple(entries.absence(*entry) for entry in self.absences),
            shifts=_shifts(self.shifts) if self.shifts else (),
            conditions=scope.conditions,
        )


def _by_slug(read: Callable[..., T], found: Iterable[list[Any]]) -> Mapping[str, tuple[T, ...]]:
    by_slug: defaultdict[str, tuple[T, ...]] = defaultdict(tuple)
    for entry in found:
        by_slug[entry[0]] += (read(*entry),)
    return by_slug


def _shifts(found: Entries) -> tuple[ShiftAssignment, ...]:
    """Which shifts the person worked, each row an assignment with one version of its shift's hours, or with none."""
    by_number: dict[int, ShiftAssignment] = {}
    for number, shift_id, effective_from, recorded_at, *version in found:
        given = by_number.get(number) or ShiftAssignment(instant_of(effective_from), instant_of(recorded_at), number, shift_id)
        told = (entries.hours_version(*version),) if version[0] is not None else ()
        by_number[number] = replace(given, versions=given.versions + told)
    return tuple(by_number.values())


class Subject:
    """A person as one text tells of them, with the gate's last answer for each queue that follows from it."""

    __slots__ = ("_kept", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._kept: dict[Scope, Lasting | None] = {}

    def entries(self) -> PersonEntries:
        """What the text says."""
        return PersonEntries(*json.loads(self._text))

    def answered(self, scope: Scope, at: datetime, known_at: datetime) -> Decision | None:
        """The answer that was given before, where it lasts until then."""
        kept = self._kept.get(scope)
        return kept.at(at, known_at) if kept is not None else None

    def is_asked_again(self, scope: Scope) -> bool:
        """Whether somebody asked about this queue before, and note that they do now: how long an answer lasts is worth finding out only then."""
        if scope in self._kept:
            return True
        if len(self._kept) >= KEPT_OF_ONE:
            self._kept.clear()
        self._kept[scope] = None
        return False

    def keep(self, scope: Scope, answer: Lasting | None) -> None:
        """Remember an answer for as long as it lasts."""
        self._kept[scope] = answer


@lru_cache(maxsize=KEPT)
def subject_of(text: str) -> Subject:
    """The person of whom a text tells: the same as long as it says the same."""
    return Subject(text)
