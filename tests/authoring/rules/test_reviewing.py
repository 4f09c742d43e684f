"""Who may review a draft, and how many approvals it needs."""

import pytest

from training.authoring.rules.reviewing import Verdict, approvals_needed, is_approved, review_refusal
from training.authoring.rules.states import DraftRefusal
from training.cases.rules import Severity

APPROVED, CHANGES_ASKED = Verdict


@pytest.mark.parametrize(("reviewer", "reason"), [(1, DraftRefusal.OWN_DRAFT), (2, DraftRefusal.OWN_DRAFT), (3, DraftRefusal.REVIEWED_ALREADY), (4, None)])
def test_neither_author_nor_contributor_reviews_nor_anybody_twice(reviewer: int, reason: DraftRefusal | None) -> None:
    assert review_refusal(reviewer, author_id=1, contributors={2}, reviewed_by={3}) is reason


@pytest.mark.parametrize(("severities", "needed"), [([], 1), ([Severity.S3, None], 1), ([Severity.S0, Severity.S4], 2)])
def test_the_most_severe_harm_needs_two(severities: list[Severity | None], needed: int) -> None:
    assert approvals_needed(severities) == needed


@pytest.mark.parametrize(
    ("verdicts", "needed", "approved"),
    [({}, 1, False), ({1: APPROVED}, 1, True), ({1: APPROVED}, 2, False), ({1: APPROVED, 2: APPROVED}, 2, True), ({1: APPROVED, 2: CHANGES_ASKED}, 1, False)],
)
def test_it_is_approved_by_so_many_and_not_while_anybody_asks_for_changes(verdicts: dict[int, Verdict], needed: int, approved: bool) -> None:
    assert is_approved(verdicts, needed=needed) is approved
