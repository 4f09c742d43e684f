"""All figures of items at once: from a sheet of first attempts to what is kept of every item version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from training.exams.rules.analysis.ability import ability_groups
from training.exams.rules.analysis.drift import FIRST_LOOK, Drift, drift, look_up_to
from training.exams.rules.analysis.figures import AbilityGroup, Chosen, GroupDifference, ItemFigures, Suspicion, Times
from training.exams.rules.analysis.flags import Observed, flags_of
from training.exams.rules.analysis.intervals import correlation_interval
from training.exams.rules.analysis.items import FIFTHS, THIRDS, TOP_THIRD, answers_given, discrimination, efficiency, groups_by_rest, moments, rest_order
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.rules.analysis.sheet import Sheet, cells_of, rest_proportions
from training.exams.rules.analysis.times import item_times, known_or_none
from training.exams.rules.analysis.wrong_keys import suspicions
from training.judgements.rules import wilson

MOST_ANSWERS = 12
"""How many different answers to an item are kept; the rarest are left out."""
FEWEST_POSSIBLE = 4
"""Among how many answers somebody chooses at least, where any answer can be given: the fewer, the weaker the evidence against a key."""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What has to be known of an item version beside its answers."""

    guess: float
    answer_count: int | None
    """Among how many answers a candidate chooses; nothing where any can be given, as to cases."""
    area: str
    weight: int
    is_critical: bool = False
    """Whether a wrong answer is a critical miss."""
    ruled_up_to: int = 0
    """A person looked at its key when there were so many answers, and released it: only later looks count."""


def item_reports(sheet: Sheet, facts: Mapping[int, ItemFacts], differences: Mapping[int, Sequence[GroupDifference]]) -> dict[int, ItemFigures]:
    """The figures of every item version that was answered, by its id."""
    timed = item_times(sheet)
    rests = rest_proportions(sheet)
    order = rest_order(sheet, rests)
    found = moments(sheet, rests)
    cells = cells_of(sheet)
    third, fifth = groups_by_rest(sheet, rests, order)
    given = answers_given(sheet, cells, rests, (third, fifth))
    by_third, by_fifth = (ability_groups(sheet, rests, order, group, count) for group, count in ((third, THIRDS), (fifth, FIFTHS)))
    versions = sheet.version_ids.tolist()
    possible = np.array([facts[version].answer_count or _possible(given[place]) for place, version in enumerate(versions)], dtype=np.int64)
    suspected = suspicions(sheet, cells, rests, possible)
    drifts = _drifts(sheet)
    measured = np.stack([found.mean, discrimination(found), efficiency(sheet, rests, order, found), timed.medians, timed.slowness], axis=1)
    reports = {}
    for place, (version, count, row) in enumerate(zip(versions, found.count.astype(int).tolist(), measured.tolist(), strict=True)):
        suspicion = _suspicion(suspected.get(place, []), facts[version].ruled_up_to)
        kept = _Kept(
            count, given[place], suspicion, drifts.get(place), tuple(differences.get(version, ())), by_third[place], by_fifth[place], timed.reports[place]
        )
        reports[version] = _report(facts[version].guess, kept, [known_or_none(value) for value in row])
    return reports


@dataclass(frozen=True, slots=True)
class _Kept:
    count: int
    given: list[Chosen]
    suspicion: Suspicion | None
    drift: Drift | None
    differences: tuple[GroupDifference, ...]
    thirds: tuple[AbilityGroup, ...]
    fifths: tuple[AbilityGroup, ...]
    times: Times | None


def _possible(given: Sequence[Chosen]) -> int:
    return max(FEWEST_POSSIBLE, sum(answer.code > 0 for answer in given))


def _suspicion(looks: Sequence[Suspicion], ruled_up_to: int) -> Suspicion | None:
    later = [look for look in looks if look.looked_at > ruled_up_to]
    asking = [look for look in later if look.is_for_review]
    return asking[-1] if asking else later[-1] if later else None


def _report(guess: float, kept: _Kept, measured: Sequence[float | None]) -> ItemFigures:
    count = kept.count
    mean, correlation, share, seconds, slow = measured
    facility = wilson((mean or 0.0) * count, count)
    assert facility is not None, "an item version is here because somebody answered it"
    shows = weight_of(Figure.DISCRIMINATION, count) is not Weight.TOO_FEW
    discriminates = correlation_interval(correlation, count) if shows and correlation is not None else None
    top_right = sum(answer.by_third[TOP_THIRD] for answer in kept.given if answer.right_count)
    top_wrong = [answer.by_third[TOP_THIRD] for answer in kept.given if not answer.right_count and answer.code]
    is_suspect = kept.suspicion is not None and kept.suspicion.is_for_review
    seen = Observed(
        count=count,
        facility=facility,
        guess=guess,
        discrimination=discriminates,
        top_right=top_right,
        top_favourite=max(top_wrong, default=0),
        slowness=slow,
        drift=kept.drift,
        is_key_suspect=is_suspect,
        differs_between_groups=any(each.functioning.is_large for each in kept.differences),
    )
    return ItemFigures(
        count=count,
        facility=facility,
        guess=guess,
        discrimination=discriminates,
        efficiency=share if shows else None,
        median_seconds=seconds,
        slowness=slow,
        chosen=tuple(kept.given[:MOST_ANSWERS]),
        suspicion=kept.suspicion,
        drift=kept.drift,
        differences=kept.differences,
        flags=flags_of(seen),
        thirds=kept.thirds,
        fifths=kept.fifths,
        times=kept.times,
    )


def _drifts(sheet: Sheet) -> dict[int, Drift]:
    """Per item index the latest look at its facility over time, where there were enough answers for one."""
    counts = np.bincount(sheet.item, minlength=sheet.item_count)
    places = np.flatnonzero(counts >= FIRST_LOOK)
    if not len(places):
        return {}
    order = np.argsort(sheet.item.astype(np.uint16) if sheet.item_count <= 65_536 else sheet.item, kind="stable")
    sums = np.r_[0.0, np.cumsum(sheet.credit[order])]
    starts = np.cumsum(counts) - counts
    found = {}
    for place, start, count in zip(places.tolist(), starts[places].tolist(), counts[places].tolist(), strict=True):
        half = (look_up_to(count) or 0) // 2
        found[place] = drift(float(sums[start + half] - sums[start]), float(sums[start + 2 * half] - sums[start + half]), half)
    return found
