from datetime import UTC, datetime, timedelta

from training.exams.rules.viewing import Viewing, ViewingDeed, ViewingEvent, viewing_at

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPENED, SEEN = ViewingEvent(ViewingDeed.OPENED, NOON + timedelta(minutes=30)), ViewingEvent(ViewingDeed.SEEN)


def test_nothing_is_open_before_somebody_opens_it() -> None:
    assert viewing_at([], NOON) == Viewing()


def test_a_view_ends_by_itself_and_may_be_opened_again() -> None:
    late = NOON + timedelta(minutes=30)
    assert viewing_at([OPENED, SEEN], NOON) == Viewing(is_seen=True, open_until=late)
    assert viewing_at([OPENED, SEEN], late) == Viewing(is_seen=True)
    again = ViewingEvent(ViewingDeed.OPENED, late + timedelta(minutes=5))
    assert viewing_at([OPENED, SEEN, again], late).open_until == again.until
