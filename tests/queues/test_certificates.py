"""What certificates say at the gate: those that others build on, when an end is told of, and when somebody may try again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.queues.test_rules import FIT, NEEDS, ask, codes, day, entry, fact, term
from training.accounts.rules import FactKind
from training.certification.rules import EventKind, LedgerEvent, Use
from training.exams.rules.blueprint import RetakeRule
from training.exams.rules.timing import AttemptState
from training.exams.rules.waiting import ExamRule, ExamRules, ExamsNeeded, Grade, Sat, SatAttempt
from training.queues.rules.decision import Access, Code, Decision, Reason
from training.queues.rules.evidence import Conditions, Evidence, Override, Requirements, RequirementsVersion


def conditions(certification: str, *prerequisites: str, window: int = 30, at: float = 0, recorded: float | None = None) -> Conditions:
    return Conditions(certification, prerequisites, window, day(at), day(at if recorded is None else recorded), 1)


def holding(**terms: Iterable[LedgerEvent]) -> Evidence:
    """Somebody fit with these ledgers beside; the queue's certificate is built on `entry`."""
    ledger = {"moderator": (term(0, 180),), **{slug: tuple(events) for slug, events in terms.items()}}
    return replace(FIT, ledger=ledger, conditions=(conditions("moderator", "entry"),))


def found(decision: Decision, code: Code) -> Reason:
    (reason,) = [reason for reason in decision.reasons if reason.code is code]
    return reason


def test_a_certificate_counts_only_while_those_that_it_is_built_on_are_in_force() -> None:
    both = holding(entry=[term(0, 100)])
    decision = ask(both)
    assert (decision.access, decision.valid_until) == (Access.ALLOW, day(100))
    lapsed = ask(both, 100)
    assert (lapsed.access, codes(lapsed)) == (Access.DENY, {"PREREQUISITE_MISSING"})
    assert found(lapsed, Code.PREREQUISITE_MISSING) == Reason(Code.PREREQUISITE_MISSING, "entry", since=day(100), until=day(100))


def test_one_that_was_never_held_is_missing_since_it_is_asked_for() -> None:
    never = replace(holding(), conditions=(conditions("moderator", "entry", at=5),))
    assert found(ask(never), Code.PREREQUISITE_MISSING).since == day(5)


def test_what_builds_on_something_that_is_missing_is_missing_as_well() -> None:
    deep = replace(holding(entry=[term(0, 100)]), conditions=(conditions("moderator", "entry"), conditions("entry", "basics", "moderator")))
    assert found(ask(deep), Code.PREREQUISITE_MISSING).subject == "basics"
    assert ask(replace(deep, ledger={**deep.ledger, "basics": (term(0, 50),)})).valid_until == day(50)


def test_a_prerequisite_that_the_queue_asks_for_itself_is_told_once_in_each_way() -> None:
    twice = replace(holding(), demands=(RequirementsVersion(replace(NEEDS, all_of=("moderator", "entry")), day(-10), day(-10), 1),))
    assert [reason.code.value for reason in ask(twice).reasons] == ["PREREQUISITE_MISSING", "NO_CERTIFICATION"]


def test_what_it_asks_since_later_denied_nobody_before() -> None:
    later = replace(holding(), conditions=(conditions("moderator", "entry", at=20, recorded=1),))
    assert (ask(later).access, ask(later).valid_until) == (Access.ALLOW, day(20))
    assert ask(later, 20).access is Access.DENY
    assert ask(replace(later, conditions=(conditions("moderator", "entry", at=5, recorded=20),))).access is Access.ALLOW
    dropped = replace(later, conditions=(*later.conditions, replace(conditions("moderator", at=30), number=2)))
    assert (ask(dropped, 25).access, ask(dropped, 30).access) == (Access.DENY, Access.ALLOW)


def test_an_exception_lifts_a_missing_prerequisite() -> None:
    opened = replace(holding(), overrides=(Override(True, day(9), day(12), day(9)),))
    assert ask(opened).access is Access.ALLOW
    assert found(ask(opened), Code.PREREQUISITE_MISSING).is_waived


def test_of_two_that_will_do_the_one_whose_foundation_holds_counts() -> None:
    either = RequirementsVersion(Requirements(any_of=("moderator", "other")), day(-10), day(-10), 1)
    evidence = replace(holding(other=[term(0, 40)]), demands=(either,))
    assert (ask(evidence).access, ask(evidence).valid_until) == (Access.ALLOW, day(40))


