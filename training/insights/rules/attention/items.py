"""What the answers to items call for. Figures of fewer answers than one acts on call for nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from training.exams.rules.analysis.drift import SURPRISING
from training.exams.rules.analysis.figures import ItemFigures
from training.exams.rules.analysis.flags import ItemFlag
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.rules.blueprint import ItemKind
from training.insights.rules.attention.findings import Concern, Figures, Finding, doublings
from training.judgements.rules import wilson

NOBODY, EVERYBODY = 0.01, 0.99
"""Shares of right answers from which on an item tells nobody apart."""
DEAD_SHARE = 0.05
"""A wrong answer that surely draws fewer of those who err distracts nobody (Tarrant, Ware & Mohammed 2009 set 5 %)."""
LEAST_DIFFERENCE = 0.10
"""Translations whose facility differs by less are left alone, however many answered them."""


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """The current version of an item that may be drawn, with its figures."""

    slug: str
    version: int
    kind: ItemKind
    family: str
    language: str
    figures: ItemFigures


def of_answers(item: AnsweredItem) -> Iterator[Finding]:
    """A probable wrong key, an item that tells nobody apart, answers that nobody takes."""
    figures = item.figures
    if ItemFlag.WRONG_KEY in figures.flags and figures.suspicion is not None:
        told = {"ratio": figures.suspicion.log_ratio, "count": figures.suspicion.looked_at}
        yield _about(item, Concern.WRONG_KEY, told, weight=figures.suspicion.log_ratio, basis=(figures.suspicion.looked_at,))
    if weight_of(Figure.FACILITY, figures.count) is not Weight.FIRM:
        return
    if not NOBODY < figures.facility.point < EVERYBODY:
        is_nobody = figures.facility.point <= NOBODY
        told = {"share": figures.facility.point, "count": figures.count}
        yield _about(item, Concern.NO_SPREAD, told, weight=2.0 if is_nobody else 1.0, basis=(is_nobody, doublings(figures.count)))
    dead, wrong = dead_distractors(item)
    if dead:
        told = {"dead": dead, "wrong": wrong, "count": figures.count}
        yield _about(item, Concern.DEAD_DISTRACTORS, told, weight=dead / wrong, basis=(dead,))


def _about(item: AnsweredItem, concern: Concern, told: Figures, *, weight: float, basis: tuple[object, ...]) -> Finding:
    return Finding(concern, item.slug, told, weight, (item.version, *basis), names=(item.slug,), leads_to=(item.slug,))


def dead_distractors(item: AnsweredItem) -> tuple[int, int]:
    """How many wrong answers of a single choice surely draw less than a twentieth of those who err, of how many wrong answers there are.

    With every answer right nothing is known of the wrong ones: an easy item is no fault by itself.
    """
    if item.kind is not ItemKind.SINGLE or weight_of(Figure.DISTRACTORS, item.figures.count) is not Weight.FIRM:
        return 0, 0
    wrong_options = round(1 / item.figures.guess) - 1
    taken = [answer.count for answer in item.figures.chosen if answer.code and not answer.right_count]
    erring = sum(taken)
    counts = [*taken, *[0] * (wrong_options - len(taken))]
    return sum(_is_surely_rare(count, erring) for count in counts), wrong_options


def _is_surely_rare(count: int, of: int) -> bool:
    share = wilson(count, of)
    return share is not None and share.high < DEAD_SHARE


def of_translations(items: Iterable[AnsweredItem]) -> Iterator[Finding]:
    """Items of one family and kind in different languages of which one is much easier than the other; each pair once."""
    families: defaultdict[tuple[str, ItemKind], list[AnsweredItem]] = defaultdict(list)
    for item in items:
        if weight_of(Figure.FACILITY, item.figures.count) is Weight.FIRM:
            families[item.family, item.kind].append(item)
    for members in families.values():
        yield from _pairs(sorted(members, key=lambda item: item.slug))


def _pairs(members: Sequence[AnsweredItem]) -> Iterator[Finding]:
    for first, second in combinations(members, 2):
        z = difference(first.figures, second.figures)
        shares = first.figures.facility.point, second.figures.facility.point
        if first.language == second.language or abs(z) <= SURPRISING or abs(shares[0] - shares[1]) < LEAST_DIFFERENCE:
            continue
        slugs = first.slug, second.slug
        told: Figures = {"share": shares[0], "other": shares[1], "language": first.language, "other_language": second.language}
        basis = (first.version, second.version, shares[0] > shares[1], doublings(min(first.figures.count, second.figures.count)))
        yield Finding(Concern.TRANSLATIONS, " ".join(slugs), told, abs(z), basis, names=slugs, leads_to=(first.slug,))


def difference(one: ItemFigures, other: ItemFigures) -> float:
    """How far two facilities are apart, by the test of two proportions: z = (p₁ − p₂) / √(p (1 − p) (1/n₁ + 1/n₂)), p over both."""
    pooled = (one.facility.point * one.count + other.facility.point * other.count) / (one.count + other.count)
    error = sqrt(pooled * (1 - pooled) * (1 / one.count + 1 / other.count))
    return (one.facility.point - other.facility.point) / error if error else 0.0
