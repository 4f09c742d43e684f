"""A question as other programs write it, whatever format it came in: the neutral model between their formats and our items."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from training.exchange.rules.wording import WILDCARD

WHOLE = Decimal(100)
"""The weight of an answer that is worth all of the marks, in percent."""

MOST_DIGITS = 20
"""Before or behind the point of a number: nobody is asked for more, and `1e999999` is no question."""

_WILDCARD = re.compile(r"(?<!\\)\*")


class Shape(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    """One of several is right."""
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    MATCHING = "matching"
    ORDERING = "ordering"
    TEXT = "text"
    """A few words, typed."""
    NUMBER = "number"
    ESSAY = "essay"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that does not come along: what, in words that are the same for every question, and of which part of this one."""

    what: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.where}" if self.where else self.what


@dataclass(frozen=True, slots=True)
class Answer:
    """An option, or a text that is accepted, with its weight in percent of the marks: 100 is right, 0 worth nothing, below 0 takes marks away."""

    text: str
    weight: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that is right, how far off an answer may be, and the units that may stand behind it."""

    number: Decimal
    tolerance: Decimal | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its texts are Markdown; those of typed answers and of steps are plain."""

    line: int
    """Where it begins in its file, from 1."""
    name: str
    shape: Shape
    stem: str
    answers: tuple[Answer, ...] = ()
    """Options of a choice, or the texts that are accepted."""
    pairs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    """In their right order."""
    is_true: bool | None = None
    amount: Amount | None = None
    passage: str = ""
    """What an essay answers: a ticket."""
    rubric: Mapping[str, str] = field(default_factory=dict)
    """What markers of an essay look for, by criterion."""
    longest: int | None = None
    """Characters of an essay at most."""
    rationale: str = ""
    """What is said to everybody afterwards."""
    tags: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    """What the reading of its format could not take up."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Something of a file that is no question we know, with its line, why, and how to mend it."""

    line: int
    name: str
    problem: str
    remedy: str


Row = Question | Unfit


@dataclass(frozen=True, slots=True)
class Written:
    """A question as a format writes it, and what the format cannot carry of it."""

    text: str
    losses: tuple[Loss, ...] = ()


class NoQuestion(Exception):
    """This is no question that we know: why, and how to mend it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def decimal_in(written: str) -> Decimal:
    """The number that is written here, with a point before its decimals. Raises NoQuestion where there is none."""
    try:
        found = Decimal(written.strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found.adjusted()) > MOST_DIGITS:
        raise NoQuestion(f"“{written.strip()[:40]}” is no number", "write digits, with a point before the decimals")
    return found


def length_in(written: str) -> int | None:
    """How many characters a reply may have; nothing where that is not written."""
    return int(written) if re.fullmatch(r"[0-9]{1,6}", written) else None


def literal(text: str) -> str:
    """A text to be typed as Moodle and GIFT write it, where an asterisk stands for any text unless a backslash stands before it."""
    return text.replace("*", "\\*")


def typed_answers(answers: Sequence["Answer"]) -> tuple[tuple["Answer", ...], list["Loss"]]:
    """Answers to be typed as Moodle and GIFT write them, and those of which a part stood for any text."""
    texts = [typed_text(answer.text) for answer in answers]
    losses = [Loss(WILDCARD, text[:40]) for text, is_wild in texts if is_wild]
    return tuple(replace(answer, text=text) for answer, (text, _) in zip(answers, texts, strict=True)), losses


def typed_text(written: str) -> tuple[str, bool]:
    """What has to be typed, and whether a part of it stood for any text."""
    return written.replace("\\*", "*"), _WILDCARD.search(written) is not None


class NotCarried(Exception):
    """A format has nothing that an item of this kind, or this very one, could be written as."""


def tags_of(facts: Mapping[str, str | Sequence[str] | None]) -> tuple[str, ...]:
    """Facts as tags: `area:PRO`, one for each value."""
    return tuple(f"{name}:{value}" for name, values in facts.items() if values is not None for value in ((values,) if isinstance(values, str) else values))


def facts_in(tags: Sequence[str]) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """The facts that tags say, by name, and the tags that say none."""
    facts: dict[str, list[str]] = {}
    others = []
    for tag in tags:
        name, sign, value = tag.partition(":")
        if sign and value and name.strip() in TAGGED:
            facts.setdefault(name.strip(), []).append(value.strip())
        else:
            others.append(tag)
    return facts, tuple(others)


TAGGED = frozenset({"language", "area", "severity", "decision_class", "difficulty", "family", "clause", "scoring", "critical", "longest", "unit"})
"""What is said of an item in tags, where a format has no place of its own for it."""
