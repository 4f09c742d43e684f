"""Who would change if attempts were graded anew: the list that is looked at before anything is done."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from training.certification import queries as certification
from training.exams.queries.regrading import Scope, names_of
from training.exams.rules.rulings import Effect, effect_of
from training.exams.services.regrading import Reading, Regraded, regraded_in


@dataclass(frozen=True, slots=True)
class Change:
    """What grading anew would do to one attempt."""

    person_id: int
    person_public_id: str
    name: str
    attempt: str
    exam_title: str
    share_before: float
    share_after: float
    was_passed: bool
    is_passed: bool
    effect: Effect


@dataclass(frozen=True, slots=True)
class DryRun:
    """Everybody whose result or certificate grading anew would change, those first whose pass is at stake."""

    seen_count: int
    changes: tuple[Change, ...]

    def count(self, effect: Effect) -> int:
        """How many it does this to."""
        return sum(change.effect is effect for change in self.changes)

    @property
    def digest(self) -> str:
        """The same for two lists that say the same: a ruling is made upon the list that somebody has seen."""
        told = json.dumps([asdict(change) for change in self.changes], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def foresee(scope: Scope, read: Reading, *, now: datetime) -> DryRun:
    """What grading the scope anew would change, without changing anything."""
    seen, changes = 0, list[Change]()
    for count, changed in regraded_in(scope, read):
        seen += count
        titles = {each.attempt.exam_version_id: read.exam(each.attempt.exam_version_id).document.title for each in changed}
        changes += _changes(changed, titles, now=now)
    order = list(Effect)
    return DryRun(seen, tuple(sorted(changes, key=lambda change: (order.index(change.effect), change.name, change.attempt))))


def _changes(changed: Sequence[Regraded], titles: Mapping[int, str], *, now: datetime) -> Iterable[Change]:
    names = names_of({each.attempt.person_id for each in changed})
    lost = [each.attempt for each in changed if each.attempt.is_passed and not each.is_passed]
    rested = certification.rested_on([(attempt.person_id, attempt.public_id) for attempt in lost], now=now)
    for each in changed:
        attempt = each.attempt
        name, person_public_id = names[attempt.person_id]
        yield Change(
            person_id=attempt.person_id,
            person_public_id=person_public_id,
            name=name,
            attempt=attempt.public_id,
            exam_title=titles[attempt.exam_version_id],
            share_before=attempt.earned_weight / attempt.total_weight if attempt.total_weight else 0.0,
            share_after=each.result.share,
            was_passed=attempt.is_passed,
            is_passed=each.is_passed,
            effect=effect_of(was_passed=attempt.is_passed, is_passed=each.is_passed, is_rested_on=attempt.public_id in rested),
        )
