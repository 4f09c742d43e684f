"""An answer as it travels: JSON from a form, from an exam's autosave, or from the ledger."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from training.cases.documents import Marks, mark_document, marks_said
from training.cases.rules import Action, EscalationTarget, Severity
from training.judgements.rules import CaseAnswer

LabelCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{2}$")]


class AnswerDocument(BaseModel):
    """An answer, whole or in part: whatever is missing was left blank."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

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
        )


def parse_answer(values: Mapping[str, Any], *, seconds: float | None = None) -> CaseAnswer:
    """The answer that this JSON object says. Raises pydantic's ValidationError where it is not one."""
    return AnswerDocument.model_validate(values).answer(seconds=seconds)


def answer_json(answer: CaseAnswer) -> dict[str, Any]:
    """The JSON object that says this answer; the order of actions is the vocabulary's."""
    document = AnswerDocument(
        actions=[action for action in Action if action in answer.actions],
        primary_label=answer.labels[0] if answer.labels else None,
        further_labels=list(answer.labels[1:]),
        severity=answer.severity,
        escalate_to=answer.escalate_to,
        evidence=[mark_document(mark) for mark in answer.evidence],
    )
    return document.model_dump(mode="json")
