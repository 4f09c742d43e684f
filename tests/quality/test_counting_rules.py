"""What the audits of a term come to, in figures and words."""

from datetime import UTC, datetime, timedelta

import pytest

from training.quality.rules import AuditedDecision, AuditError, Counted, QualityWord, Sampling, counted_from, evidence_shown

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def counted(audits: int, errors: int, *, error: AuditError = AuditError.FALSE_NEGATIVE, sampling: Sampling = Sampling.RANDOM) -> Counted:
    return Counted(NOW, [AuditedDecision(NOW + timedelta(hours=place), sampling, error if place < errors else None) for place in range(audits)])


@pytest.mark.parametrize(
    ("audits", "errors", "word"),
    [
        (0, 0, QualityWord.TOO_FEW),
        (9, 0, QualityWord.TOO_FEW),
        (4, 4, QualityWord.PROPOSED),
        (20, 1, QualityWord.USUAL),
        (100, 1, QualityWord.GOOD),
        (45, 0, QualityWord.GOOD),
        (44, 0, QualityWord.USUAL),
        (40, 10, QualityWord.WATCH),
        (40, 14, QualityWord.PROPOSED),
    ],
)
def test_the_word_for_it(audits: int, errors: int, word: QualityWord) -> None:
    assert counted(audits, errors).word is word


def test_the_share_of_errors_has_an_interval_from_ten_audits_on() -> None:
    assert counted(9, 2).error_rate is None
    rate = counted(50, 5).error_rate
    assert rate is not None  # Wilson's interval of 5 in 50, as in Newcombe 1998, method 3: .0435 to .2136
    assert (round(rate.low, 4), rate.point, round(rate.high, 4)) == (0.0435, 0.1, 0.2136)


def test_only_random_audits_since_then_count() -> None:
    mixed = Counted(NOW + timedelta(hours=2), [*counted(4, 4).decisions, *counted(3, 3, sampling=Sampling.COMPLAINT).decisions])
    assert (mixed.audit_count, mixed.error_count, mixed.other_count) == (2, 2, 1)
    assert (counted(30, 30, error=AuditError.TECHNICAL).error_count, counted(30, 30).error_count) == (0, 30)


def test_counting_begins_with_what_came_last() -> None:
    assert counted_from([NOW, None, NOW + timedelta(days=3), NOW - timedelta(days=3)]) == NOW + timedelta(days=3)


def test_evidence_is_shown_up_to_a_million() -> None:
    assert evidence_shown(0) == 1
    assert evidence_shown(700) == pytest.approx(1_000_000)
