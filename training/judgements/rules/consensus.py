"""What several labellers together say of each item, each weighed by how they were found to answer (Dawid & Skene 1979)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log

FEWEST_RATERS = 3
"""Under so many nobody can say whose answers are the odd ones."""

FEWEST_ITEMS_UNSMOOTHED = 30
"""Who labelled fewer items gets one made-up answer a category, spread evenly: a symmetric Dirichlet prior."""

TOLERANCE = 1e-8
"""The steps end when one of them raises the log-likelihood by less than this."""


@dataclass(frozen=True, slots=True)
class GivenLabel:
    """That a rater put an item into a category."""

    item: str
    rater: str
    category: str


@dataclass(frozen=True, slots=True)
class Consensus:
    """What they say together."""

    posteriors: Mapping[str, Mapping[str, float]]
    """The probability of each category, for each item."""
    prevalence: Mapping[str, float]
    """The estimated share of items in each category."""
    confusions: Mapping[str, Mapping[tuple[str, str], float]]
    """For each rater, how probable it is that they answer (…, this) to an item of (this, …)."""
    log_likelihood: float
    """Of the labels under these estimates; with the logarithm of the prior, up to a constant, where some raters were smoothed."""
    step_count: int


Posteriors = dict[str, dict[str, float]]
Confusions = dict[str, dict[tuple[str, str], float]]


def dawid_skene(labels: Iterable[GivenLabel]) -> Consensus | None:
    """Posteriors of every item by expectation maximisation, from the shares of the votes; None under three raters.

    A rater may label an item several times. Each step raises the log-likelihood, so the steps end.
    """
    counts = Counter(labels)
    if len({label.rater for label in counts}) < FEWEST_RATERS:
        return None
    panel = _Panel(counts)
    posteriors, before = panel.vote_shares(), -inf
    step_count = 0
    while True:
        prevalence, confusions = panel.prevalence(posteriors), panel.confusions(posteriors)
        posteriors, likelihood = panel.posteriors(prevalence, confusions)
        likelihood += panel.log_prior(confusions)
        step_count += 1
        if likelihood - before < TOLERANCE:
            return Consensus(posteriors, prevalence, confusions, likelihood, step_count)
        before = likelihood


class _Panel:
    """The labels, arranged for the two steps."""

    def __init__(self, counts: Mapping[GivenLabel, int]) -> None:
        self.categories: Sequence[str] = sorted({label.category for label in counts})
        self.by_item: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        items_of: dict[str, set[str]] = defaultdict(set)
        for label, count in counts.items():
            self.by_item[label.item].append((label.rater, label.category, count))
            items_of[label.rater].add(label.item)
        made_up = 1 / len(self.categories)
        self.smoothing = {rater: made_up if len(items) < FEWEST_ITEMS_UNSMOOTHED else 0.0 for rater, items in items_of.items()}

    def vote_shares(self) -> Posteriors:
        """Where the steps begin: every vote weighs the same."""
        return {item: self._shares(given) for item, given in self.by_item.items()}

    def _shares(self, given: Iterable[tuple[str, str, int]]) -> dict[str, float]:
        votes: Counter[str] = Counter()
        for _rater, category, count in given:
            votes[category] += count
        return {category: votes[category] / votes.total() for category in self.categories}

    def prevalence(self, posteriors: Posteriors) -> dict[str, float]:
        """The mean posterior of each category."""
        return {category: sum(found[category] for found in posteriors.values()) / len(posteriors) for category in self.categories}

    def confusions(self, posteriors: Posteriors) -> Confusions:
        """How each rater answers to items of each category, the items weighed by their posteriors."""
        weights: Confusions = {
            rater: dict.fromkeys(((true, given) for true in self.categories for given in self.categories), smoothing)
            for rater, smoothing in self.smoothing.items()
        }
        for item, given in self.by_item.items():
            for rater, category, count in given:
                for true, share in posteriors[item].items():
                    weights[rater][true, category] += share * count
        return {rater: self._normalised(row) for rater, row in weights.items()}

    def _normalised(self, weights: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
        totals = {true: sum(weights[true, given] for given in self.categories) for true in self.categories}
        return {pair: weight / totals[pair[0]] if totals[pair[0]] else 1 / len(self.categories) for pair, weight in weights.items()}

    def posteriors(self, prevalence: Mapping[str, float], confusions: Confusions) -> tuple[Posteriors, float]:
        """The probability of each category for each item, and the log-likelihood of all labels."""
        logs = {rater: {pair: _log(chance) for pair, chance in row.items()} for rater, row in confusions.items()}
        priors = {category: _log(share) for category, share in prevalence.items()}
        found: Posteriors = {}
        total = 0.0
        for item, given in self.by_item.items():
            joint = {true: priors[true] + sum(count * logs[rater][true, category] for rater, category, count in given) for true in self.categories}
            most = max(joint.values())
            scaled = {true: exp(value - most) for true, value in joint.items()}
            scale = sum(scaled.values())
            found[item] = {true: value / scale for true, value in scaled.items()}
            total += most + log(scale)
        return found, total

    def log_prior(self, confusions: Confusions) -> float:
        """What the made-up answers add to what each step raises."""
        return sum(smoothing * log(chance) for rater, smoothing in self.smoothing.items() if smoothing for chance in confusions[rater].values())


def _log(chance: float) -> float:
    return log(chance) if chance > 0 else -inf
