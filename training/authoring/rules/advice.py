"""What could be better in a module that has nothing wrong with it: an escalation that nobody is told about, paragraphs that are hard to read."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from training.content_store.rules.reading_level import FEWEST_WORDS, HARD, lix, paragraphs_in
from training.courses.rules.blocks import clauses_in

_ESCALATES = re.compile(r"\b(?:escalat|eskalas)", re.IGNORECASE)
_HEADING = re.compile(r"^##+\s.*\b(?:escalat|eskalas)", re.IGNORECASE | re.MULTILINE)


class AdviceKind(StrEnum):
    """What could be better."""

    NO_ESCALATION_SECTION = "no_escalation_section"
    CLAUSE_WITHOUT_ESCALATION = "clause_without_escalation"
    HARD_PARAGRAPH = "hard_paragraph"


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that could be better, the line of the body that it is about, and its number or code."""

    kind: AdviceKind
    line: int
    about: str = ""


def advice_on(body: str, *, escalated: Collection[str]) -> tuple[Advice, ...]:
    """What could be better in a module's text, in the order of its lines; `escalated` are the labels that usually go to somebody else."""
    return tuple(sorted([*_escalation(body, escalated), *_hard(body)], key=lambda advice: advice.line))


def _escalation(body: str, escalated: Collection[str]) -> Iterator[Advice]:
    clauses = [clause for clause in clauses_in(body) if set(clause.labels) & set(escalated)]
    if clauses and not _HEADING.search(body):
        yield Advice(AdviceKind.NO_ESCALATION_SECTION, 1)
    for clause in clauses:
        if not _ESCALATES.search(clause.text):
            yield Advice(AdviceKind.CLAUSE_WITHOUT_ESCALATION, clause.line, clause.argument)


def _hard(body: str) -> Iterator[Advice]:
    for paragraph in paragraphs_in(body):
        level = lix(paragraph.text)
        if paragraph.word_count >= FEWEST_WORDS and level is not None and level > HARD:
            yield Advice(AdviceKind.HARD_PARAGRAPH, paragraph.line, f"{level:.0f}")
