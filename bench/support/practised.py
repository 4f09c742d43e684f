"""Practice made up by arithmetic: cases of every clause, and histories of answers to them. The same ones every time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from training.cases.documents import TaxonomyDocument
from training.cases.rules import Action, Severity, acts
from training.judgements.rules import CaseAnswer, Countable, Dimension, ErrorKind, Source, decision_key, labels_key

SURFACES = ("listing", "review", "comment")
LANGUAGES = ("en", "id")
CLAUSES = "abc"
FAMILY_SIZE = 4
ACTING, LETTING_BE = frozenset({Action.REMOVE, Action.STRIKE}), frozenset({Action.APPROVE})
SECONDS = (22.0, 31.5, 38.0, 47.5, 64.0, 118.5)
RIGHT = 0.85
ANSWERS_A_DAY = 10


@dataclass(frozen=True, slots=True)
class MadeCase:
    """One of the cases; everything about it follows from its number and its clause."""

    number: int
    concept: str
    area: str
    grade: Severity
    place: int
    """The how-many-eth of its clause."""
    contrast: int | None
    """The number of its look-alike that is decided the other way."""

    @property
    def is_innocent(self) -> bool:
        """Two in five are."""
        return self.place % 5 in (1, 3)

    @property
    def decision(self) -> frozenset[Action]:
        """What the expert decides."""
        return LETTING_BE if self.is_innocent else ACTING

    @property
    def label(self) -> str:
        """What the expert calls it."""
        return "OUT-00" if self.is_innocent else self.concept.partition(".")[0]

    @property
    def severity(self) -> Severity:
        """How grave the expert finds it."""
        return Severity.S0 if self.is_innocent else self.grade

    @property
    def surface(self) -> str:
        """Where it appeared."""
        return SURFACES[self.place % len(SURFACES)]

    @property
    def language(self) -> str:
        """What it is written in."""
        return LANGUAGES[self.place // 3 % 2]

    @property
    def difficulty(self) -> str:
        """Half are clear, a third typical, the others borderline."""
        return ("clear", "typical", "clear", "borderline", "clear", "typical")[self.place // 2 % 6]

    @property
    def family(self) -> str:
        """Whose look-alike it is."""
        return f"fam-{self.concept.lower().replace('.', '-')}-{self.place // FAMILY_SIZE}"

    @property
    def pool(self) -> str:
        """Every sixth family belongs to exams."""
        return "exam" if self.place // FAMILY_SIZE % 6 == 5 else "practice"


def made_cases(taxonomy: TaxonomyDocument, count: int) -> list[MadeCase]:
    """So many cases, the clauses taking turns."""
    clauses = [(f"{label.code}.{clause}", label.area, label.severity) for label in taxonomy.labels for clause in CLAUSES]
    step = len(clauses)
    return [
        MadeCase(number + 1, *clauses[number % step], place=number // step, contrast=number + 1 + step if number // step % 10 == 0 else None)
        for number in range(count)
    ]


@dataclass(frozen=True, slots=True)
class MadeAnswer:
    """One answer of a history: to a case, never answered before."""

    case: MadeCase
    answer: CaseAnswer
    is_right: bool
    at: datetime

    @property
    def error(self) -> ErrorKind | None:
        """How it is wrong."""
        if self.is_right:
            return None
        if self.case.is_innocent:
            return ErrorKind.FALSE_POSITIVE
        return ErrorKind.WRONG_SELECTION if acts(self.answer.actions) else ErrorKind.FALSE_NEGATIVE

    @property
    def is_critical_miss(self) -> bool:
        """Whether it lets the gravest through."""
        return self.case.severity is Severity.S4 and not acts(self.answer.actions)

    def countable(self, person_id: int) -> Countable:
        """What is counted of it, as this person's."""
        case = self.case
        keys = {
            Dimension.AREA: case.area,
            Dimension.SURFACE: case.surface,
            Dimension.SEVERITY: case.severity.value,
            Dimension.LANGUAGE: case.language,
            Dimension.DECISION: decision_key(case.decision),
            Dimension.LABELS: labels_key([case.label], self.answer.labels),
        }
        return Countable(
            person_id=person_id,
            source=Source.PRACTICE,
            keys=keys,
            reference_acts=acts(case.decision),
            answer_acts=acts(self.answer.actions),
            is_right=self.is_right,
            error=self.error,
            is_critical_miss=self.is_critical_miss,
            is_first=True,
            seconds=self.answer.seconds,
            given_at=self.at,
        )


def made_history(seed: int, cases: Sequence[MadeCase], count: int, *, until: datetime) -> list[MadeAnswer]:
    """So many answers to different cases of the practice pool, the last of them a day before `until`."""
    chance = Random(seed)
    chosen = chance.sample([case for case in cases if case.pool == "practice"], count)
    begin = until - timedelta(days=1 + count / ANSWERS_A_DAY)
    return [_made_answer(case, chance, begin + timedelta(days=place / ANSWERS_A_DAY)) for place, case in enumerate(chosen)]


def _made_answer(case: MadeCase, chance: Random, at: datetime) -> MadeAnswer:
    """A right answer, or one that acts on what is fine, lets a violation be, or names another label of the area."""
    is_right, lets_be = chance.random() < RIGHT, chance.random() < 0.5
    actions, label = case.decision, case.label
    if not is_right and case.is_innocent:
        actions, label = ACTING, f"{case.area}-01"
    elif not is_right and lets_be:
        actions, label = LETTING_BE, "OUT-00"
    elif not is_right:
        label = f"{case.area}-01" if case.label != f"{case.area}-01" else f"{case.area}-02"
    return MadeAnswer(case, CaseAnswer(actions, (label,), case.severity, seconds=chance.choice(SECONDS)), is_right, at)
