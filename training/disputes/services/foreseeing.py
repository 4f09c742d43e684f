"""What carrying out would change, before anything is changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from training.accounts.queries import person_names
from training.cases.queries import area_of_labels
from training.disputes import queries
from training.disputes.queries import Shown
from training.disputes.rules.amending import Amendment, amended_to, amendment
from training.disputes.rules.reviews import Outcome
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.judgements.queries import reference_value
from training.judgements.rules import Reference, score
from training.practice.queries import answers_scored_by

CHUNK = 500
"""People whose answers are read at once."""


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that would count differently."""

    person_id: int
    name: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class DryRun:
    """Everything that would change, and what the list is known by."""

    seen_count: int
    changes: tuple[Change, ...]
    digest: str

    @property
    def gained_count(self) -> int:
        """How many answers would be right that are not."""
        return sum(change.is_right for change in self.changes)

    @property
    def lost_count(self) -> int:
        """How many would be right no more."""
        return len(self.changes) - self.gained_count


def next_reference(shown: Shown, outcome: Outcome) -> Amendment:
    """What the reviews, or a panel, make of the reference."""
    reference, panel = reference_value(shown.reference.id), queries.panel_of(shown.dispute)
    if panel is not None:
        return amended_to(parse_answer(panel.answer), reference)
    reviews = queries.reviews_of(shown.dispute)
    answers = [parse_answer(review.answer) for review in reviews]
    return amendment(outcome, reference, queries.votes_of(shown.dispute, reviews), answers)


def foresee(shown: Shown, amended: Amendment) -> DryRun:
    """Who would change, if the reference did."""
    reference, areas = _as_reference(reference_value(shown.reference.id), amended), area_of_labels()
    found: list[tuple[Judgement, bool]] = []
    seen_count = after = 0
    while answers := answers_scored_by(shown.case.id, shown.reference.id, after_person_id=after, people=CHUNK):
        after, seen_count = answers[-1].person_id, seen_count + len(answers)
        scored = [(answer, score(parse_answer(answer.answer), reference, areas).strict) for answer in answers]
        found += [(answer, is_right) for answer, is_right in scored if answer.is_strict != is_right]
    names = person_names(answer.person_id for answer, _is_right in found)
    changes = tuple(Change(answer.person_id, names[answer.person_id], is_right) for answer, is_right in found)
    return DryRun(seen_count, changes, _digest(seen_count, found))


def _as_reference(reference: Reference, amended: Amendment) -> Reference:
    return replace(
        reference,
        decisions=amended.decisions,
        labels=amended.labels,
        severity=amended.severity,
        escalate_to=amended.escalate_to,
        must_escalate=amended.must_escalate,
        evidence=amended.evidence,
        credits=dict(amended.credits),
    )


def _digest(seen_count: int, found: Sequence[tuple[Judgement, bool]]) -> str:
    return sha256(repr((seen_count, [(answer.id, is_right) for answer, is_right in found])).encode()).hexdigest()
