"""Whether the order in which practice puts cases before people teaches more than random order and than taking turns.

Learners whom the scheduler does not own practise for 35 days in each order, with the same luck. What counts is what
they would get right on the morning of day 35, on average over all concepts. Every cell is printed, losing ones too.
"""

import argparse
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from math import sqrt
from multiprocessing import get_context
from statistics import fmean, stdev

from support.figures import last_line, table
from support.learners import LEARNERS, SECONDS_A_CASE, ActrLearner, Luck, TwoStateLearner
from support.orders import ORDERS, Bank, Order, daytime

from training.practice.rules import Review

DAYS = 35
LEARNER_COUNT = 120
BANKS = (Bank(30, 20), Bank(90, 20))
CASES_A_DAY = (10, 30)
SPREADS = (0.5, 1.5)
CONFUSES = 0.5
"""How often a wrong answer names the label of the concept's neighbour."""

SEVERITY_RIGHT, IN_TIME = 0.8, 0.9
"""How often a right answer has the right severity, and comes in time."""

Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Cell:
    """The conditions that every order meets alike."""

    learner: str
    bank: Bank
    cases_a_day: int
    spread: float

    @property
    def name(self) -> str:
        """The cell in words."""
        return f"{self.learner}, {self.bank.concept_count} concepts, {self.cases_a_day} cases a day, spread {self.spread}"


@dataclass(frozen=True, slots=True)
class Gain:
    """By how much one order is better than another, with its 95 % interval over learners."""

    low: float
    mean: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.3f} ({self.low:+.3f} to {self.high:+.3f})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a cell came to: the mean accuracy by order, and what the scheduler gains."""

    cell: Cell
    accuracy: dict[str, float]
    over_random: Gain
    over_round_robin: Gain


def cells() -> list[Cell]:
    """Every cell: eight for each kind of learner."""
    return [Cell(learner, bank, count, spread) for learner, bank, count, spread in product(LEARNERS, BANKS, CASES_A_DAY, SPREADS)]


def accuracy_after(cell: Cell, order: str, seed: str) -> float:
    """What one learner would get right on the last morning, after practising in this order."""
    luck = Luck(seed)
    learner: ActrLearner | TwoStateLearner = LEARNERS[cell.learner](luck, cell.spread)
    cases: Order = ORDERS[order](cell.bank, seed)
    answers: dict[int, int] = {}
    for day in range(DAYS):
        for number in range(cell.cases_a_day):
            second = float(number * SECONDS_A_CASE)
            case = cases.next_case(daytime(day, second))
            concept = cell.bank.concept_of(case.case_id)
            count = answers[concept] = answers.get(concept, 0) + 1
            is_right = luck.uniform("answer", concept, count) < learner.knows(concept, day=day, second=second, difficulty=case.difficulty)
            review = _review(cell, luck, concept, count, is_right=is_right)
            cases.answered(case, replace(review, at=daytime(day, second), number=day * cell.cases_a_day + number + 1))
            learner.learn(concept, day=day, second=second)
    return fmean(learner.knows(concept, day=DAYS, second=0.0) for concept in range(cell.bank.concept_count))


def _review(cell: Cell, luck: Luck, concept: int, count: int, *, is_right: bool) -> Review:
    neighbour = cell.bank.name_of((concept ^ 1) % cell.bank.concept_count)
    confused = not is_right and luck.uniform("confused", concept, count) < CONFUSES
    return Review(
        at=daytime(0, 0.0),
        number=0,
        is_right=is_right,
        is_severity_right=luck.uniform("severity", concept, count) < SEVERITY_RIGHT,
        is_in_time=luck.uniform("time", concept, count) < IN_TIME,
        chosen_label=neighbour.partition(".")[0] if confused else None,
    )


def gain(ours: Sequence[float], theirs: Sequence[float]) -> Gain:
    """The mean difference over paired learners, with its interval."""
    differences = [own - other for own, other in zip(ours, theirs, strict=True)]
    mean, error = fmean(differences), stdev(differences) / sqrt(len(differences))
    return Gain(mean - Z * error, mean, mean + Z * error)


def simulate(cell: Cell, *, learner_count: int, seed: str) -> Outcome:
    """Every order in one cell."""
    reached = {order: [accuracy_after(cell, order, f"{seed}:{cell.name}:{number}") for number in range(learner_count)] for order in ORDERS}
    return Outcome(
        cell,
        {order: fmean(values) for order, values in reached.items()},
        gain(reached["scheduler"], reached["random"]),
        gain(reached["scheduler"], reached["round-robin"]),
    )


def _simulated(asked: tuple[Cell, int, str]) -> Outcome:
    cell, learner_count, seed = asked
    return simulate(cell, learner_count=learner_count, seed=seed)


HEADS = ("cell", "scheduler", "random", "round-robin", "over random", "over round-robin")


def rows(outcomes: Iterable[Outcome]) -> list[list[str]]:
    """The table of all cells."""
    return [
        [outcome.cell.name, *(f"{outcome.accuracy[order]:.3f}" for order in ORDERS), str(outcome.over_random), str(outcome.over_round_robin)]
        for outcome in outcomes
    ]


def main() -> None:
    """Simulate every cell, show it, and say the worst in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=LEARNER_COUNT, help="how many learners a cell has; 80 at least for figures that count")
    parser.add_argument("--short", action="store_true", help="every fifth cell only, with a third of the learners")
    parser.add_argument("--seed", default="table", help="whose luck; the table in docs/practice.md has the default, the scheduler was tuned on others")
    arguments = parser.parse_args()
    chosen, learner_count = (cells()[::5], arguments.learners // 3) if arguments.short else (cells(), arguments.learners)
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        outcomes = list(pool.map(_simulated, [(cell, learner_count, arguments.seed) for cell in chosen]))
    print(table(HEADS, rows(outcomes)))
    print(
        last_line(
            "practice_simulation",
            cells=len(outcomes),
            worst_vs_random=round(min(outcome.over_random.low for outcome in outcomes), 4),
            worst_vs_round_robin=round(min(outcome.over_round_robin.low for outcome in outcomes), 4),
        )
    )


if __name__ == "__main__":
    main()
