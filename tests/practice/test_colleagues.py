"""How colleagues answered a case: only of five or more, only in fives, and never who."""

from training.cases.rules import Action
from training.practice.rules import Colleagues, GivenByOther, colleagues_of

REMOVED = GivenByOther((Action.REMOVE, Action.STRIKE), "PRO-03")
APPROVED = GivenByOther((Action.APPROVE,), "OUT-00")
BLANK = GivenByOther((), None)


def test_of_four_colleagues_nothing_is_said() -> None:
    assert colleagues_of([]) is None
    assert colleagues_of([REMOVED] * 4) is None


def test_decisions_and_labels_are_counted_the_commonest_first() -> None:
    assert colleagues_of([APPROVED, BLANK, REMOVED, REMOVED, GivenByOther((Action.APPROVE,), "PRO-03")]) == Colleagues(
        count=5,
        decisions=(((Action.APPROVE,), 2), ((Action.REMOVE, Action.STRIKE), 2), ((), 1)),
        labels=(("PRO-03", 3), (None, 1), ("OUT-00", 1)),
    )


def test_what_is_said_does_not_change_with_one_more_answer() -> None:
    said = colleagues_of([REMOVED] * 5)
    for more in range(1, 5):
        assert colleagues_of([REMOVED] * 5 + [APPROVED] * more) == said
    changed = colleagues_of([REMOVED] * 5 + [APPROVED] * 5)
    assert changed is not None and changed.decisions == (((Action.APPROVE,), 5), ((Action.REMOVE, Action.STRIKE), 5))


def test_the_first_hundred_are_enough() -> None:
    said = colleagues_of([REMOVED] * 100 + [APPROVED] * 50)
    assert said is not None and said.decisions == (((Action.REMOVE, Action.STRIKE), 100),)
