"""Two kinds of simulated learners, which the scheduler does not own, with parameters from the literature.

Both are asked and taught by cases of concepts. An answer is drawn from numbers that belong to the learner, the concept
and the how-many-eth answer to it, so that two orders of the same cases meet the same luck (common random numbers).
"""

from dataclasses import dataclass, field
from math import exp, log, sqrt
from random import Random

from training.cases.rules import Difficulty

GUESS = 0.2
SLIP = 0.1
"""Right without knowing and wrong in spite of it: within the bounds that Baker, Corbett and Aleven (2008) call plausible."""

EASE = {Difficulty.CLEAR: 1.0, Difficulty.TYPICAL: 0.0, Difficulty.BORDERLINE: -1.0}
"""By how many logits a case is easier to decide than a typical one."""

SECONDS_A_CASE = 60
SECONDS_A_DAY = 86_400


def logistic(value: float) -> float:
    """A logit as a probability."""
    return 1 / (1 + exp(-value))


def logit(probability: float) -> float:
    """A probability as a logit."""
    return log(probability / (1 - probability))


@dataclass(frozen=True, slots=True)
class Luck:
    """The numbers of one learner, by what they are drawn for."""

    seed: str

    def uniform(self, *of: object) -> float:
        """A number between 0 and 1, always the same for the same."""
        return Random(f"{self.seed}:{of}").random()

    def ease(self, concept: int, spread: float) -> float:
        """By how many logits this concept comes easier to this person than to others: half of it the person's, half the concept's."""
        person, own = Random(f"{self.seed}:person").gauss(0, 1), Random(f"{self.seed}:concept:{concept}").gauss(0, 1)
        return spread * (person + own) / sqrt(2)


@dataclass(slots=True)
class ActrLearner:
    """Activation that each encounter raises and time lets decay, more slowly where encounters were spaced (Pavlik & Anderson 2005).

    m = β + ln Σ t_j^−d_j with d_j = c·e^m + a for the activation before encounter j; recalled with probability
    1 / (1 + e^((τ − m)/s)). Their values for vocabulary: c .217, a .177, τ −.704, s .255, and time between sessions
    passes h = .025 as fast. β differs by person and concept. Everybody read each rule once, a day before the first case.
    """

    luck: Luck
    spread: float
    _encounters: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    _ease: dict[int, float] = field(default_factory=dict)

    SCALE = 0.217
    INTERCEPT = 0.177
    THRESHOLD = -0.704
    NOISE = 0.255
    BETWEEN = 0.025

    def knows(self, concept: int, *, day: int, second: float, difficulty: Difficulty = Difficulty.TYPICAL) -> float:
        """The probability of a right answer."""
        activation = self._activation(concept, self._time(day, second))
        recall = logistic((activation - self.THRESHOLD) / self.NOISE + EASE[difficulty])
        return GUESS + (1 - SLIP - GUESS) * recall

    def learn(self, concept: int, *, day: int, second: float) -> None:
        """See a case of the concept and hear what the expert said."""
        now = self._time(day, second)
        decay = self.SCALE * exp(self._activation(concept, now)) + self.INTERCEPT
        self._encounters[concept].append((now, decay))

    def _time(self, day: int, second: float) -> float:
        return day * SECONDS_A_DAY * self.BETWEEN + second

    def _activation(self, concept: int, now: float) -> float:
        encounters = self._encounters.setdefault(concept, [(self._time(-1, 0.0), self.INTERCEPT)])
        if concept not in self._ease:
            self._ease[concept] = self.NOISE * self.luck.ease(concept, self.spread)
        return self._ease[concept] + log(sum(max(now - at, 1.0) ** -decay for at, decay in encounters))


@dataclass(slots=True)
class TwoStateLearner:
    """A concept is known or not; each case may make it known, each day may take it away (Corbett & Anderson 1995, with forgetting).

    At first known with probability .3, learned from a case with .3, and forgotten in a day with .02 to .1, which is a
    half-life of one to five weeks; the first two differ by person and concept. Without memory: spacing does not
    slow forgetting here.
    """

    luck: Luck
    spread: float
    _known: dict[int, tuple[bool, int, int]] = field(default_factory=dict)
    """By concept: whether it is known, the day up to which that is reckoned, and how many cases were seen."""

    KNOWN_AT_FIRST = 0.3
    LEARNED = 0.3
    FORGOTTEN = (0.02, 0.1)

    def knows(self, concept: int, *, day: int, second: float, difficulty: Difficulty = Difficulty.TYPICAL) -> float:
        """The probability of a right answer."""
        is_known, _day, _count = self._state(concept, day)
        right = 1 - SLIP if is_known else GUESS
        return logistic(logit(right) + EASE[difficulty])

    def learn(self, concept: int, *, day: int, second: float) -> None:
        """See a case of the concept and hear what the expert said."""
        is_known, _day, count = self._state(concept, day)
        learned = is_known or self.luck.uniform("learned", concept, count) < self._shifted(self.LEARNED, concept)
        self._known[concept] = (learned, day, count + 1)

    def _state(self, concept: int, day: int) -> tuple[bool, int, int]:
        if concept not in self._known:
            self._known[concept] = (self.luck.uniform("first", concept) < self._shifted(self.KNOWN_AT_FIRST, concept), 0, 0)
        is_known, since, count = self._known[concept]
        low, high = self.FORGOTTEN
        forgotten = exp(log(low) + self.luck.uniform("forgotten", concept) * (log(high) - log(low)))
        for passed in range(since, day):
            is_known = is_known and self.luck.uniform("kept", concept, passed) >= forgotten
        self._known[concept] = (is_known, max(day, since), count)
        return self._known[concept]

    def _shifted(self, probability: float, concept: int) -> float:
        return logistic(logit(probability) + self.luck.ease(concept, self.spread))


LEARNERS = {"ACT-R": ActrLearner, "two-state": TwoStateLearner}
