"""Who is to learn a change, and by when."""

from collections.abc import Mapping
from datetime import datetime

from training.certification.queries import asked_for, holders
from training.certification.rules import DeltaKind
from training.courses.queries import readers_of
from training.policy_changes.queries.touched import certifications_citing
from training.policy_changes.rules.changes import PolicyChange, due_of


def who_learns(change: PolicyChange, *, now: datetime) -> Mapping[DeltaKind, Mapping[int, datetime]]:
    """By when each person is to learn a change that is published at `now`, by how they show it; whoever was asked already is left out.

    They are all who hold a certificate whose certification asks for the module, and all who ever acknowledged it.
    """
    if not change.asks_something:
        return {}
    touched, by_exam = certifications_citing(change.module), {exam.certification for exam in change.exams}
    ends = holders([each.id for each in touched], now=now)
    examined = holders([each.id for each in touched if each.slug in by_exam], now=now)
    asked, due_at = asked_for(change.module, change.new), change.due_at(now)
    people = {person_id: due_of(due_at, ends.get(person_id), now=now) for person_id in (ends.keys() | readers_of(change.module)) - asked}
    return {
        DeltaKind.EXAM: {person_id: due for person_id, due in people.items() if person_id in examined},
        DeltaKind.READING: {person_id: due for person_id, due in people.items() if person_id not in examined},
    }
