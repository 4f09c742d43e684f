"""What blind labels of one case come to, and who is asked for one."""

from training.cases.rules import Action, Severity
from training.judgements.rules import CaseAnswer, Interval, Reference
from training.quality.rules.calibration import Agreement
from training.quality.rules.panels import PanelRefusal, PanelState, asking_refusal, panel_found

AREAS = {"PRO-03": "PRO", "PRO-01": "PRO"}
UNKNOWN = Agreement(None, None, 0)
REMOVED = CaseAnswer(frozenset({Action.REMOVE}), ("PRO-03",), Severity.S3)
FINE = CaseAnswer(frozenset({Action.APPROVE}), ("OUT-00",), Severity.S0)
WORST = CaseAnswer(frozenset({Action.REMOVE}), ("PRO-03",), Severity.S4)
EXPERT = Reference((frozenset({Action.REMOVE}),), ("PRO-03",), Severity.S3)


def test_three_labels_suffice_where_most_say_the_same() -> None:
    found = panel_found([REMOVED, FINE, REMOVED], EXPERT, AREAS, agreement=UNKNOWN)
    assert (found.state, found.needed, found.suffices) == (PanelState.AGREES, 3, True)
    assert panel_found([REMOVED, FINE, FINE], EXPERT, AREAS, agreement=UNKNOWN).state is PanelState.DIFFERS


def test_two_labels_are_too_few_and_are_not_told() -> None:
    found = panel_found([REMOVED, REMOVED], EXPERT, AREAS, agreement=UNKNOWN)
    assert (found.state, found.suffices, found.is_told) == (PanelState.TOO_FEW, False, False)


def test_one_label_of_s4_wants_five() -> None:
    found = panel_found([REMOVED, REMOVED, WORST], EXPERT, AREAS, agreement=UNKNOWN)
    assert (found.state, found.needed) == (PanelState.TOO_FEW, 5)
    assert panel_found([REMOVED, REMOVED, WORST, WORST, REMOVED], EXPERT, AREAS, agreement=UNKNOWN).state is PanelState.AGREES


def test_without_a_majority_nothing_is_decided() -> None:
    assert panel_found([REMOVED, FINE, REMOVED, FINE], EXPERT, AREAS, agreement=UNKNOWN).state is PanelState.UNDECIDED


def test_labellers_of_an_area_who_surely_disagree_decide_nothing() -> None:
    low = Interval(0.2, 0.4, 0.6)
    assert panel_found([REMOVED] * 3, EXPERT, AREAS, agreement=Agreement(low, 0.5, 10)).state is PanelState.UNDECIDED
    assert panel_found([REMOVED] * 3, EXPERT, AREAS, agreement=Agreement(low, 0.5, 9)).state is PanelState.AGREES


def test_only_colleagues_who_are_blind_are_asked() -> None:
    terms = {"colleagues": {1, 2, 3}, "informed": {3}, "is_open_call": False}
    assert asking_refusal(set(), **terms) is PanelRefusal.NOBODY
    assert asking_refusal({1, 4}, **terms) is PanelRefusal.NOT_A_COLLEAGUE
    assert asking_refusal({1, 3}, **terms) is PanelRefusal.IS_INFORMED
    assert asking_refusal({1, 2}, **terms) is None
    assert asking_refusal(set(), **terms | {"is_open_call": True}) is None
    assert asking_refusal(set(range(51)), **terms) is PanelRefusal.TOO_MANY
