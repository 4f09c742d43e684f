"""Consent to kinds of hard material: by values, in what is served, and on the pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.practice.factories import THEN, CheckFactory, ConsentAskingFactory, ConsentEventFactory, PracticeSetFactory, SetAssignmentFactory
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.cases.models import Case
from training.db import db
from training.errors import Refusal
from training.judgements.rules import CaseAnswer
from training.practice import queries, services
from training.practice.models import ConsentEvent
from training.practice.rules import Asking, Consent, PracticeRefusal, Purpose, PurposeKind, Sensitivity, sensitivities_in, sensitivity_of, withheld
from training.web.personal import personal_file

VIOLENCE, SELF_HARM, HATE = Sensitivity.VIOLENCE, Sensitivity.SELF_HARM, Sensitivity.HATE
AsRole = Callable[..., Browser]


@pytest.mark.parametrize(
    ("concept", "kind"),
    [
        ("HRM-03.a", VIOLENCE),
        ("HRM-01.b", HATE),
        ("HRM-05.a", SELF_HARM),
        ("HRM-99.a", VIOLENCE),
        ("SXM-04.a", Sensitivity.CHILDREN),
        ("SXM-01.a", Sensitivity.SEXUAL),
        ("PRO-01.a", None),
    ],
)
def test_the_kind_of_a_case_is_that_of_its_clause(concept: str, kind: Sensitivity | None) -> None:
    assert sensitivity_of(concept) is kind


def test_an_area_brings_every_kind_of_its_labels() -> None:
    assert sensitivities_in({"HRM", "PRO"}) == {VIOLENCE, SELF_HARM, HATE}
    assert sensitivities_in({"PRO", "IPR"}) == frozenset()


def said(is_given: bool, *, day: int = 0, kind: Sensitivity = VIOLENCE, number: int = 1) -> Consent:
    return Consent(kind, is_given, THEN + timedelta(days=day), THEN + timedelta(days=day), number)


def asked(is_asked: bool, *, day: int = 0, number: int = 1) -> Asking:
    return Asking(VIOLENCE, is_asked, THEN + timedelta(days=day), THEN + timedelta(days=day), number)


@pytest.mark.parametrize(
    ("consents", "askings", "is_withheld"),
    [
        ([], [], False),
        ([said(False)], [], True),
        ([said(False), said(True, day=1)], [], False),
        ([said(True, day=1), said(False)], [], False),
        ([said(True), said(False, number=2)], [], True),
        ([said(False, day=9)], [], False),
        ([said(False, kind=HATE)], [], False),
        ([], [asked(True)], True),
        ([], [asked(True), asked(False, day=1)], False),
        ([], [asked(True, day=9)], False),
        ([said(True)], [asked(True, day=1)], False),
        ([said(False)], [asked(False)], True),
    ],
)
def test_what_is_withheld_is_what_was_withdrawn_or_asked_about_and_not_agreed_to(consents: list[Consent], askings: list[Asking], is_withheld: bool) -> None:
    assert (VIOLENCE in withheld(consents, askings, at=THEN + timedelta(days=2))) is is_withheld


@pytest.fixture
def me(app: Flask) -> Person:
    TaxonomyLabelFactory(code="PRO-03")
    return PersonFactory(languages=["en"])


def hard_case(**columns: object) -> Case:
    return CaseFactory(concept="HRM-03.a", area="HRM", **columns)


def test_without_consent_no_case_of_the_kind_comes(me: Person) -> None:
    ConsentEventFactory(person_id=me.id)
    hard_case()
    other = CaseFactory(concept="HRM-01.a", area="HRM")
    assert services.next_case(me.id, now=THEN).case_id == other.id


def test_what_is_left_is_not_served_but_explained(me: Person) -> None:
    ConsentEventFactory(person_id=me.id)
    hard_case()
    with pytest.raises(Refusal) as refused:
        services.next_case(me.id, now=THEN)
    assert refused.value.reason is PracticeRefusal.NOT_CONSENTED
    services.give_consent(me.id, VIOLENCE, now=THEN)
    assert services.next_case(me.id, now=THEN).id


def test_a_set_passes_over_what_is_not_consented_to(me: Person) -> None:
    ConsentEventFactory(person_id=me.id)
    listed = [hard_case(), CaseFactory()]
    given = PracticeSetFactory(cases=listed)
    SetAssignmentFactory(set_id=given.id, person_id=me.id)
    assert services.next_case(me.id, now=THEN, purpose=Purpose(PurposeKind.SET, (str(given.id),))).case_id == listed[1].id


def test_a_check_that_needs_it_is_refused(me: Person) -> None:
    ConsentEventFactory(person_id=me.id)
    check = CheckFactory(version__case_ids=[hard_case().id])
    with pytest.raises(Refusal) as refused:
        services.start_check(me.id, check.slug, now=THEN)
    assert refused.value.reason is PracticeRefusal.NOT_CONSENTED


def test_a_near_miss_of_a_withheld_kind_does_not_come(me: Person) -> None:
    ConsentEventFactory(person_id=me.id)
    CaseFactory(slug="case-fine", contrast_slug="case-hard", difficulty="borderline", family="fam-pair")
    hard_case(slug="case-hard", contrast_slug="case-fine", family="fam-pair")
    serving = services.next_case(me.id, now=THEN)
    services.answer_serving(serving, CaseAnswer(), now=THEN)
    with pytest.raises(Refusal) as refused:
        services.serve_near_miss(serving, now=THEN)
    assert refused.value.reason is PracticeRefusal.NOT_CONSENTED


def test_withdrawing_takes_back_at_once_what_waits(me: Person) -> None:
    hard_case()
    serving = services.next_case(me.id, now=THEN)
    services.withdraw_consent(me.id, HATE, now=THEN)
    assert serving.skipped_at is None
    services.withdraw_consent(me.id, VIOLENCE, now=THEN)
    assert serving.skipped_at == THEN
    assert serving.session.ended_at == THEN


def test_what_is_said_twice_is_written_once_and_never_audited(me: Person) -> None:
    for _turn in range(2):
        services.withdraw_consent(me.id, VIOLENCE, now=THEN)
    services.give_consent(me.id, VIOLENCE, now=THEN)
    assert list(db.session.scalars(select(ConsentEvent.is_given).order_by(ConsentEvent.id))) == [False, True]
    assert not [entry for entry in db.session.scalars(select(AuditEntry)) if entry.deed.startswith("consent")]
    for is_asked in (False, True, True):
        services.ask_for_consent(VIOLENCE, is_asked=is_asked, by=SYSTEM, now=THEN)
    assert [asking.is_asked for asking in queries.askings()] == [True]
    assert [entry.deed for entry in db.session.scalars(select(AuditEntry)) if entry.deed.startswith("consent")] == ["consent.asked"]


def test_a_person_withdraws_and_agrees_on_their_page(browser: Browser, me: Person, sign_in: Callable[[Browser, Person], Browser]) -> None:
    mine = sign_in(browser, me)
    assert mine.get("/practice/care").text.count("You see it") == 5
    mine.post("/practice/care/consents/violence", data={"is_given": "no"})
    page = mine.get("/practice/care").text
    assert "You no longer agree to see: Violence and cruelty." in page
    assert page.count("You do not see it") == 1
    assert VIOLENCE in queries.withheld_from(me.id, at=clock.now())
    mine.post("/practice/care/consents/violence", data={"is_given": "yes"})
    assert queries.withheld_from(me.id, at=clock.now()) == frozenset()
    assert [entry["agreed"] for entry in personal_file(me.id)["practice"]["consents"]] == [False, True]


@pytest.mark.parametrize(("path", "data"), [("gardening", {"is_given": "no"}), ("violence", {"is_given": "perhaps"}), ("violence", {})])
def test_what_no_button_says_changes_nothing(browser: Browser, me: Person, sign_in: Callable[..., Browser], path: str, data: dict[str, str]) -> None:
    assert sign_in(browser, me).post(f"/practice/care/consents/{path}", data=data).status_code == 404
    assert queries.consents_of(me.id) == []


def test_what_was_served_before_is_not_shown_after_withdrawing(browser: Browser, me: Person, sign_in: Callable[..., Browser]) -> None:
    hard_case()
    serving = services.next_case(me.id, now=THEN)
    services.answer_serving(serving, CaseAnswer(), now=THEN)
    services.withdraw_consent(me.id, VIOLENCE, now=THEN)
    db.session.commit()
    page = sign_in(browser, me).get(f"/practice/{serving.id}").text
    assert "This case is not shown to you" in page
    assert "data-case" not in page


def test_an_administrator_decides_what_is_asked_first_and_nobody_else(as_role: AsRole, me: Person) -> None:
    admin = as_role(Role.ADMIN)
    assert admin.get("/practice/consents").text.count("Shown until they say no") == 5
    admin.post("/practice/consents/violence", data={"is_asked": "yes"})
    assert admin.get("/practice/consents").text.count("Asked first") == 1
    assert queries.withheld_from(me.id, at=clock.now()) == {VIOLENCE}
    for role in (Role.LEAD, Role.TRAINER):
        assert as_role(role).post("/practice/consents/violence", data={"is_asked": "no"}).status_code == 403
    assert queries.withheld_from(me.id, at=clock.now()) == {VIOLENCE}


def test_the_history_of_what_is_asked_is_kept(me: Person) -> None:
    ConsentAskingFactory()
    ConsentAskingFactory(is_asked=False, effective_from=THEN + timedelta(days=1))
    assert queries.withheld_from(me.id, at=THEN) == {VIOLENCE}
    assert queries.withheld_from(me.id, at=THEN + timedelta(days=1)) == frozenset()