def lapsing(evidence: Evidence, at: float) -> float | None:
    """Since which day the end is told of on this day."""
    reasons = [reason for reason in ask(evidence, at).reasons if reason.code is Code.CERTIFICATE_LAPSING]
    return (reasons[0].since - day(0)) / timedelta(days=1) if reasons and reasons[0].since else None


@pytest.mark.parametrize(
    ("window", "length", "since"),
    [
        (30, 180, 150),
        (7, 180, 173),
        (90, 180, 150),
        (0, 180, 150),
        (30, 20, 10),
    ],
)
def test_an_end_is_told_of_in_the_renewal_window_at_most_thirty_days_or_half_the_term_before(window: int, length: int, since: float) -> None:
    evidence = replace(FIT, ledger={"moderator": (term(0, length),)}, conditions=(conditions("moderator", window=window),))
    assert lapsing(evidence, since - 0.1) is None
    assert lapsing(evidence, since) == since


def test_what_ends_by_disuse_is_told_of_once_half_of_its_days_are_over_without_work() -> None:
    begun = replace(term(0, 1), valid_until=None, disuse_days=14)
    worked = Use(day(20), ((day(0), day(20)),), 1)
    evidence = replace(FIT, ledger={"moderator": (begun,)}, uses={"moderator": (worked,)})
    assert lapsing(evidence, 20) is None, "somebody at work is not told every day"
    assert lapsing(evidence, 27) == 27


def test_the_end_of_what_it_is_built_on_is_told_of_too() -> None:
    ending = holding(entry=[term(0, 60)])
    assert found(ask(ending, 40), Code.CERTIFICATE_LAPSING).subject == "entry"


RULES = ExamRules((ExamRule("the-exam", 1, day(-50), RetakeRule((24,), 5, 30)),), (ExamsNeeded("moderator", 1, day(-50), "the-exam", ()),))


def failed(at: float) -> SatAttempt:
    return SatAttempt(1, "moderator", "the-exam", 1, False, "a", AttemptState.SUBMITTED, day(at), day(at), False, (Grade(1, day(at), False),))


@pytest.mark.parametrize(
    "ledger",
    [
        {},
        {"moderator": (term(-200, 5),)},
        {"moderator": (term(0, 180), entry(EventKind.SUSPENDED, 5))},
        {"moderator": (term(0, 180), entry(EventKind.REVOKED, 5))},
    ],
)
def test_beside_a_certificate_that_is_to_be_earned_it_says_until_when_the_exam_waits(ledger: dict[str, tuple[LedgerEvent, ...]]) -> None:
    decision = ask(replace(FIT, ledger=ledger, sat=Sat((failed(9.5),)), exam_rules=RULES))
    assert found(decision, Code.COOLDOWN) == Reason(Code.COOLDOWN, "the-exam", since=day(9.5), until=day(10.5))
    assert (decision.access, found(decision, Code.COOLDOWN).effect.value) == (Access.DENY, "note")
    assert Code.COOLDOWN not in {reason.code for reason in ask(replace(FIT, ledger=ledger, sat=Sat((failed(9.5),)), exam_rules=RULES), 10.5).reasons}


def test_who_holds_the_certificate_hears_nothing_of_exams() -> None:
    assert ask(replace(FIT, sat=Sat((failed(9.5),)), exam_rules=RULES)).reasons == ()


def test_every_reason_says_since_when() -> None:
    asked_later = RequirementsVersion(replace(NEEDS, all_of=("moderator", "specialist"), modules=(), languages=frozenset({"id", "vi"})), day(6), day(6), 2)
    evidence = replace(
        FIT,
        acknowledgements=(),
        facts=(*FIT.facts, fact(FactKind.STATUS, "deactivated", at=4), fact(FactKind.MARKETS, ["MY"], at=7), fact(FactKind.MARKETS, ["SG"], at=8)),
        demands=(*FIT.demands, asked_later),
    )
    since = {(reason.code.value, reason.subject): reason.since for reason in ask(evidence).reasons}
    assert since == {
        ("DEACTIVATED", None): day(4),
        ("NO_CERTIFICATION", "specialist"): day(6),
        ("LANGUAGE_MISMATCH", "vi"): day(6),
        ("MARKET_MISMATCH", "ID"): day(7),
    }
    assert {reason.since for reason in ask(evidence, 5).reasons if reason.code is Code.POLICY_UNREAD} == {day(-10)}
    ungated = replace(FIT, demands=(*FIT.demands, RequirementsVersion(Requirements(), day(3), day(3), 2)))
    assert ask(ungated).reasons == (Reason(Code.QUEUE_UNGATED, since=day(3)),)
