"""What an exam asks for: kinds of items, quotas, the pass rule and the retake rule, as plain values."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from training.cases.rules import Difficulty


class ItemKind(StrEnum):
    """How an item is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    CASE = "case"
    EVIDENCE = "evidence"
    """A passage, a stretch of time or a region that shows why."""
    ORDERING = "ordering"
    SHORT = "short"
    """A number or a few words, typed."""
    REPLY = "reply"
    """A written answer to a ticket, judged by markers."""
    TYPING = "typing"


RIGHT_OR_WRONG_KINDS = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.CASE, ItemKind.EVIDENCE, ItemKind.ORDERING, ItemKind.SHORT})
"""What a form that decides about access may hold; of multiple responses only those marked all or nothing."""


class Scoring(StrEnum):
    """How a multiple response is marked."""

    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"
    """Right choices less wrong ones, as a share of what is right; never below nothing. Only where nothing depends on it alone."""


def is_right_or_wrong(kind: ItemKind, scoring: Scoring | None = None) -> bool:
    """Whether an item is either right or wrong: what a form that decides about access may hold."""
    return kind in RIGHT_OR_WRONG_KINDS and scoring is not Scoring.PARTIAL


class Criterion(StrEnum):
    """What a marker judges of a written reply, each for itself."""

    ACKNOWLEDGES = "acknowledges"
    """It takes up what the writer said and how they feel about it."""
    POLICY_FACT = "policy_fact"
    """What it says about the rules is right."""
    NEXT_STEP = "next_step"
    """It says what happens next, or what to do."""
    TONE = "tone"
    NO_PERSONAL_DATA = "no_personal_data"
    """It tells nothing about other people."""


class ItemState(StrEnum):
    """Where an item is in its life. Live items are drawn for places that count, pilot items for places that do not."""

    DRAFT = "draft"
    PILOT = "pilot"
    LIVE = "live"
    HELD = "held"
    """Drawn no more until a person has ruled about it."""
    RETIRED = "retired"


DRAWN_STATES = frozenset({ItemState.LIVE, ItemState.PILOT})


class DecisionClass(StrEnum):
    """What the right answer of an item is about."""

    VIOLATING = "violating"
    INNOCENT = "innocent"
    """The right answer leaves it alone."""
    KNOWLEDGE = "knowledge"


class Condition(StrEnum):
    """What a quota can ask of an item."""

    AREA = "area"
    SEVERITY = "severity"
    DECISION_CLASS = "decision_class"
    DIFFICULTY = "difficulty"
    LANGUAGE = "language"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Traits:
    """What quotas can ask about one item."""

    area: str
    severity: str
    decision_class: DecisionClass
    difficulty: Difficulty
    language: str
    kind: ItemKind

    def of(self, condition: Condition) -> str:
        """This item's value for a condition."""
        return str(getattr(self, condition.value))


@dataclass(frozen=True, slots=True)
class Cell:
    """A quota: how many items of a form meet all the conditions. Cells may overlap."""

    conditions: tuple[tuple[Condition, str], ...]
    minimum: int
    maximum: int

    def admits(self, traits: Traits) -> bool:
        """Whether an item with these traits counts towards this quota."""
        return all(traits.of(condition) == value for condition, value in self.conditions)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """How many items a form has, and what they must be together."""

    item_count: int
    cells: tuple[Cell, ...]
    enemies: tuple[frozenset[str], ...] = ()
    """Groups of item slugs of which a form holds one at most."""
    pilot_count: int = 0
    """Up to how many items on trial are shown on top, which do not count."""

    def admission(self) -> Callable[[Traits], tuple[bool, ...]]:
        """Tells of traits which of the cells they count towards. Banks hold many items of the same traits: each is looked at once."""
        known: dict[Traits, tuple[bool, ...]] = {}

        def admitted(traits: Traits) -> tuple[bool, ...]:
            found = known.get(traits)
            if found is None:
                found = known[traits] = tuple(cell.admits(traits) for cell in self.cells)
            return found

        return admitted


@dataclass(frozen=True, slots=True)
class PassRule:
    """What a result must reach, every part of it. Percentages are whole numbers."""

    weighted_percent: int
    area_percent: int
    area_minimum_items: int
    """An area with fewer items on the form is too small to judge and has no minimum."""
    innocent_percent: int
    critical_misses_allowed: int


@dataclass(frozen=True, slots=True)
class RetakeRule:
    """How soon and how often somebody may try again, counted per certification."""

    cooldown_hours: tuple[int, ...]
    """After the first, second, … attempt in a row that was not passed; the last one holds from then on."""
    attempts: int
    per_days: int


def words_of(conditions: tuple[tuple[Condition, str], ...]) -> str:
    """A cell's conditions as its author wrote them: `area PRO, kind case`."""
    return ", ".join(f"{condition.value} {value}" for condition, value in conditions)
