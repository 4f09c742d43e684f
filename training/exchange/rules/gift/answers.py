"""What stands in the braces of a GIFT question: which shape it gives the question, and its answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from training.exchange.rules.gift.escapes import place, places, unescaped
from training.exchange.rules.markdown_texts import as_plain
from training.exchange.rules.questions import WHOLE, Amount, Answer, Loss, NoQuestion, Question, Shape, decimal_in, typed_answers
from training.exchange.rules.wording import ANSWER_FEEDBACK, OTHER_NUMBERS

_FORMAT = re.compile(r"\s*\[(?P<format>html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(?P<weight>-?\d{1,3}(?:\.\d{1,10})?)%")
_TRUTH = re.compile(r"(?P<truth>TRUE|FALSE|T|F)\s*(?=$|#)")


@dataclass(frozen=True, slots=True)
class _Part:
    """One answer as it is written: the sign before it, its weight, its text and what is said of it."""

    sign: str
    weight: Decimal
    text: str
    feedback: str


class WrittenAnswers:
    """The text between the braces; texts in it have the format of their question unless they say another."""

    def __init__(self, inside: str, written_as: str) -> None:
        self.picture_count = 0
        self._written_as = written_as
        self._losses: list[Loss] = []
        rationale_at = place(inside, "####")
        self._inside = (inside if rationale_at is None else inside[:rationale_at]).strip()
        self._rationale = "" if rationale_at is None else inside[rationale_at + 4 :]

    def onto(self, about: Question) -> Question:
        """The question with its shape, its answers and what is said to everybody."""
        made = replace(self._shaped(about), rationale=self._said(self._rationale))
        return replace(made, losses=tuple(self._losses))

    def _shaped(self, about: Question) -> Question:
        truth = _TRUTH.match(self._inside)
        if not self._inside:
            return replace(about, shape=Shape.ESSAY)
        if self._inside.startswith("#"):
            return replace(about, shape=Shape.NUMBER, amount=self._amount(self._inside[1:].strip()))
        if truth:
            self._note_feedback(self._inside[truth.end() :].strip("# \n"))
            return replace(about, shape=Shape.TRUE_FALSE, is_true=truth["truth"].startswith("T"))
        return self._listed(about)

    def _listed(self, about: Question) -> Question:
        parts = list(self._parts(self._inside))
        for part in parts:
            self._note_feedback(part.feedback)
        signs = [part.sign for part in parts]
        if "~" not in signs and all("->" in part.text for part in parts):
            return replace(about, shape=Shape.MATCHING, pairs=tuple(self._pair(part) for part in parts))
        shape = Shape.TEXT if "~" not in signs else Shape.CHOICE if signs.count("=") == 1 else Shape.MULTIPLE
        answers = tuple(Answer(self._said(part.text), part.weight) for part in parts)
        if shape is Shape.TEXT:
            answers, losses = typed_answers(answers)
            self._losses += losses
        return replace(about, shape=shape, answers=answers)

    def _parts(self, text: str) -> Iterator[_Part]:
        cuts = [*places(text, "=~"), len(text)]
        if text[: cuts[0]].strip():
            raise NoQuestion(
                f"the answers begin with “{text[: cuts[0]].strip()[:40]}”", "begin each answer with = where it is right and with ~ where it is wrong"
            )
        for start, end in pairwise(cuts):
            yield _part(text[start], text[start + 1 : end])

    def _pair(self, part: _Part) -> tuple[str, str]:
        left, _, right = part.text.partition("->")
        return self._said(left), self._said(right)

    def _said(self, text: str) -> str:
        found = _FORMAT.match(text)
        said, picture_count = as_plain(unescaped((text[found.end() :] if found else text).strip()), found["format"] if found else self._written_as)
        self.picture_count += picture_count
        return said

    def _note_feedback(self, feedback: str) -> None:
        if feedback.strip():
            self._losses.append(Loss(ANSWER_FEEDBACK, unescaped(feedback).strip()[:80]))

    def _amount(self, written: str) -> Amount:
        if not written.startswith("="):
            at = place(written, "#")
            self._note_feedback("" if at is None else written[at + 1 :])
            return amount_in(written if at is None else written[:at])
        parts = list(self._parts(written))
        for part in parts:
            self._note_feedback(part.feedback)
        right = next((part for part in parts if part.weight == WHOLE), None)
        if right is None:
            raise NoQuestion("no number is worth all of the marks", "give one of them the whole weight")
        self._losses += [Loss(OTHER_NUMBERS, part.text.strip()) for part in parts if part is not right]
        return amount_in(right.text)


def _part(sign: str, text: str) -> _Part:
    found = _WEIGHT.match(text)
    weight = Decimal(found["weight"]) if found else WHOLE if sign == "=" else Decimal(0)
    text = text[found.end() :] if found else text
    at = place(text, "#")
    return _Part(sign, weight, text if at is None else text[:at], "" if at is None else text[at + 1 :])


def amount_in(written: str) -> Amount:
    """A number as GIFT writes it: `24`, `24:0.5` (within 0.5 of it) or `23..25` (between the two)."""
    written = unescaped(written).strip()
    if ".." in written:
        lowest, highest = (decimal_in(end) for end in written.split("..", 1))
        return Amount((lowest + highest) / 2, abs(highest - lowest) / 2)
    number, _, tolerance = written.partition(":")
    return Amount(decimal_in(number), decimal_in(tolerance) if tolerance.strip() else None)
