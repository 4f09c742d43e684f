"""The documents of this room, as the content folder writes them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, field_validator, model_validator

from training.cases.rules import Difficulty, Severity
from training.documents import AreaCode, ClauseCode, Document, FieldFaults, FieldPath, LanguageCode, Line, Part, Prose, SemverText, Slug
from training.exams.rules.blueprint import Blueprint, Cell, Condition, DecisionClass, ItemKind, ItemState, PassRule, RetakeRule, words_of
from training.exams.rules.grading import Result
from training.exams.rules.power import Chance
from training.exams.rules.responses import ChoiceKey

Percent = Annotated[int, Field(ge=0, le=100)]


class OptionDocument(Part):
    """One option of a choice item."""

    id: Literal["a", "b", "c", "d", "e", "f"]
    text: Prose
    correct: bool = False
    critical: bool = False
    """Choosing it is a critical miss."""


OWN_FIELDS = ("language", "area", "severity", "decision_class", "difficulty", "family", "clauses", "stem", "options", "rationale")
"""What a choice item says itself, and a case item takes from its case."""


class ItemDocument(Document):
    """An exam item: a choice with its own text and key, or the labelling of a case of the exam pool, which brings both."""

    id: Slug
    kind: ItemKind
    state: ItemState
    public: bool = False
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
    rationale: Prose | None = None

    @field_validator("options")
    @classmethod
    def lettered_in_order(cls, options: tuple[OptionDocument, ...]) -> tuple[OptionDocument, ...]:
        """Options are a, b, c, … without a gap, and differ."""
        if [option.id for option in options] != list("abcdef")[: len(options)]:
            raise ValueError("ids are out of order; name the options a, b, c, … in this order")
        if len({option.text for option in options}) != len(options):
            raise ValueError("two options say the same; write another, or leave one out")
        return options

    @model_validator(mode="after")
    def has_what_its_kind_needs(self) -> "ItemDocument":
        """A case item says nothing but its case; a choice item says everything else."""
        given = [name for name in OWN_FIELDS if getattr(self, name) not in (None, ())]
        faults = list(self._case_faults(given) if self.kind is ItemKind.CASE else self._choice_faults(given))
        if faults:
            raise FieldFaults([((name,), message) for name, message in faults])
        return self

    def _case_faults(self, given: list[str]) -> Iterator[tuple[str, str]]:
        if self.case is None:
            yield "case", "`case` is missing; name the case of the exam pool that is labelled"
        for name in given:
            yield name, f"`{name}` belongs to the case; leave it out of a case item"

    def _choice_faults(self, given: list[str]) -> Iterator[tuple[str, str]]:
        if self.case is not None:
            yield "case", "`case` belongs to case items only; leave it out, or set `kind: case`"
        missing = [name for name in OWN_FIELDS if name not in given]
        for name in missing:
            yield name, f"`{name}` is missing; add it"
        if not missing:
            yield from self._key_faults()

    def _key_faults(self) -> Iterator[tuple[str, str]]:
        correct = sum(option.correct for option in self.options)
        if len(self.options) < 3:
            yield "options", "too few; write 3 to 6 options"
        if self.kind is ItemKind.SINGLE and correct != 1:
            yield "options", "a single choice has exactly one with `correct: true`"
        if self.kind is ItemKind.MULTIPLE and not 1 <= correct < len(self.options):
            yield "options", "a multiple choice has at least one with `correct: true` and at least one without"
        if any(option.correct and option.critical for option in self.options):
            yield "options", "one is both correct and critical; leave one of the two out"
        if self.severity is not Severity.S4 and any(option.critical for option in self.options):
            yield "options", "`critical` belongs to items of severity S4 only; leave it out"
        if self.decision_class is DecisionClass.INNOCENT and self.severity is not Severity.S0:
            yield "severity", "`severity` of an innocent item is S0, for nothing is wrong in it; write S0"

    @property
    def key(self) -> ChoiceKey:
        """Which options are right and which are critical misses."""
        return ChoiceKey(frozenset(option.id for option in self.options if option.correct), frozenset(option.id for option in self.options if option.critical))


class CellDocument(Part):
    """A quota: conditions, and how many items of the form meet all of them."""

    area: AreaCode | None = None
    severity: Severity | None = None
    decision_class: DecisionClass | None = None
    difficulty: Difficulty | None = None
    language: LanguageCode | None = None
    kind: ItemKind | None = None
    minimum: Annotated[int, Field(ge=0, le=500)]
    maximum: Annotated[int, Field(ge=0, le=500)]

    @model_validator(mode="after")
    def asks_for_something(self) -> "CellDocument":
        """A quota has a condition and a range."""
        if not self.cell.conditions:
            raise ValueError(f"a cell needs at least one condition: {', '.join(Condition)}")
        if self.minimum > self.maximum:
            raise ValueError(f"`minimum` {self.minimum} is above `maximum` {self.maximum}")
        return self

    @property
    def cell(self) -> Cell:
        """The quota as a plain value."""
        pairs = tuple((condition, str(getattr(self, condition.value))) for condition in Condition if getattr(self, condition.value) is not None)
        return Cell(pairs, self.minimum, self.maximum)


class PassRuleDocument(Part):
    """What a result must reach."""

    weighted_percent: Percent
    area_percent: Percent = 80
    area_minimum_items: Annotated[int, Field(ge=1, le=100)] = 5
    innocent_percent: Percent = 80
    critical_misses_allowed: Annotated[int, Field(ge=0, le=20)] = 0


class RetakesDocument(Part):
    """How soon and how often somebody may try again."""

    cooldown_hours: Annotated[tuple[Annotated[int, Field(ge=0, le=8760)], ...], Field(min_length=1, max_length=10)] = (24, 72, 168)
    attempts: Annotated[int, Field(ge=1, le=100)] = 3
    per_days: Annotated[int, Field(ge=1, le=365)] = 30


class ExamDocument(Document):
    """An exam: what its forms are made of, how long it lasts, what passes, and when it may be tried again."""

    id: Slug
    title: Line
    version: SemverText
    certification: Slug
    gating: bool = True
    item_count: Annotated[int, Field(ge=1, le=300)]
    time_limit_minutes: Annotated[int, Field(ge=1, le=600)]
    cells: Annotated[tuple[CellDocument, ...], Field(min_length=1, max_length=60)]
    enemies: Annotated[tuple[Annotated[tuple[Slug, ...], Field(min_length=2, max_length=50)], ...], Field(max_length=200)] = ()
    pass_rule: PassRuleDocument
    retakes: RetakesDocument = RetakesDocument()

    @field_validator("id")
    @classmethod
    def leaves_the_desk_its_address(cls, slug: str) -> str:
        """An exam of this name would have no page: the trainers' desk is there."""
        if slug == "desk":
            raise ValueError("`desk` is the address of the exam desk; give the exam another id")
        return slug

    @model_validator(mode="after")
    def quotas_are_possible_on_paper(self) -> "ExamDocument":
        """No quota twice, none above the form's length."""
        first: dict[str, int] = {}
        faults: list[tuple[FieldPath, str]] = []
        for position, cell in enumerate(self.cells):
            words = words_of(cell.cell.conditions)
            if first.setdefault(words, position) != position:
                faults.append((("cells", position), f"two cells ask for the same: {words}; keep one of them"))
            if cell.minimum > self.item_count:
                faults.append((("cells", position, "minimum"), f"the cell {words} asks for more items than the form has; it has {self.item_count}"))
        if faults:
            raise FieldFaults(faults)
        return self

    @property
    def blueprint(self) -> Blueprint:
        """What its forms are made of."""
        return Blueprint(self.item_count, tuple(cell.cell for cell in self.cells), tuple(frozenset(group) for group in self.enemies))

    @property
    def rule(self) -> PassRule:
        """What passes."""
        return PassRule(**self.pass_rule.model_dump())

    @property
    def retake_rule(self) -> RetakeRule:
        """When it may be tried again."""
        return RetakeRule(self.retakes.cooldown_hours, self.retakes.attempts, self.retakes.per_days)

    @property
    def limit_seconds(self) -> int:
        """The time limit without accommodations."""
        return self.time_limit_minutes * 60


RESULT = TypeAdapter(Result)
"""Reads and writes the result of a score run."""

POWER = TypeAdapter(tuple[Chance, ...])
"""Reads and writes the figures of the power meter."""
