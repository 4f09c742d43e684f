"""Exams, as the content folder writes them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, TypeAdapter, field_validator, model_validator

from training.cases.rules import Difficulty, Severity
from training.courses.rules.versions import Version
from training.documents import AreaCode, Document, FieldFaults, FieldPath, LanguageCode, Line, Part, SemverText, Slug
from training.exams.rules.blueprint import RIGHT_OR_WRONG_KINDS, Blueprint, Cell, Condition, DecisionClass, ItemKind, PassRule, RetakeRule, words_of
from training.exams.rules.grading import Result
from training.exams.rules.kinds_asked import EARNED_BY_DEGREES, kinds_asked
from training.exams.rules.power import Chance
from training.exams.rules.sequential.decision import Plan
from training.exams.rules.sequential.tries import share_of
from training.exams.rules.windows import Window

Percent = Annotated[int, Field(ge=0, le=100)]
ItemCount = Annotated[int, Field(ge=1, le=300)]
Minutes = Annotated[int, Field(ge=1, le=600)]


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
    remedial: Annotated[int, Field(ge=0, le=100)] = 0
    """How many cases of the weak areas have to be practised between a failed attempt and the next."""


class SequentialDocument(Part):
    """How renewals are decided one item after another: whom to tell from whom, with which chances of error (MEASUREMENT.md, section 5)."""

    p0: Annotated[float, Field(ge=0.5, lt=1)] = 0.80
    """The true accuracy that must not pass."""
    p1: Annotated[float, Field(gt=0.5, lt=1)] = 0.92
    """The true accuracy that should."""
    alpha: Annotated[float, Field(ge=0.001, le=0.2)] = 0.05
    """The chance of a false pass that a term may have, all tries together."""
    beta: Annotated[float, Field(ge=0.01, le=0.5)] = 0.10
    cap: Annotated[int, Field(ge=30, le=300)] = 207
    block_item_count: Annotated[int, Field(ge=1, le=100)] = 10

    @model_validator(mode="after")
    def can_tell(self) -> "SequentialDocument":
        """The two accuracies differ, and the cap lets somebody pass."""
        if self.p1 <= self.p0:
            raise ValueError(f"`p1` {self.p1} is not above `p0` {self.p0}; nobody could be told from anybody")
        if self.plan.earliest_pass is None:
            raise ValueError(f"nobody could pass within `cap` {self.cap}; raise it, or lower `block_item_count`")
        return self

    @property
    def plan(self) -> Plan:
        """One try by this document, with its share of the chance of a false pass."""
        return Plan(self.p0, self.p1, share_of(self.alpha), self.beta, self.cap, self.block_item_count).capped(self.cap)


class WindowDocument(Part):
    """When an exam may be started; whoever has started keeps their whole time."""

    opens_at: AwareDatetime
    closes_at: AwareDatetime

    @model_validator(mode="after")
    def opens_before_it_closes(self) -> "WindowDocument":
        """A window has a length."""
        if self.closes_at <= self.opens_at:
            raise ValueError("`closes_at` is not after `opens_at`; swap them, or move one")
        return self


class DeltaDocument(Part):
    """What a change of policy touched: whoever holds the certificate shows by the exam that they know it."""

    areas: Annotated[tuple[AreaCode, ...], Field(min_length=1, max_length=20)]

    @field_validator("areas")
    @classmethod
    def each_once(cls, areas: tuple[str, ...]) -> tuple[str, ...]:
        """No area is named twice."""
        if len(set(areas)) != len(areas):
            raise ValueError("an area is named twice; name each once")
        return areas


class ExamDocument(Document):
    """An exam: what its forms are made of, how long it lasts, what passes, and when it may be tried again."""

    id: Slug
    title: Line
    version: SemverText
    certification: Slug
    gating: bool = True
    item_count: ItemCount
    pilot_items: Annotated[int, Field(ge=0, le=30, exclude_if=lambda count: not count)] = 0
    """Up to how many items on trial are shown on top of `item_count`; they do not count."""
    time_limit_minutes: Minutes
    cells: Annotated[tuple[CellDocument, ...], Field(min_length=1, max_length=60)]
    enemies: Annotated[tuple[Annotated[tuple[Slug, ...], Field(min_length=2, max_length=50)], ...], Field(max_length=200)] = ()
    pass_rule: PassRuleDocument
    retakes: RetakesDocument = RetakesDocument()
    sequential: SequentialDocument | None = None
    """Where it is there, renewals are sequential; everybody else sits the fixed form. A delta has one, as it stands where its document says none."""
    delta: Annotated[DeltaDocument | None, Field(exclude_if=lambda delta: delta is None)] = None
    """Where it is there, the exam is about these areas alone, for those who hold the certificate, and earns no term."""
    window: Annotated[WindowDocument | None, Field(exclude_if=lambda window: window is None)] = None
    """Where it is there, the exam may be started within it only, and forms are drawn before it opens."""

    @model_validator(mode="before")
    @classmethod
    def asks_one_after_another(cls, values: Any) -> Any:
        """A delta is sequential wherever the bank allows."""
        if isinstance(values, Mapping) and values.get("delta") is not None and values.get("sequential") is None:
            return {**values, "sequential": {}}
        return values

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
            if self.gating and cell.kind is not None and cell.kind not in RIGHT_OR_WRONG_KINDS and cell.maximum:
                faults.append((("cells", position, "kind"), f"an exam that gates holds no {cell.kind}; move it to an exam with `gating: false`"))
        if self.sequential is not None and not self.gating:
            faults.append((("sequential",), "only an exam that gates renews anything; leave `sequential` out, or set `gating: true`"))
        if self.sequential is not None and self.sequential.block_item_count > self.item_count:
            faults.append((("sequential", "block_item_count"), f"a block is larger than the form, which has {self.item_count}; lower it"))
        faults += self._delta_faults()
        if faults:
            raise FieldFaults(faults)
        return self

    def _delta_faults(self) -> Iterator[tuple[FieldPath, str]]:
        """A delta decides about access, asks about every area that it names, and about no other."""
        if self.delta is None:
            return
        if not self.gating:
            yield ("gating",), "a delta decides who keeps access; write `gating: true`"
        for position, area in enumerate(self.delta.areas):
            if not any(cell.area == area and cell.minimum for cell in self.cells):
                yield ("delta", "areas", position), f"no cell asks for items of {area}; add one with a minimum, or leave the area out"
        for position, cell in enumerate(self.cells):
            if cell.area is not None and cell.area not in self.delta.areas:
                yield ("cells", position, "area"), f"{cell.area} is none of the areas of the delta; name it there, or leave the cell out"

    @property
    def number(self) -> Version:
        """Its version, to be compared."""
        return Version.parse(self.version)

    @property
    def areas(self) -> frozenset[str]:
        """The areas that its items are of; of all where there are none."""
        return frozenset(self.delta.areas) if self.delta else frozenset()

    @property
    def blueprint(self) -> Blueprint:
        """What its forms are made of."""
        return Blueprint(self.item_count, tuple(cell.cell for cell in self.cells), tuple(frozenset(group) for group in self.enemies), self.pilot_items)

    @property
    def kinds(self) -> frozenset[ItemKind]:
        """The kinds of items that its forms may hold."""
        found = kinds_asked(self.blueprint)
        return found & RIGHT_OR_WRONG_KINDS if self.gating else found

    @property
    def asks_for_decisions(self) -> bool:
        """Whether its forms may hold anything but replies and typing: with a severity, and about what is fine as well."""
        return bool(self.kinds - EARNED_BY_DEGREES)

    @property
    def has_chances(self) -> bool:
        """Whether a share of right answers says how likely somebody passes."""
        return not self.kinds & EARNED_BY_DEGREES

    @property
    def rule(self) -> PassRule:
        """What passes."""
        return PassRule(**self.pass_rule.model_dump())

    @property
    def retake_rule(self) -> RetakeRule:
        """When it may be tried again."""
        return RetakeRule(self.retakes.cooldown_hours, self.retakes.attempts, self.retakes.per_days)

    @property
    def announced_window(self) -> Window | None:
        """When it may be started, where that was announced."""
        return Window(self.window.opens_at, self.window.closes_at) if self.window else None

    @property
    def limit_seconds(self) -> int:
        """The time limit without accommodations."""
        return self.time_limit_minutes * 60

    def limit_seconds_of(self, item_count: int) -> int:
        """The time limit of a sitting of so many items, at the pace of the form."""
        return -(-self.limit_seconds * item_count // self.item_count)


RESULT = TypeAdapter(Result)
"""Reads and writes the result of a score run."""

POWER = TypeAdapter(tuple[Chance, ...])
"""Reads and writes the figures of the power meter."""
