"""Where a draft stands after what somebody does with it."""

import pytest

from training.authoring.rules.states import OPEN_STATES, WRITTEN_STATES, DraftDeed, DraftState, after

DRAFT, IN_REVIEW, CHANGES_ASKED, APPROVED, PUBLISHED, DISCARDED = DraftState
TABLE = {
    (DRAFT, DraftDeed.SAVE): DRAFT,
    (CHANGES_ASKED, DraftDeed.SAVE): CHANGES_ASKED,
    (DRAFT, DraftDeed.SUBMIT): IN_REVIEW,
    (CHANGES_ASKED, DraftDeed.SUBMIT): IN_REVIEW,
    (IN_REVIEW, DraftDeed.TAKE_BACK): DRAFT,
    (APPROVED, DraftDeed.TAKE_BACK): DRAFT,
    (IN_REVIEW, DraftDeed.ASK_FOR_CHANGES): CHANGES_ASKED,
    (APPROVED, DraftDeed.ASK_FOR_CHANGES): CHANGES_ASKED,
    (IN_REVIEW, DraftDeed.APPROVE): APPROVED,
    (APPROVED, DraftDeed.PUBLISH): PUBLISHED,
    (DRAFT, DraftDeed.DISCARD): DISCARDED,
    (IN_REVIEW, DraftDeed.DISCARD): DISCARDED,
    (CHANGES_ASKED, DraftDeed.DISCARD): DISCARDED,
    (APPROVED, DraftDeed.DISCARD): DISCARDED,
}


@pytest.mark.parametrize("state", DraftState)
@pytest.mark.parametrize("deed", DraftDeed)
def test_every_deed_leads_where_the_table_says_and_nowhere_else(state: DraftState, deed: DraftDeed) -> None:
    assert after(state, deed) == TABLE.get((state, deed))


def test_nothing_leads_out_of_what_was_published_or_discarded() -> None:
    assert not any(state in {PUBLISHED, DISCARDED} for state, _ in TABLE)
    assert WRITTEN_STATES < OPEN_STATES == set(DraftState) - {PUBLISHED, DISCARDED}


def test_only_what_was_approved_is_published() -> None:
    assert [state for (state, deed) in TABLE if deed is DraftDeed.PUBLISH] == [APPROVED]
