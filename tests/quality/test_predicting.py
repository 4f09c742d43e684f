"""Does the exam predict quality? Held against other people's figures and functions, and on its page."""

from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import pytest
from scipy.stats import pearsonr
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.certification.factories import award
from tests.conftest import Browser
from tests.exams.factories import ExamFactory
from tests.exams.sittings import A, sat
from tests.quality.factories import DECIDED, audit
from training.accounts.rules import Role
from training.certification import queries as certification
from training.db import db
from training.exams.models import ItemVersion
from training.quality import queries
from training.quality.rules import Pair, PredictionWord, prediction
from training.quality.rules.predicting import corrected_for_range, correlation_interval, quality_reliability

AsRole = Callable[..., Browser]


def test_the_correction_is_that_of_other_people() -> None:
    """The documented example of `correct_r_direct_range_restriction` (R package personnelSelectionUtility): .25 at a ratio of 1.40 is .3399501."""
    assert corrected_for_range(0.25, 1.4) == pytest.approx(0.3399501, abs=1e-7)
    assert corrected_for_range(-0.25, 1.4) == pytest.approx(-0.3399501, abs=1e-7)
    assert corrected_for_range(0.5, 1) == 0.5
    assert corrected_for_range(0, 3) == 0


def test_the_correction_finds_again_what_selection_hid() -> None:
    chance = np.random.default_rng(9)
    score = chance.standard_normal(200_000)
    quality = 0.5 * score + np.sqrt(0.75) * chance.standard_normal(200_000)
    is_in = score > 0.5
    hidden = float(np.corrcoef(score[is_in], quality[is_in])[0, 1])
    assert hidden < 0.3
    assert corrected_for_range(hidden, float(score.std() / score[is_in].std())) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("seed", range(3))
def test_the_correlation_and_its_interval_are_those_of_scipy(seed: int) -> None:
    chance = np.random.default_rng(seed)
    one = chance.random(40)
    other = one + chance.random(40)
    expected = pearsonr(one, other)
    limits = expected.confidence_interval(0.95)
    found = correlation_interval(one.tolist(), other.tolist())
    assert found is not None
    assert (found.low, found.point, found.high) == pytest.approx((limits.low, expected.statistic, limits.high), abs=1e-6)


def test_without_variation_or_with_too_few_there_is_no_correlation() -> None:
    assert correlation_interval([1, 2, 3], [1, 2, 3]) is None
    assert correlation_interval([1.0] * 9, range(9)) is None


def test_the_reliability_of_audited_quality_falls_with_fewer_audits() -> None:
    chance = np.random.default_rng(3)
    truth = chance.beta(18, 2, 4_000)

    def found(audits: int) -> float:
        rights = chance.binomial(audits, truth)
        value = quality_reliability([Pair(0.9, audits, int(right)) for right in rights])
        assert value is not None
        return value

    spread = float(truth.var())
    noise = float((truth * (1 - truth)).mean())
    for audits in (20, 100):
        assert found(audits) == pytest.approx(spread / (spread + noise / audits), abs=0.03)
    assert quality_reliability([Pair(0.9, 20, 19)] * 5) is None


def pairs(count: int, slope: float, *, audits: int = 200, seed: int = 1) -> list[Pair]:
    chance = Random(seed)
    scores = [0.8 + 0.2 * chance.random() for _ in range(count)]
    return [Pair(score, audits, round(audits * min(1, max(0, 0.9 + slope * (score - 0.9) + chance.gauss(0, 0.02))))) for score in scores]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (pairs(29, 0.5), PredictionWord.TOO_FEW),
        (pairs(40, 0.5, audits=9), PredictionWord.TOO_FEW),
        ([Pair(0.9, 20, 19)] * 40, PredictionWord.ALL_ALIKE),
        (pairs(40, 0), PredictionWord.NOT_SHOWN),
        (pairs(40, 0.5), PredictionWord.SHOWN),
        (pairs(40, -0.5), PredictionWord.REVERSED),
    ],
)
def test_what_is_said(given: Sequence[Pair], word: PredictionWord) -> None:
    assert prediction([pair.score for pair in given], given).word is word


def test_all_who_tried_make_the_correction() -> None:
    given = pairs(40, 0.5)
    tried = [pair.score for pair in given] + [0.3 + place / 100 for place in range(40)]
    found = prediction(tried, given)
    assert found.observed is not None and found.corrected is not None and found.tried_deviation is not None and found.audited_deviation is not None
    assert found.tried_deviation > found.audited_deviation
    assert 0 < found.observed.low < found.corrected.low
    assert found.observed.point < found.corrected.point < 1
    assert (found.tried_count, found.audited_count) == (80, 40)


@pytest.mark.usefixtures("app")
def test_the_page_says_not_shown_before_it_says_anything(as_role: AsRole) -> None:
    analyst = as_role(Role.QA)
    assert "No certification has an exam" in analyst.get("/quality/prediction").text
    exam = ExamFactory(id="claims-exam", certification="claims-reviewer")
    held, version = certification.certification_by_slug("claims-reviewer"), db.session.scalars(select(ItemVersion.id)).first()
    assert version is not None
    for place in range(34):
        person = PersonFactory()
        sat(exam, [version], [A], person_id=person.id, points=60 + place, is_passed=place > 3)
        if place > 3:
            award(person.id, held, now=DECIDED)
            audit(person, held, [True] * (10 + place) + [False] * (33 - place if place < 33 else 1))
    (found,) = queries.predictions()
    assert (found.found.tried_count, found.found.audited_count, found.found.word) == (34, 30, PredictionWord.SHOWN)
    page = analyst.get("/quality/prediction").text
    assert "Higher scores go with better work." in page and "not known yet" in page
    lines = analyst.get("/quality/prediction.csv").text.splitlines()
    assert lines[1].startswith("Claims reviewer,claims-exam,34,30,0.9") and lines[1].endswith(",Shown")
    assert as_role(Role.LEAD).get("/quality/prediction").status_code == 403


@pytest.mark.usefixtures("app")
def test_too_few_people_are_said_to_be_too_few(as_role: AsRole) -> None:
    ExamFactory(id="claims-exam", certification="claims-reviewer")
    assert "Nobody has sat the exam yet." in as_role(Role.AUDITOR).get("/quality/prediction").text
