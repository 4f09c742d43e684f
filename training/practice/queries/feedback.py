"""What a person is told after an answer. It holds the key: only for servings that are answered."""

from dataclasses import dataclass

from training.cases.queries import case_for_display, reference
from training.cases.rendering import DisplayedCase
from training.cases.rules import Action, Span
from training.courses.queries import CurrentClause, clauses_by_codes
from training.db import db
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.judgements.queries import reference_value
from training.judgements.rules import CaseAnswer, Reference
from training.practice.models import Serving
from training.practice.queries.servings import latest_answered_serving, near_miss_of


@dataclass(frozen=True, slots=True)
class NearMiss:
    """That the case has a look-alike decided the other way; where the person answered it, which serving that was."""

    answered_serving_id: int | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer beside the expert's, and why the expert's is right."""

    serving: Serving
    judgement: Judgement
    answer: CaseAnswer
    reference: Reference
    rationale: str
    displayed: DisplayedCase
    """The case with both sides' evidence marked."""
    clauses: tuple[CurrentClause, ...]
    """The deciding clause first; those the handbook no longer has are left out."""
    near_miss: NearMiss | None

    @property
    def is_over_time(self) -> bool:
        """Whether the answer took longer than its surface's target."""
        return (self.judgement.seconds or 0) > self.displayed.time_target_seconds

    @property
    def own_quotes(self) -> tuple[str, ...]:
        """The words the person marked."""
        return self._quotes(self.answer.evidence)

    @property
    def expert_quotes(self) -> tuple[str, ...]:
        """The words the expert marked."""
        return self._quotes(self.reference.evidence)

    @property
    def accepted(self) -> tuple[tuple[Action, ...], ...]:
        """The accepted decisions, the preferred one first, each in the order of the vocabulary."""
        return tuple(tuple(action for action in Action if action in decision) for decision in self.reference.decisions)

    @property
    def decided(self) -> tuple[Action, ...]:
        """The person's own decision, in the order of the vocabulary."""
        return tuple(action for action in Action if action in self.answer.actions)

    def _quotes(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        texts = {piece.path: piece.text for piece in self.displayed.pieces}
        return tuple(texts.get(span.field, "")[int(span.start) : int(span.end)] for span in spans)


def feedback_on(serving: Serving) -> Feedback:
    """What there is to say on this answered serving. Raises LookupError where it was not answered."""
    judgement = db.session.get(Judgement, serving.judgement_id) if serving.judgement_id is not None else None
    row = reference(serving.reference_id)
    if judgement is None or row is None:
        raise LookupError(serving.id)
    answer, value = parse_answer(judgement.answer, seconds=judgement.seconds), reference_value(serving.reference_id)
    clauses = clauses_by_codes(row.clauses)
    return Feedback(
        serving=serving,
        judgement=judgement,
        answer=answer,
        reference=value,
        rationale=row.rationale,
        displayed=case_for_display(serving.case_version_id).marked(own=answer.evidence, expert=value.evidence),
        clauses=tuple(clauses[code] for code in row.clauses if code in clauses),
        near_miss=_near_miss(serving),
    )


def _near_miss(serving: Serving) -> NearMiss | None:
    case = near_miss_of(serving.case_id)
    if case is None:
        return None
    answered = latest_answered_serving(serving.person_id, case.case_id)
    return NearMiss(answered.id if answered else None)
