"""The detector of wrong keys: by hand, as often as somebody looks, and by simulation."""

from math import log

import numpy as np
import pytest

from tests.exams.rules.analysis.sheets import row
from training.exams.rules.analysis.sheet import Sheet, cells_of, rest_proportions, sheet_of
from training.exams.rules.analysis.wrong_keys import accuracies, evidence, looks_up_to, suspicions
from training.exams.rules.grading import Mark

A, B, C = 1, 2, 4
OPTION_COUNT = 4


def five_answers(*codes: int) -> Sheet:
    """Five candidates with nine of ten others right; item 99 has the key A."""
    rest = list(range(1, 11))
    marks = [1] * 9 + [0]
    return sheet_of([row([*rest, 99], [*marks, Mark.RIGHT if code == A else Mark.WRONG], [*([A] * 10), code]) for code in codes])


def ratio_of(sheet: Sheet) -> tuple[int, float]:
    """The suspected answer of item 99 and its ln LR at the first look."""
    found = suspicions(sheet, cells_of(sheet), rest_proportions(sheet), np.full(sheet.item_count, OPTION_COUNT))
    first = found[sheet.item_count - 1][0]
    return first.code, first.log_ratio


def test_the_ratio_matches_the_calculation_by_hand() -> None:
    """Accuracy (20 · .9 + .8) / 21 = .895238; each answer moves ln LR by ln(.895238 · 3 / .104762) = 3.244013."""
    assert accuracies(np.array([0.9]))[0] == pytest.approx(0.895238, abs=5e-7)
    step = log(0.8952380952 * 3 / 0.1047619048)
    assert evidence(0.8952380952, 4) == pytest.approx(step)
    assert ratio_of(five_answers(B, B, B, A, C)) == (B, pytest.approx(2 * step, abs=1e-6))
    assert ratio_of(five_answers(B, A, A, A, C)) == (B, pytest.approx(-2 * step, abs=1e-6))


def test_a_rest_of_all_or_nothing_is_clipped() -> None:
    assert accuracies(np.array([0.0, 1.0, np.nan])).tolist() == [0.05, 0.98, 0.05]


def test_an_item_is_looked_at_after_doublings_only() -> None:
    assert [looks_up_to(count) for count in (4, 5, 9, 10, 40)] == [[], [5], [5], [5, 10], [5, 10, 20, 40]]


def test_fewer_than_five_answers_are_not_looked_at() -> None:
    sheet = five_answers(B, B, B, B)
    assert suspicions(sheet, cells_of(sheet), rest_proportions(sheet), np.full(sheet.item_count, OPTION_COUNT)).get(sheet.item_count - 1, []) == []


def test_looking_after_every_answer_finds_nothing_that_looking_once_does_not() -> None:
    """Each look takes the first answers only, so its outcome never changes."""
    random = np.random.default_rng(7)
    codes = [int(code) for code in random.choice([A, B, C], 43, p=[0.5, 0.3, 0.2])]
    whole = five_answers(*codes)
    at_once = suspicions(whole, cells_of(whole), rest_proportions(whole), np.full(whole.item_count, OPTION_COUNT))[whole.item_count - 1]
    for count in range(5, 44):
        sheet = five_answers(*codes[:count])
        seen = suspicions(sheet, cells_of(sheet), rest_proportions(sheet), np.full(sheet.item_count, OPTION_COUNT))[sheet.item_count - 1]
        assert [(each.looked_at, round(each.log_ratio, 9)) for each in seen if each.log_ratio > 0] == [
            (each.looked_at, round(each.log_ratio, 9)) for each in at_once[: len(seen)] if each.log_ratio > 0
        ]


def simulated(items: int, answers: int, seed: int) -> tuple[Sheet, np.ndarray]:
    """Candidates of mean logit 1.35 on forms of 50 from a bank whose items differ by .9 logits; one key in ten is wrong."""
    random = np.random.default_rng(seed)
    form = 50
    people = answers * items // form
    item = np.concatenate([random.permutation(items)[:form] for _ in range(people)])
    attempt = np.repeat(np.arange(people), form)
    chance = 1 / (1 + np.exp(random.normal(0, 0.9, items)[item] - random.normal(1.35, 0.7, people)[attempt]))
    knows = random.random(len(item)) < chance
    code = np.where(knows, A, A << random.integers(1, OPTION_COUNT, len(item))).astype(np.uint16)
    is_wrong = random.random(items) < 0.1
    credit = (code == np.where(is_wrong, B, A)[item]).astype(np.float64)
    whole = np.ones(len(item), dtype=bool)
    return Sheet(np.arange(items), item, attempt, credit, whole, ~whole, code, np.zeros(len(item), dtype=np.uint16)), is_wrong


def rates(items: int, seed: int, looks: int) -> tuple[float, float]:
    """Which share of the wrong keys, and of the right ones, is flagged by so many looks."""
    sheet, is_wrong = simulated(items, 5 * 2**looks, seed)
    found = suspicions(sheet, cells_of(sheet), rest_proportions(sheet), np.full(items, OPTION_COUNT))
    flagged = np.array([any(each.is_for_review for each in found.get(index, [])[:looks]) for index in range(items)])
    return float(flagged[is_wrong].mean()), float(flagged[~is_wrong].mean())


def test_five_answers_find_most_wrong_keys_and_flag_few_right_ones() -> None:
    hit, false_alarm = rates(1_000, seed=1, looks=1)
    assert hit > 0.78
    assert false_alarm < 0.045


@pytest.mark.full
def test_the_detector_finds_what_the_measurement_chapter_says() -> None:
    hit, false_alarm = rates(20_000, seed=2, looks=1)
    assert hit == pytest.approx(0.85, abs=0.03)
    assert false_alarm == pytest.approx(0.03, abs=0.015)


@pytest.mark.full
def test_all_looks_together_find_nearly_every_wrong_key_and_still_flag_few_right_ones() -> None:
    hit, false_alarm = rates(4_000, seed=3, looks=5)
    assert hit > 0.97
    assert false_alarm < 0.06
