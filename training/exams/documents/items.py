"""Exam items, as the content folder writes them."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator, model_validator

from training.cases.rules import Difficulty, Severity
from training.documents import AreaCode, ClauseCode, Document, FieldFaults, FieldPath, LanguageCode, Line, Prose, Slug
from training.exams.documents.kinds import AnswerDocument, EvidenceDocument, OptionDocument, ReplyDocument, TypingDocument
from training.exams.rules.blueprint import DecisionClass, ItemKind, ItemState, Scoring, is_right_or_wrong
from training.exams.rules.responses import ChoiceKey

ABOUT = ("language", "area", "severity", "decision_class", "difficulty", "family", "clauses", "stem", "rationale")
"""What every item but a case says about itself; a case item takes it from its case."""
ABOUT_TYPING = ("language", "difficulty", "family", "stem")
"""A typing test is about no area and no clause."""
PARTS = {
    ItemKind.SINGLE: "options",
    ItemKind.MULTIPLE: "options",
    ItemKind.EVIDENCE: "evidence",
    ItemKind.ORDERING: "steps",
    ItemKind.SHORT: "answer",
    ItemKind.REPLY: "reply",
    ItemKind.TYPING: "typing",
}
"""The field that holds what is asked and its key, by kind."""

Tag = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$")]
"""Up to 30 lower case letters, digits and hyphens."""

TYPING_AREA = "TYP"
"""What a typing test is counted under, where everything else is counted by areas of the taxonomy."""


class ItemDocument(Document):
    """An exam item: its own question and key, or the labelling of a case of the exam pool, which brings both."""

    id: Slug
    kind: ItemKind
    state: ItemState
    public: bool = False
    tags: Annotated[tuple[Tag, ...], Field(max_length=10, exclude_if=lambda tags: not tags)] = ()
    """What trainers find it by; they change nothing in what is asked."""
    case: Slug | None = None
    language: LanguageCode | None = None
    area: AreaCode | None = None
    severity: Severity | None = None
    decision_class: DecisionClass | None = None
    difficulty: Difficulty | None = None
    family: Slug | None = None
    clauses: Annotated[tuple[ClauseCode, ...], Field(max_length=10)] = ()
    stem: Prose | None = None
    options: Annotated[tuple[OptionDocument, ...], Field(max_length=6)] = ()
    scoring: Scoring | None = None
    """How a multiple response is marked; all or nothing where nothing is said."""
    evidence: EvidenceDocument | None = None
    steps: Annotated[tuple[Line, ...], Field(max_length=9)] | None = None
    """What has to be put in order, in the right order."""
    answer: AnswerDocument | None = None
    reply: ReplyDocument | None = None
    typing: TypingDocument | None = None
    rationale: Prose | None = None
    editorial: Annotated[Line | None, Field(exclude_if=lambda said: said is None)] = None
    """What was corrected since the version before, where right answers and what they measure stay the same: its statistics go on counting."""

    @field_validator("stem")
    @classmethod
    def shows_no_picture(cls, stem: str | None) -> str | None:
        """A picture has an address, and in an exam every address of a picture is that of one attempt."""
        if stem is not None and "![" in stem:
            raise ValueError("shows a picture, which no stem can; ask for `evidence` in it, or leave it out")
        return stem

    @field_validator("tags")
    @classmethod
    def tagged_once(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        """No tag is given twice."""
        if len(set(tags)) != len(tags):
            raise ValueError("a tag is given twice; give each once")
        return tags

    @field_validator("options")
    @classmethod
    def lettered_in_order(cls, options: tuple[OptionDocument, ...]) -> tuple[OptionDocument, ...]:
        """Options are a, b, c, … without a gap, and differ."""
        if [option.id for option in options] != list("abcdef")[: len(options)]:
            raise ValueError("ids are out of order; name the options a, b, c, … in this order")
        if len({option.text for option in options}) != len(options):
            raise ValueError("two options say the same; write another, or leave one out")
        return options

    @field_validator("steps")
    @classmethod
    def can_be_ordered(cls, steps: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """There are enough to be wrong about, and they differ."""
        if steps is not None and len(steps) < 3:
            raise ValueError("too few; write 3 to 9 steps in their right order")
        if steps is not None and len(set(steps)) != len(steps):
            raise ValueError("two steps say the same; write another, or leave one out")
        return steps

    @model_validator(mode="after")
    def has_what_its_kind_needs(self) -> "ItemDocument":
        """A case item says nothing but its case; every other says all about itself, and the part of its kind."""
        faults = list(self._case_faults() if self.kind is ItemKind.CASE else self._own_faults())
        if faults:
            raise FieldFaults(faults)
        return self

    def _said(self) -> list[str]:
        """The fields that are given, of those that some kind has and another has not."""
        names = (*ABOUT, "scoring", *sorted(set(PARTS.values())))
        return [name for name in names if getattr(self, name) not in (None, ())]

    def _case_faults(self) -> Iterator[tuple[FieldPath, str]]:
        if self.case is None:
            yield ("case",), "`case` is missing; name the case of the exam pool that is labelled"
        if self.editorial is not None:
            yield ("editorial",), "`editorial` belongs to the case; say there what was corrected"
        for name in self._said():
            yield (name,), f"`{name}` belongs to the case; leave it out of a case item"

    def _own_faults(self) -> Iterator[tuple[FieldPath, str]]:
        if self.case is not None:
            yield ("case",), "`case` belongs to case items only; leave it out, or set `kind: case`"
        said, part = self._said(), PARTS[self.kind]
        needed = (*(ABOUT_TYPING if self.kind is ItemKind.TYPING else ABOUT), part)
        missing = [name for name in needed if name not in said]
        for name in missing:
            yield (name,), f"`{name}` is missing; add it"
        for name in said:
            if name in {*PARTS.values()} - {part} or (name == "scoring" and self.kind is not ItemKind.MULTIPLE):
                yield (name,), f"`{name}` does not belong to an item of the kind {self.kind}; leave it out"
        if not missing:
            yield from self._key_faults()

    def _key_faults(self) -> Iterator[tuple[FieldPath, str]]:
        if PARTS[self.kind] == "options":
            yield from self._option_faults()
        if self.decision_class is DecisionClass.INNOCENT and self.severity is not Severity.S0:
            yield ("severity",), "`severity` of an innocent item is S0, for nothing is wrong in it; write S0"

    def _option_faults(self) -> Iterator[tuple[FieldPath, str]]:
        correct = sum(option.correct for option in self.options)
        if len(self.options) < 3:
            yield ("options",), "too few; write 3 to 6 options"
        if self.kind is ItemKind.SINGLE and correct != 1:
            yield ("options",), "a single choice has exactly one with `correct: true`"
        if self.kind is ItemKind.MULTIPLE and not 1 <= correct < len(self.options):
            yield ("options",), "a multiple choice has at least one with `correct: true` and at least one without"
        if any(option.correct and option.critical for option in self.options):
            yield ("options",), "one is both correct and critical; leave one of the two out"
        if self.severity is not Severity.S4 and any(option.critical for option in self.options):
            yield ("options",), "`critical` belongs to items of severity S4 only; leave it out"

    @property
    def key(self) -> ChoiceKey:
        """Which options are right and which are critical misses."""
        return ChoiceKey(frozenset(option.id for option in self.options if option.correct), frozenset(option.id for option in self.options if option.critical))

    @property
    def is_right_or_wrong(self) -> bool:
        """Whether a form that decides about access may hold it."""
        return is_right_or_wrong(self.kind, self.scoring)

    @property
    def media_files(self) -> tuple[str, ...]:
        """The files this item shows, as paths of the content folder."""
        return (f"exams/{self.evidence.file}",) if self.evidence and self.evidence.file else ()

    def said(self) -> dict[str, Any]:
        """What makes a version: everything but the name, the state, the tags, where it is shown and what was corrected."""
        return self.model_dump(mode="json", exclude={"id", "state", "public", "tags", "case", "editorial"}, exclude_none=True)
