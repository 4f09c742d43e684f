"""The gate's law, by values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.accounts.rules import Fact, FactKind
from training.certification.rules import EventKind, LedgerEvent
from training.courses.rules.versions import Version
from training.practice.rules import Asking, Consent, Sensitivity
from training.queues.rules.decision import EFFECTS, Access, Action, Code, Decision, Effect, Reason, answer
from training.queues.rules.evidence import Acknowledgement, Evidence, Obligation, Override, Requirements, RequirementsVersion

START = datetime(2026, 1, 1, tzinfo=UTC)
ids = count(1)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def fact(kind: FactKind, value: object, *, at: float = 0) -> Fact:
    return Fact(kind, value, day(at), day(at), next(ids))


def term(begin: float, end: float, *, kind: EventKind = EventKind.AWARDED, at: float | None = None) -> LedgerEvent:
    instant = day(begin if at is None else at)
    return LedgerEvent(next(ids), kind, instant, instant, day(begin), day(end), "c")


def entry(kind: EventKind, at: float) -> LedgerEvent:
    return LedgerEvent(next(ids), kind, day(at), day(at))


NEEDS = Requirements(
    all_of=("moderator",),
    languages=frozenset({"id"}),
    markets=frozenset({"ID"}),
    modules=(("claims", Version(1, 1, 0)),),
    areas=frozenset({"CLM"}),
)
PERSON = (fact(FactKind.STATUS, "active"), fact(FactKind.LANGUAGES, ["id", "en"]), fact(FactKind.MARKETS, ["ID"]))
READ = (Acknowledgement("claims", Version(1, 1, 0), day(0), day(0)),)
FIT = Evidence(
    facts=PERSON,
    ledger={"moderator": (term(0, 180),)},
    acknowledgements=READ,
    demands=(RequirementsVersion(NEEDS, day(-10), day(-10), 1),),
)


def ask(evidence: Evidence, at: float = 10, known: float | None = None) -> Decision:
    return answer(evidence, at=day(at), known_at=day(at if known is None else known))


def codes(decision: Decision) -> set[str]:
    return {reason.code.value for reason in decision.reasons}


def test_a_person_who_meets_everything_is_allowed_until_the_certificate_ends() -> None:
    decision = ask(FIT)
    assert (decision.access, decision.reasons, decision.valid_until) == (Access.ALLOW, (), day(180))


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        (replace(FIT, ledger={}), "NO_CERTIFICATION"),
        (replace(FIT, ledger={"moderator": (term(-200, 5),)}), "CERTIFICATE_LAPSED"),
        (replace(FIT, ledger={"moderator": (term(20, 200, at=1),)}), "CERTIFICATE_PENDING"),
        (replace(FIT, ledger={"moderator": (term(0, 180), entry(EventKind.SUSPENDED, 5))}), "CERTIFICATE_SUSPENDED"),
        (replace(FIT, ledger={"moderator": (term(0, 180), entry(EventKind.REVOKED, 5))}), "CERTIFICATE_REVOKED"),
        (replace(FIT, acknowledgements=()), "POLICY_UNREAD"),
        (replace(FIT, acknowledgements=(Acknowledgement("claims", Version(1, 0, 9), day(0), day(0)),)), "POLICY_UNREAD"),
        (replace(FIT, facts=(*PERSON, fact(FactKind.LANGUAGES, ["en"], at=1))), "LANGUAGE_MISMATCH"),
        (replace(FIT, facts=(*PERSON, fact(FactKind.MARKETS, ["MY"], at=1))), "MARKET_MISMATCH"),
        (replace(FIT, facts=(*PERSON, fact(FactKind.STATUS, "deactivated", at=1))), "DEACTIVATED"),
        (replace(FIT, facts=PERSON[1:]), "DEACTIVATED"),
        (replace(FIT, facts=()), "UNKNOWN_SUBJECT"),
        (replace(FIT, demands=()), "UNKNOWN_QUEUE"),
        (replace(FIT, obligations=(Obligation("claims", frozenset({"CLM"}), day(1), day(5), day(1)),)), "DELTA_OVERDUE"),
        (replace(FIT, overrides=(Override(False, day(9), day(11), day(9)),)), "OVERRIDE_DENIES"),
    ],
)
def test_each_thing_missing_denies_with_its_own_code(evidence: Evidence, code: str) -> None:
    decision = ask(evidence)
    assert decision.access is Access.DENY
    assert codes(decision) == {code}


@pytest.mark.parametrize(
    ("evidence", "at", "code"),
    [
        (FIT, 150, "CERTIFICATE_LAPSING"),
        (replace(FIT, obligations=(Obligation("claims", frozenset({"CLM"}), day(1), day(50), day(1)),)), 10, "DELTA_DUE"),
        (replace(FIT, demands=(RequirementsVersion(Requirements(areas=frozenset({"CLM"})), day(0), day(0), 1),)), 10, "QUEUE_UNGATED"),
    ],
)
def test_a_note_does_not_deny(evidence: Evidence, at: float, code: str) -> None:
    decision = ask(evidence, at)
    assert (decision.access, codes(decision)) == (Access.ALLOW, {code})


def test_a_delta_in_another_area_touches_nothing() -> None:
    assert ask(replace(FIT, obligations=(Obligation("fraud", frozenset({"FRD"}), day(1), day(5), day(1)),))).reasons == ()


def test_a_delta_that_was_met_touches_nothing_from_then_on() -> None:
    met = replace(FIT, obligations=(Obligation("claims", frozenset({"CLM"}), day(1), day(5), day(1), day(7), day(7)),))
    assert ask(met, 6).access is Access.DENY
    assert ask(met, 7).access is Access.ALLOW


def test_any_one_of_the_alternatives_is_enough_and_the_longest_counts() -> None:
    either = Requirements(any_of=("entry", "moderator"))
    evidence = replace(FIT, ledger={"entry": (term(0, 40),), "moderator": (term(0, 180),)}, demands=(RequirementsVersion(either, day(0), day(0), 1),))
    assert ask(evidence).valid_until == day(180)
    assert codes(ask(evidence)) == set()
    nothing = ask(replace(evidence, ledger={}))
    assert [reason.subject for reason in nothing.reasons] == ["entry", "moderator"]


def test_an_override_lifts_what_is_missing_and_says_so() -> None:
    opened = replace(FIT, ledger={}, overrides=(Override(True, day(9), day(12), day(9)),))
    decision = ask(opened)
    assert (decision.access, codes(decision), decision.valid_until) == (Access.ALLOW, {"NO_CERTIFICATION", "OVERRIDE_ACTIVE"}, day(12))
    assert ask(opened, 12).access is Access.DENY


def test_a_revoked_override_acts_no_longer() -> None:
    revoked = replace(FIT, ledger={}, overrides=(Override(True, day(9), day(12), day(9), day(10), day(10)),))
    assert ask(revoked, 9.5).access is Access.ALLOW
    assert ask(revoked, 10).access is Access.DENY


def test_no_override_opens_a_queue_for_somebody_deactivated() -> None:
    gone = replace(FIT, facts=(*PERSON, fact(FactKind.STATUS, "deactivated", at=1)), overrides=(Override(True, day(9), day(12), day(9)),))
    assert ask(gone).access is Access.DENY


def test_a_change_of_requirements_counts_from_its_instant() -> None:
    stricter = RequirementsVersion(replace(NEEDS, all_of=("moderator", "specialist")), day(20), day(15), 2)
    evidence = replace(FIT, demands=(*FIT.demands, stricter))
    assert ask(evidence, 19.9).valid_until == day(20)
    assert ask(evidence, 20).access is Access.DENY
    assert ask(evidence, 14).valid_until == day(180), "on day 14 the change had not been recorded"


def test_a_denied_person_hears_when_time_alone_opens_the_queue() -> None:
    decision = ask(replace(FIT, ledger={"moderator": (term(20, 200, at=1),)}))
    assert (decision.access, decision.next_change_at, decision.valid_until) == (Access.DENY, day(20), None)


def test_work_in_shadow_is_granted_by_allow_and_by_shadow() -> None:
    allowed, denied = ask(FIT), ask(replace(FIT, ledger={}))
    assert allowed.grants(Action.WORK) and allowed.grants(Action.WORK_IN_SHADOW)
    assert not denied.grants(Action.WORK) and not denied.grants(Action.WORK_IN_SHADOW)


def test_every_code_has_an_effect() -> None:
    assert set(EFFECTS) == set(Code)
    assert all(Reason(code).effect is EFFECTS[code] for code in Code)


instants = st.integers(0, 60)
ledgers = st.lists(st.tuples(st.sampled_from(EventKind), instants, st.integers(1, 40)), max_size=6)
overrides = st.lists(st.tuples(st.booleans(), instants, st.integers(1, 3)), max_size=3)
changes = st.lists(st.tuples(st.sampled_from(["CLM", "FRD"]), instants, st.integers(1, 20), st.none() | st.integers(0, 30)), max_size=4)
"""Policy changes: their area, when each was published, days until it is due, and days until it was learned."""


def _with_changes(evidence: Evidence, published: list[tuple[str, int, int, int | None]], *, until: int | None = None) -> Evidence:
    """The same with what each change asked of the person; with `until`, as it stood that day."""
    owed = []
    for area, at, length, learned in published:
        met = None if learned is None or (until is not None and at + learned > until) else day(at + learned)
        if until is None or at <= until:
            owed.append(Obligation("claims", frozenset({area}), day(at), day(at + length), day(at), met, met))
    return replace(evidence, obligations=tuple(owed))


def _random(history: list[tuple[EventKind, int, int]], exceptions: list[tuple[bool, int, int]]) -> Evidence:
    with_terms = {EventKind.AWARDED, EventKind.RENEWED}
    events = tuple(term(at, at + length, kind=kind) if kind in with_terms else entry(kind, at) for kind, at, length in history)
    given_ = tuple(Override(allows, day(at), day(at + length), day(at)) for allows, at, length in exceptions)
    return replace(FIT, ledger={"moderator": events}, overrides=given_)


@given(ledgers, overrides, instants, instants)
def test_the_answer_holds_until_the_change_it_announces(history: list, exceptions: list, at: int, later: int) -> None:
    evidence = _random(history, exceptions)
    now = ask(evidence, at)
    until = now.next_change_at
    probe = day(at) + timedelta(days=later) / 7
    if until is None or probe < until:
        assert answer(evidence, at=probe, known_at=day(at)).access is now.access
    if until is not None:
        assert answer(evidence, at=until, known_at=day(at)).access is not now.access


@given(ledgers, overrides, instants)
def test_what_is_recorded_later_never_changes_an_answer_about_the_past(history: list, exceptions: list, at: int) -> None:
    whole = _random(history, exceptions)
    until_then = _random([entry for entry in history if entry[1] <= at], [entry for entry in exceptions if entry[1] <= at])
    assert ask(whole, at).access is ask(until_then, at).access


@given(ledgers, changes, instants)
def test_no_answer_about_the_past_follows_a_policy_change_or_what_was_learned_since(history: list, published: list, at: int) -> None:
    live = ask(_with_changes(_random([entry for entry in history if entry[1] <= at], []), published, until=at), at)
    later = ask(_with_changes(_random(history, []), published), at)
    assert (later.access, later.reasons) == (live.access, live.reasons)


@given(changes, instants)
def test_a_policy_change_closes_the_queues_of_its_area_from_its_date_until_it_is_learned_and_no_others(published: list, at: int) -> None:
    decision = ask(_with_changes(FIT, published), at)
    own = [(start, start + length, learned) for area, start, length, learned in published if area == "CLM" and start <= at]
    waiting = [due for start, due, learned in own if learned is None or start + learned > at]
    assert ("DELTA_OVERDUE" in codes(decision)) == any(due <= at for due in waiting)
    assert ("DELTA_DUE" in codes(decision)) == any(due > at for due in waiting)
    assert (decision.access is Access.DENY) == any(due <= at for due in waiting)


@given(ledgers, overrides, instants)
def test_allow_is_the_absence_of_reasons_that_deny_or_shadow(history: list, exceptions: list, at: int) -> None:
    decision = ask(_random(history, exceptions), at)
    assert (decision.access is Access.ALLOW) == all(reason.effect is Effect.NOTE for reason in decision.reasons)


@given(ledgers, overrides, instants, instants)
def test_evidence_about_other_certifications_and_modules_changes_nothing(history: list, exceptions: list, at: int, known: int) -> None:
    evidence = _random(history, exceptions)
    others = replace(
        evidence,
        facts=(*evidence.facts, fact(FactKind.TIME_ZONE, "Asia/Jakarta", at=3)),
        ledger={**evidence.ledger, "another": (term(0, 50), entry(EventKind.REVOKED, 30))},
        acknowledgements=(*evidence.acknowledgements, Acknowledgement("another", Version(9, 0, 0), day(5), day(5))),
    )
    assert ask(others, at, known) == ask(evidence, at, known)


HARD = replace(FIT, demands=(RequirementsVersion(replace(NEEDS, sensitivities=frozenset({Sensitivity.VIOLENCE})), day(-10), day(-10), 1),))


def consent(is_given: bool, at: float, *, kind: Sensitivity = Sensitivity.VIOLENCE, recorded: float | None = None) -> Consent:
    return Consent(kind, is_given, day(at), day(at if recorded is None else recorded), next(ids))


def asking(is_asked: bool, at: float) -> Asking:
    return Asking(Sensitivity.VIOLENCE, is_asked, day(at), day(at), next(ids))


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (HARD, set()),
        (replace(HARD, consents=(consent(False, 5),)), {"UNAVAILABLE"}),
        (replace(HARD, consents=(consent(False, 5), consent(True, 7))), set()),
        (replace(HARD, consents=(consent(False, 11),)), set()),
        (replace(HARD, consents=(consent(False, 5, kind=Sensitivity.HATE),)), set()),
        (replace(HARD, askings=(asking(True, 5),)), {"UNAVAILABLE"}),
        (replace(HARD, askings=(asking(True, 5),), consents=(consent(True, 6),)), set()),
        (replace(HARD, askings=(asking(True, 5), asking(False, 6))), set()),
        (replace(FIT, consents=(consent(False, 5),), askings=(asking(True, 5),)), set()),
    ],
)
def test_without_consent_a_person_is_unavailable_for_work_that_needs_it(evidence: Evidence, found: set[str]) -> None:
    assert codes(ask(evidence)) == found


def test_being_unavailable_says_nothing_of_why_and_is_lifted_by_no_exception() -> None:
    opened = Override(True, day(1), day(60), day(1))
    decision = ask(replace(HARD, consents=(consent(False, 5),), overrides=(opened,)))
    assert decision.access is Access.DENY
    (reason,) = [reason for reason in decision.reasons if reason.code is Code.UNAVAILABLE]
    assert (reason.subject, reason.since, reason.until, reason.is_waived) == (None, None, None, False)


def test_a_consent_counts_from_when_it_holds_and_is_known() -> None:
    evidence = replace(HARD, consents=(consent(False, 5, recorded=20),))
    assert codes(ask(evidence, at=10)) == set()
    assert codes(ask(evidence, at=10, known=20)) == {"UNAVAILABLE"}
    assert ask(replace(HARD, askings=(asking(True, 30),)), known=30).valid_until == day(30)


PROVISIONAL = replace(term(0, 180), is_provisional=True)


def test_a_provisional_certificate_opens_the_queue_in_shadow_until_its_holder_is_promoted() -> None:
    new = replace(FIT, ledger={"moderator": (PROVISIONAL, entry(EventKind.PROMOTED, 15))})
    decision = ask(new, 10)
    assert (decision.access, codes(decision)) == (Access.SHADOW, {"PROVISIONAL_SHADOW"})
    assert (decision.grants(Action.WORK), decision.grants(Action.WORK_IN_SHADOW)) == (False, True)
    assert ask(new, 15).access is Access.ALLOW


def test_of_two_certificates_that_will_do_the_one_in_full_counts() -> None:
    demands = (RequirementsVersion(Requirements(any_of=("one", "two")), day(-10), day(-10), 1),)
    both = Evidence(facts=PERSON, ledger={"one": (PROVISIONAL,), "two": (term(0, 90),)}, demands=demands)
    assert (ask(both).access, ask(both).valid_until) == (Access.ALLOW, day(90))


def test_what_shadows_and_what_denies_together_deny() -> None:
    unfit = replace(FIT, ledger={"moderator": (PROVISIONAL,)}, facts=PERSON[:2])
    assert (ask(unfit).access, codes(ask(unfit))) == (Access.DENY, {"PROVISIONAL_SHADOW", "MARKET_MISMATCH"})


def test_a_certificate_without_an_end_opens_for_ever() -> None:
    lasting = replace(FIT, ledger={"moderator": (replace(term(0, 1), valid_until=None),)})
    assert (ask(lasting, 9_000).access, ask(lasting, 9_000).valid_until) == (Access.ALLOW, None)
