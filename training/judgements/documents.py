"""An answer as it travels: JSON from a form, from an exam's autosave, or from the ledger."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from training.cases.documents import BesidesDocument, Marks, RiskDocument, mark_document, marks_said
from training.cases.rules import Action, EscalationTarget, Severity
from training.judgements.rules import CaseAnswer

LabelCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{2}$")]


class AnswerDocument(BesidesDocument):
    """An answer, whole or in part: whatever is missing was left blank."""

    actions: Annotated[list[Action], Field(max_length=len(Action))] = Field(default_factory=list)
    primary_label: LabelCode | None = None
    further_labels: Annotated[list[LabelCode], Field(max_length=20)] = Field(default_factory=list)
    severity: Severity | None = None
    escalate_to: EscalationTarget | None = None
    evidence: Marks = Field(default_factory=list)

    def answer(self, *, seconds: float | None = None) -> CaseAnswer:
        """The answer as a value that can be scored."""
        labels = [self.primary_label, *self.further_labels] if self.primary_label else []
        return CaseAnswer(
            actions=frozenset(self.actions),
            labels=tuple(dict.fromkeys(label for label in labels if label)),
            severity=self.severity,
            escalate_to=self.escalate_to,
            evidence=marks_said(self.evidence),
            seconds=seconds,
            intent=self.intent,
            macro=self.macro,
            reply=self.reply,
            risk=self.risk.report if self.risk else None,
        )


def parse_answer(values: Mapping[str, Any], *, seconds: float | None = None) -> CaseAnswer:
    """The answer that this JSON object says. Raises pydantic's ValidationError where it is not one."""
    return AnswerDocument.model_validate(values).answer(seconds=seconds)


def besides_of(written: Mapping[str, Any] | None) -> CaseAnswer:
    """What an expert said beside the decision, as an answer that says nothing else."""
    return parse_answer(written or {})


def answer_json(answer: CaseAnswer) -> dict[str, Any]:
    """The JSON object that says this answer; the order of actions is the vocabulary's."""
    document = AnswerDocument(
        actions=[action for action in Action if action in answer.actions],
        primary_label=answer.labels[0] if answer.labels else None,
        further_labels=list(answer.labels[1:]),
        severity=answer.severity,
        escalate_to=answer.escalate_to,
        evidence=[mark_document(mark) for mark in answer.evidence],
        intent=answer.intent,
        macro=answer.macro,
        reply=answer.reply,
        risk=RiskDocument(who=answer.risk.who, what=answer.risk.what, certainty=answer.risk.certainty) if answer.risk else None,
    )
    return document.model_dump(mode="json")
