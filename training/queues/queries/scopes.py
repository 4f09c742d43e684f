"""What of everything that is known concerns a queue: made once from the texts that the gate's statement found."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from training.practice.rules import Asking
from training.queues.queries import entries
from training.queues.rules.evidence import Conditions, RequirementsVersion


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """A queue, and what of everything that is known concerns it. One is made for each set of texts, so that it is the same as long as they are."""

    queue: str
    demands: tuple[RequirementsVersion, ...]
    conditions: tuple[Conditions, ...]
    askings: tuple[Asking, ...]
    """What the organisation asks everybody's consent for, where that matters here."""
    certifications: frozenset[str]
    """Those that it ever asked for, and all that they were ever built on."""
    modules: frozenset[str]
    is_hard: bool
    """Whether it ever showed material that people agree to see."""


@dataclass(frozen=True, slots=True)
class Common:
    """What is asked of everybody, as texts: what the organisation asks consent for, and what certifications ask beside their ledger."""

    askings: str
    conditions: str


@lru_cache(maxsize=5_000)
def scope_of(queue: str, demands: str, common: Common) -> Scope:
    """What concerns the queue: read once for each text of its demands, because queues are few, change seldom and are asked about all day."""
    versions = tuple(entries.demand(*entry) for entry in json.loads(demands))
    asked = conditions_in(common.conditions)
    certifications = frozenset(certifications_concerning(versions, asked))
    is_hard = any(version.requirements.sensitivities for version in versions)
    return Scope(
        queue=queue,
        demands=versions,
        conditions=tuple(entry for entry in asked if entry.certification in certifications),
        askings=tuple(entries.asking(*entry) for entry in json.loads(common.askings)) if is_hard else (),
        certifications=certifications,
        modules=frozenset(slug for version in versions for slug, _version in version.requirements.modules),
        is_hard=is_hard,
    )


@lru_cache(maxsize=50)
def conditions_in(text: str) -> tuple[Conditions, ...]:
    """What certifications ask beside their ledger: likewise."""
    return tuple(entries.conditions(*entry) for entry in json.loads(text))


def certifications_concerning(demands: Iterable[RequirementsVersion], conditions: Iterable[Conditions]) -> set[str]:
    """The certifications that a queue ever asked for, and all that they were ever built on."""
    found = {slug for demand in demands for slug in demand.requirements.certifications}
    below = found
    while below:
        below = {slug for entry in conditions if entry.certification in below for slug in entry.prerequisites} - found
        found |= below
    return found
