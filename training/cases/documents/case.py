"""A historical case with its reference, as the training team writes it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializeAsAny, ValidationInfo, field_validator, model_validator

from training.cases.documents.content import CONTENTS, Content, RecordedContent, Recording, TicketContent
from training.cases.documents.evidence import Evidence
from training.cases.documents.tickets import BesidesDocument, left_out
from training.cases.documents.words import ClauseCode, LabelCode, Line, MarketCode, Rationale, Slug, Strict
from training.cases.rules import (
    PROCEDURAL_LABEL,
    Action,
    Ask,
    Difficulty,
    EscalationTarget,
    Mark,
    Outcome,
    Pool,
    Severity,
    Surface,
    TextPiece,
    is_grey,
    text_pieces,
)
from training.documents import FieldFaults, FieldPath

ActionSet = Annotated[list[Action], Field(min_length=1)]


class PartialCredit(Strict):
    """A decision that is not accepted, and what it is worth all the same."""

    actions: ActionSet
    credit: Annotated[float, Field(gt=0, lt=1)]


class ReferenceDocument(Strict):
    """The expert label of a case."""

    decisions: Annotated[list[ActionSet], Field(min_length=1)]
    labels: Annotated[list[LabelCode], Field(min_length=1)]
    severity: Severity | None
    escalate_to: EscalationTarget | None = None
    must_escalate: bool = False
    evidence: list[Evidence] = Field(default_factory=list)
    clauses: Annotated[list[ClauseCode], Field(min_length=1)]
    rationale: Rationale
    partial_credits: list[PartialCredit] = Field(default_factory=list)
    besides: Annotated[BesidesDocument | None, Field(exclude_if=left_out)] = None
    """What the expert says where a ticket asks for more than a decision."""

    @property
    def is_innocent(self) -> bool:
        """Whether nothing is wrong with this case."""
        return self.labels[0] == Outcome.NO_VIOLATION

    @field_validator("decisions")
    @classmethod
    def _sets_make_sense(cls, decisions: list[list[Action]]) -> list[list[Action]]:
        for actions in decisions:
            if len(set(actions)) != len(actions):
                raise ValueError(f"{' + '.join(actions)} names an action twice; name each once")
            if Action.APPROVE in actions and len(actions) > 1:
                raise ValueError(f"{' + '.join(actions)} both approves and acts; a set that approves holds APPROVE alone")
        if len({frozenset(actions) for actions in decisions}) != len(decisions):
            raise ValueError("the same set of actions is accepted twice; name it once")
        return decisions

    @field_validator("labels", "clauses")
    @classmethod
    def _named_once(cls, codes: list[str]) -> list[str]:
        if len(set(codes)) != len(codes):
            raise ValueError("names a code twice; name each once")
        return codes

    @model_validator(mode="after")
    def _escalation_agrees(self) -> Self:
        if self.escalate_to is None and self.must_escalate:
            raise ValueError("must_escalate needs escalate_to: say to whom")
        if self.escalate_to is None and any(Action.ESCALATE in actions for actions in self.decisions):
            raise ValueError("a decision holds ESCALATE, so escalate_to must say to whom")
        return self

    @model_validator(mode="after")
    def _innocence_agrees(self) -> Self:
        if self.is_innocent:
            if self.decisions != [[Action.APPROVE]] or len(self.labels) > 1 or self.severity is not Severity.S0 or self.evidence or self.escalate_to:
                raise ValueError("OUT-00 means nothing is wrong: decisions [[APPROVE]], no other label, severity S0, no evidence, no escalation")
        elif Outcome.NO_VIOLATION in self.labels:
            raise ValueError("OUT-00 stands beside a violation; leave one of them out")
        elif not self.labels[0].startswith("OUT-") and self.severity in (None, Severity.S0):
            raise ValueError("a violation has a severity of S1 to S4")
        return self


class CaseDocument(Strict):
    """One file of `cases/`. `content` has the fields of the case's surface."""

    id: Slug
    surface: Surface
    language: Literal["en", "id"]
    market: MarketCode
    pool: Pool
    family: Slug
    contrast: Slug | None = None
    difficulty: Difficulty
    editorial: Annotated[Line | None, Field(exclude_if=lambda said: said is None)] = None
    """What was corrected since the version before, where neither the right decision nor what it measures changed: its statistics go on counting."""
    content: SerializeAsAny[Content]
    reference: ReferenceDocument

    @field_validator("content", mode="before")
    @classmethod
    def _content_of_the_surface(cls, value: object, info: ValidationInfo) -> Content:
        surface = info.data.get("surface")
        if surface is None:
            raise ValueError("cannot be read before the surface is right")
        return CONTENTS[surface].model_validate(value)

    @property
    def shown(self) -> dict[str, Any]:
        """The content as stored and displayed, without pictures and recording: those are stored apart."""
        return self.content.model_dump(mode="json", by_alias=True, exclude={"images", "recording"}, exclude_none=True)

    @property
    def recording(self) -> Recording | None:
        """The recording it shows, if any."""
        return self.content.recording if isinstance(self.content, RecordedContent) else None

    @property
    def pieces(self) -> tuple[TextPiece, ...]:
        """Every text of the content, with the path that evidence addresses it by."""
        return text_pieces(self.surface, self.shown)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The evidence, found in the content."""
        found = (evidence.mark(self.pieces) for evidence in self.reference.evidence)
        return tuple(mark for mark in found if mark is not None)

    @property
    def media_files(self) -> tuple[str, ...]:
        """The pictures this case shows, then its recording, as paths below `cases/`."""
        return (*(picture.file for picture in self.content.images), *((self.recording.file,) if self.recording else ()))

    @model_validator(mode="after")
    def _evidence_is_found(self) -> Self:
        pieces, picture_count, is_recorded = self.pieces, len(self.content.images), self.recording is not None
        faults: list[tuple[FieldPath, str]] = [
            (("reference", "evidence", position, *path), problem)
            for position, evidence in enumerate(self.reference.evidence)
            for path, problem in evidence.faults(pieces, picture_count=picture_count, is_recorded=is_recorded)
        ]
        if faults:
            raise FieldFaults(faults)
        return self

    @model_validator(mode="after")
    def _pool_fits(self) -> Self:
        if self.contrast == self.id:
            raise FieldFaults([(("contrast",), "contrast names the case itself; name its near-miss")])
        if self.pool is Pool.EXAM and (is_grey(self.reference.decisions) or self.reference.partial_credits):
            problem = "decisions differ on acting at all, or give partial credit: such a case is practised, never examined; move it to the practice pool"
            raise FieldFaults([(("pool",), problem)])
        return self

    @model_validator(mode="after")
    def _what_is_asked_is_said(self) -> Self:
        asks = frozenset(self.content.asks) if isinstance(self.content, TicketContent) else frozenset()
        besides = self.reference.besides or BesidesDocument()
        if asks and self.pool is Pool.EXAM:
            raise FieldFaults([(("content", "asks"), "what is asked beside the decision is not scored, and no exam asks for it; leave it out")])
        if besides.said - asks or asks - besides.said - {Ask.RISK}:
            wanted = ", ".join(sorted(asks)) or "nothing"
            raise FieldFaults([(("reference", "besides"), f"the content asks for {wanted}; `besides` says that, a risk where there is one, and nothing else")])
        if besides.macro is not None and besides.macro not in {macro["name"] for macro in self.shown.get("macros", ())}:
            raise FieldFaults([(("reference", "besides", "macro"), f"`{besides.macro}` is no macro of this content; name one of `macros`")])
        return self

    @model_validator(mode="after")
    def _stays_procedural(self) -> Self:
        reference = self.reference
        cites = any(clause.startswith(f"{PROCEDURAL_LABEL}.") for clause in reference.clauses)
        concerns_minors = PROCEDURAL_LABEL in reference.labels or cites or reference.escalate_to is EscalationTarget.CSAM
        if concerns_minors and (self.surface is not Surface.TICKET or self.content.images):
            problem = f"{PROCEDURAL_LABEL} is procedure only; make it a ticket without pictures that says what happened and asks what to do"
            raise FieldFaults([(("surface",), problem)])
        return self


def fingerprint_parts(document: CaseDocument, media: Mapping[str, str]) -> dict[str, Any]:
    """What makes a version of the content: its texts, and each picture and the recording by its hash and its words."""
    parts: dict[str, Any] = {
        "surface": document.surface.value,
        "content": document.shown,
        "images": [{"sha256": media[picture.file], "alt": picture.alt} for picture in document.content.images],
    }
    if document.recording is not None:
        parts["recording"] = {"sha256": media[document.recording.file], "alt": document.recording.alt}
    return parts
