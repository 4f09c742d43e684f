"""The bank of the state machine, and what earns which mark in it, written down by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.cases.factories import CaseFactory
from tests.exams.factories import ExamDocumentFactory, ExamFactory, ItemFactory, case_item
from training.exams.queries import PublishedExam

WORDS = ("right", "wrong", "critical", "blank", "two", "nothing of this question", "no answer at all")
"""What somebody may send to a place, by what it means there."""

WRONG, RIGHT, BLANK, CRITICAL = 0, 1, 2, 3
UNCOUNTED = 0x80
POINTS = {"S0": 1, "S1": 1, "S2": 2, "S3": 4, "S4": 8}


@dataclass(frozen=True)
class PlainItem:
    """One item as the model knows it."""

    slug: str
    kind: str
    severity: str = "S2"
    is_innocent: bool = False
    right: tuple[str, ...] = ("a",)
    critical: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        return POINTS[self.severity]

    @property
    def new_key(self) -> tuple[str, ...]:
        """What a ruling may call right instead."""
        return ("a", "d") if self.kind == "multiple" else ("d",)


ITEMS = (
    *(PlainItem(f"single-{number}", "single") for number in range(4)),
    *(PlainItem(f"innocent-{number}", "single", "S0", is_innocent=True) for number in range(3)),
    *(PlainItem(f"grave-{number}", "single", "S4", critical=("c",)) for number in range(2)),
    *(PlainItem(f"multiple-{number}", "multiple", "S1", right=("a", "b")) for number in range(3)),
    *(PlainItem(f"case-{number}", "case", "S3") for number in range(3)),
)
BANK = {item.slug: item for item in ITEMS}
ITEM_COUNT = 6
NEEDED_PERCENT = 60
CELLS = (
    {"kind": "single", "minimum": 2, "maximum": 4},
    {"kind": "multiple", "minimum": 1, "maximum": 2},
    {"kind": "case", "minimum": 1, "maximum": 2},
    {"decision_class": "innocent", "minimum": 1, "maximum": 2},
)


def _options(item: PlainItem) -> list[dict[str, Any]]:
    return [{"id": letter, "text": f"Option {letter}", "correct": letter in item.right, "critical": letter in item.critical} for letter in "abcd"]


CHOICES = tuple(item for item in ITEMS if item.kind != "case")


def store_choices(edition: int) -> None:
    """Put a new version of every choice into the database, about which nobody has ruled yet."""
    for item in CHOICES:
        decision = "innocent" if item.is_innocent else "violating"
        stem = f"What do you do? Edition {edition}."
        ItemFactory(id=item.slug, kind=item.kind, severity=item.severity, decision_class=decision, options=_options(item), stem=stem)


def store_bank() -> PublishedExam:
    """Put the bank and its exam into the database."""
    for item in ITEMS:
        if item.kind == "case":
            case_item(CaseFactory(pool="exam"), id=item.slug)
    store_choices(0)
    document = ExamDocumentFactory(
        item_count=ITEM_COUNT, cells=CELLS, pass_rule={"weighted_percent": NEEDED_PERCENT, "area_percent": 50, "area_minimum_items": 3, "innocent_percent": 50}
    )
    return ExamFactory(**document.model_dump(mode="json"))  # type: ignore[no-any-return]


@dataclass(frozen=True)
class PlainPlace:
    """One place of a form: the item, and its options in the order they are shown."""

    item: PlainItem
    order: tuple[str, ...]

    def response(self, word: str) -> dict[str, Any]:
        """What is sent for a word."""
        if word == "blank":
            return {}
        if word == "no answer at all":
            return {"options": "a"}
        return self._case(word) if self.item.kind == "case" else {"options": self._options(word)}

    def _case(self, word: str) -> dict[str, Any]:
        if word == "nothing of this question":
            return {"actions": ["REMOVE"], "primary_label": "ZZZ-99"}
        if word == "right":
            return {"actions": ["REMOVE"], "primary_label": "PRO-03"}
        return {"actions": ["APPROVE"], "primary_label": "OUT-00", "severity": {"wrong": None, "critical": "S0", "two": "S1"}[word]}

    def _options(self, word: str) -> list[int]:
        if word == "nothing of this question":
            return [5]
        return [self.order.index(letter) + 1 for letter in self._letters(word)]

    def _letters(self, word: str) -> tuple[str, ...]:
        return {"right": self.item.right, "wrong": ("d",), "critical": ("c",), "two": ("a", "d")}[word]

    def can_be_read(self, word: str) -> bool:
        """Whether it is an answer to this question."""
        return word not in ("nothing of this question", "no answer at all") and not (word == "two" and self.item.kind == "single")

    def mark(self, word: str, ruling: str | None = None) -> int:
        """What a readable answer earns, under a ruling where there is one."""
        by_old = self._by_key(word, self.item.right)
        by_new = self._by_key(word, self.item.new_key)
        match ruling:
            case "full_credit":
                return RIGHT
            case "new_key":
                return by_new
            case "either_key":
                return RIGHT if RIGHT in (by_old, by_new) else by_old
            case "drop":
                return by_old | UNCOUNTED
        return by_old

    def _by_key(self, word: str, right: tuple[str, ...]) -> int:
        if word == "blank":
            return BLANK
        if self.item.kind == "case":
            return RIGHT if word == "right" else WRONG
        letters = self._letters(word)
        if set(letters) & set(self.item.critical):
            return CRITICAL
        return RIGHT if set(letters) == set(right) else WRONG


@dataclass(frozen=True)
class PlainScore:
    """What a form comes to."""

    marks: tuple[int, ...]
    earned: int
    total: int
    is_passed: bool


def score(places: Sequence[PlainPlace], words: Sequence[str], rulings: Mapping[str, str]) -> PlainScore:
    """The result of these answers: 60 % of the points, half of the area, half of the innocent, nothing critical. Dropped questions count nowhere."""
    marks = [place.mark(word, rulings.get(place.item.slug)) for place, word in zip(places, words, strict=True)]
    counted = [(place.item, mark) for place, mark in zip(places, marks, strict=True) if mark < UNCOUNTED]
    rights = [mark == RIGHT for _, mark in counted]
    innocent = [mark == RIGHT for item, mark in counted if item.is_innocent]
    earned = sum(item.points for item, mark in counted if mark == RIGHT)
    total = sum(item.points for item, _ in counted)
    enough = earned * 100 >= NEEDED_PERCENT * total and (len(rights) < 3 or sum(rights) * 2 >= len(rights)) and sum(innocent) * 2 >= len(innocent)
    return PlainScore(tuple(marks), earned, total, enough and CRITICAL not in [mark for _, mark in counted])
