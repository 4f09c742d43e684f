"""What a person is told after an answer. It holds the key: only for servings that are answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from training.cases.models import CaseReference
from training.cases.queries import PracticeCase, case_for_display, reference
from training.cases.rendering import PARTIES, DisplayedCase, Segment, name_of
from training.cases.rules import Action, Ask
from training.courses.queries import QuotedClause, clauses_as_of
from training.judgements.documents import besides_of, parse_answer
from training.judgements.models import Judgement
from training.judgements.queries import first_answers_of_others, judgement_in_force, reference_value
from training.judgements.rules import CaseAnswer, Reference
from training.practice.models import Serving
from training.practice.queries.consents import withheld_from
from training.practice.queries.servings import latest_answered_serving, near_miss_of
from training.practice.rules import MOST_COLLEAGUES, Colleagues, GivenByOther, colleagues_of, sensitivity_of


def in_order(actions: Collection[Action]) -> tuple[Action, ...]:
    """A decision in the order of the vocabulary."""
    return tuple(action for action in Action if action in actions)


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that a case asked for beside the decision; nothing where somebody left it blank."""

    ask: Ask
    own: str | None
    expert: str | None


def _said(ask: Ask, answer: CaseAnswer) -> str | None:
    """This part of what was said, in words."""
    if ask is Ask.RISK:
        report = answer.risk
        return f"{PARTIES[report.who]}: {report.what} ({name_of(report.certainty).lower()})" if report else None
    if ask is Ask.INTENT:
        return name_of(answer.intent) if answer.intent else None
    return answer.macro if ask is Ask.MACRO else answer.reply


@dataclass(frozen=True, slots=True)
class AnsweredCase:
    """One answer beside the expert's, and why the expert's is right."""

    serving: Serving
    judgement: Judgement
    answer: CaseAnswer
    reference: Reference
    rationale: str
    displayed: DisplayedCase
    """The case with both sides' evidence marked."""
    expert_besides: CaseAnswer
    """What the expert said where the case asks for more than a decision."""

    @property
    def besides(self) -> tuple[Beside, ...]:
        """What the case asked for beside the decision, as the person and as the expert said it."""
        return tuple(Beside(ask, _said(ask, self.answer), _said(ask, self.expert_besides)) for ask in Ask if ask in self.displayed.asks)

    @property
    def is_over_time(self) -> bool:
        """Whether the answer took longer than its surface's target."""
        return (self.judgement.seconds or 0) > self.displayed.time_target_seconds

    @property
    def passages(self) -> tuple[Segment, ...]:
        """What anybody marked, in the order of the case, each passage wholly marked by the same."""
        return self.displayed.passages

    @property
    def accepted(self) -> tuple[tuple[Action, ...], ...]:
        """The accepted decisions, the preferred one first, each in the order of the vocabulary."""
        return tuple(in_order(decision) for decision in self.reference.decisions)

    @property
    def decided(self) -> tuple[Action, ...]:
        """The person's own decision, in the order of the vocabulary."""
        return in_order(self.answer.actions)

    @property
    def severity_steps(self) -> int:
        """By how many steps the answer is more severe than the expert; 0 where either says none."""
        given, right = self.answer.severity, self.reference.severity
        return given.level - right.level if given and right else 0


@dataclass(frozen=True, slots=True)
class Feedback:
    """An answered case, the rules that decide it, and what lies near it."""

    case: AnsweredCase
    clauses: list[QuotedClause]
    """The deciding clause first, all as they stood when the expert judged by them."""
    near_miss: AnsweredCase | None
    """The look-alike that is decided the other way, where this person answered it too."""
    is_near_miss_waiting: bool
    """Whether there is one that they have not answered: of that nothing is told."""
    colleagues: Colleagues | None
    """How others answered the same when it was new to them; nothing where they are too few."""


def feedback_on(serving: Serving, *, at: datetime) -> Feedback:
    """What there is to say at an instant on this answered serving, by the reference that it counts by now. Raises LookupError where it was not answered."""
    judgement, row = _judged(serving)
    other = _shown_near_miss(serving, at=at)
    answered = latest_answered_serving(serving.person_id, other.case_id) if other else None
    return Feedback(
        case=_answered_case(serving, judgement, row),
        clauses=clauses_as_of(row.clauses, at=row.recorded_at),
        near_miss=_answered_case(answered, *_judged(answered)) if answered else None,
        is_near_miss_waiting=other is not None and answered is None,
        colleagues=_colleagues(serving),
    )


def _shown_near_miss(serving: Serving, *, at: datetime) -> PracticeCase | None:
    """The case's near-miss, unless it is of a kind that the person is not to be shown."""
    case = near_miss_of(serving.case_id)
    kind = sensitivity_of(case.concept) if case else None
    return None if kind is not None and kind in withheld_from(serving.person_id, at=at) else case


def _colleagues(serving: Serving) -> Colleagues | None:
    given = first_answers_of_others(serving.case_version_id, but_of=serving.person_id, size=MOST_COLLEAGUES)
    answers = [parse_answer(answer) for answer in given]
    return colleagues_of([GivenByOther(in_order(answer.actions), next(iter(answer.labels), None)) for answer in answers])


def _judged(serving: Serving) -> tuple[Judgement, CaseReference]:
    """The judgement that counts of this serving, and the reference that it was scored by."""
    judgement = judgement_in_force(serving.judgement_id) if serving.judgement_id is not None else None
    row = reference(judgement.reference_id) if judgement is not None else None
    if judgement is None or row is None:
        raise LookupError(serving.id)
    return judgement, row


def _answered_case(serving: Serving, judgement: Judgement, row: CaseReference) -> AnsweredCase:
    answer, value = parse_answer(judgement.answer, seconds=judgement.seconds), reference_value(row.id)
    return AnsweredCase(
        serving=serving,
        judgement=judgement,
        answer=answer,
        reference=value,
        rationale=row.rationale,
        displayed=case_for_display(serving.case_version_id).marked(own=answer.evidence, expert=value.evidence),
        expert_besides=besides_of(row.besides),
    )
