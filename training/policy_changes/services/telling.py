"""A plan's changes in a few lines, for the shell."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from training.certification.rules import DeltaKind
from training.courses.rules.clause_changes import ClauseMark
from training.policy_changes import queries
from training.policy_changes.rules.changes import PolicyChange


def lines_of(changes: Sequence[PolicyChange], *, rekeyed: Collection[str], now: datetime) -> Iterator[str]:
    """What each change asks, of how many people and by when, and what all of them touch."""
    for change in changes:
        marks = [f"{count} {mark}" for mark in ClauseMark if (count := sum(clause.mark is mark for clause in change.clauses))]
        clauses = "clause" if len(change.clauses) == 1 else "clauses"
        yield f"{change.module} {change.old} to {change.new} ({change.step}): {', '.join(marks) or 'no'} {clauses}."
        yield from _asked(change, now)
    if any(change.asks_something for change in changes):
        yield from _touched(queries.touched_by(changes, rekeyed=rekeyed, now=now))


def _asked(change: PolicyChange, now: datetime) -> Iterator[str]:
    due = queries.who_learns(change, now=now)
    for kind, words in ((DeltaKind.READING, "read what changed"), (DeltaKind.EXAM, "sit a delta exam")):
        if people := due.get(kind):
            earlier = sum(due_at < change.due_at(now) for due_at in people.values())
            by = f"{change.due_at(now):%Y-%m-%d %H:%M} UTC"
            yield f"  {_counted(len(people), 'person', 'people')} to {words} by {by}, {earlier} of them earlier because their certificate ends."


def _touched(found: queries.Touched) -> Iterator[str]:
    items = [each for each in found.citing if each.is_item]
    cases = [each for each in found.citing if not each.is_item]
    yield f"  {_counted(len(cases), 'case cites', 'cases cite')} what changed, {sum(each.is_held for each in cases)} of them held until somebody looks."
    yield f"  {_counted(len(items), 'item cites', 'items cite')} it, {sum(each.is_held for each in items)} of them held."
    yield f"  {_counted(found.ending_count, 'certificate ends', 'certificates end')} before the last date."
    named = (
        ("certifications", [each.slug for each in found.certifications]),
        ("queues", [each.slug for each in found.queues]),
        ("exams", [each.id for each in found.exams]),
        ("courses", [title for title, _ in found.courses]),
    )
    for what, names in named:
        yield f"  {what}: {', '.join(names) or 'none'}"


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
