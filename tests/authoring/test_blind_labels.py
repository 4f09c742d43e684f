"""Colleagues label a case blind before it is approved: nobody sees what another says, and it becomes part of the case's record."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.authoring.test_exam_material import ways
from tests.authoring.world import NOW, PRACTICE_CASE, SITE, Desk, actor, refused, trainer
from tests.conftest import Browser
from training.accounts.models import Person
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.services.labelling import ask_for_labels, case_in_hand, in_hand, labelled
from training.content_store.rules.kinds import Kind
from training.db import db
from training.exams.rules.acquaintance import Acquaintance
from training.insights.queries.attention import labelled_cases
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.outbox.models import OutboxMail
from training.quality.models import CasePanel, CasePanelLabel
from training.quality.queries.panels import open_panel_of, waiting_panels
from training.quality.rules.panels import PanelRefusal, PanelState
from training.quality.services.panels import Asked, adopt_labels, label

Signing = Callable[[Browser, Person], Browser]
REMOVED: Mapping[str, Any] = {"actions": ["REMOVE"], "primary_label": "PRO-01", "severity": "S2", "escalate_to": None}
FINE: Mapping[str, Any] = {"actions": ["APPROVE"], "primary_label": "OUT-00", "severity": "S0", "escalate_to": None}
MILD = PRACTICE_CASE.replace("case-one", "case-new").replace("severity: S4", "severity: S2").replace("[REMOVE, STRIKE]", "[REMOVE]")
MILD = MILD.replace("escalate_to: RISK", "escalate_to: null").replace("must_escalate: true", "must_escalate: false")


def new_case(desk: Desk, text: str = MILD) -> Draft:
    draft = services.begin_new(Kind.CASE, "case-new", text, by=actor(desk.ana), now=desk.later())
    db.session.commit()
    return draft


def ask(desk: Desk, slug: str, *people: Person, is_open_call: bool = False) -> CasePanel:
    asked = Asked(frozenset(person.id for person in people), is_open_call, "What do you make of it?")
    ask_for_labels(case_in_hand(slug), asked, site_url=SITE, by=actor(desk.ana), now=desk.later())
    db.session.commit()
    panel = open_panel_of(slug)
    assert panel is not None
    return panel


def say(desk: Desk, panel: CasePanel, person: Person, answer: Mapping[str, Any]) -> CasePanelLabel:
    given = label(panel.id, parse_answer(answer), person_id=person.id, site_url=SITE, now=desk.later())
    db.session.commit()
    return given


def found(desk: Desk, draft: Draft) -> Any:
    told = labelled(in_hand(draft), now=desk.later())
    assert told is not None
    return told.found


def test_labels_of_a_draft_are_gathered_told_once_they_suffice_and_kept_with_the_case(desk: Desk) -> None:
    draft, dewi, eka = new_case(desk), trainer(), PersonFactory(roles=["qa"])
    panel = ask(desk, "case-new", dewi, eka, is_open_call=True)
    say(desk, panel, dewi, REMOVED)
    say(desk, panel, eka, FINE)
    assert found(desk, draft).state is PanelState.TOO_FEW and panel.closed_at is None
    assert db.session.scalar(select(Judgement.id)) is None
    say(desk, panel, desk.budi, REMOVED)
    assert found(desk, draft).state is PanelState.AGREES and panel.closed_at is not None
    assert "Labelled blind: case-new" in set(db.session.scalars(select(OutboxMail.subject)))
    desk.submit(draft)
    desk.review(draft, by=desk.citra)
    desk.review(draft, by=desk.budi)
    desk.publish(draft)
    db.session.commit()
    given = db.session.scalars(select(Judgement).order_by(Judgement.id)).all()
    assert [(each.person_id, each.occasion, each.is_strict) for each in given] == [
        (dewi.id, f"panel:{panel.id}", True),
        (eka.id, f"panel:{panel.id}", False),
        (desk.budi.id, f"panel:{panel.id}", True),
    ]
    assert {each.slug: each.label_count for each in labelled_cases()}["case-new"] == 3
    assert adopt_labels() == 0


def test_a_running_case_that_too_few_labelled_is_labelled_into_its_record_at_once(desk: Desk) -> None:
    panel = ask(desk, "case-one", desk.budi, desk.citra)
    say(desk, panel, desk.budi, REMOVED)
    assert {each.slug: each.label_count for each in labelled_cases()}["case-one"] == 1
    assert panel.closed_at is None


def test_the_first_label_stands_and_a_late_one_is_not_taken(desk: Desk) -> None:
    new_case(desk)
    panel = ask(desk, "case-new", desk.budi, is_open_call=True)
    first = say(desk, panel, desk.budi, REMOVED)
    assert say(desk, panel, desk.budi, FINE).id == first.id
    say(desk, panel, desk.citra, REMOVED)
    say(desk, panel, trainer(), REMOVED)
    with refused(PanelRefusal.CLOSED):
        say(desk, panel, trainer(), REMOVED)


def test_whoever_wrote_reviewed_or_read_it_is_neither_asked_nor_heard(desk: Desk) -> None:
    draft = new_case(desk)
    desk.write(draft, draft.text.replace("Air gun", "Air rifle"), by=desk.budi)
    for knows in (desk.ana, desk.budi):
        with refused(PanelRefusal.IS_INFORMED):
            ask(desk, "case-new", knows)
    panel = ask(desk, "case-new", is_open_call=True)
    services.open_to(draft, by=actor(desk.citra), now=desk.later())
    db.session.commit()
    for knows in (desk.ana, desk.budi, desk.citra):
        assert panel not in waiting_panels(knows.id, at=NOW)
        with refused(PanelRefusal.KNOWS):
            say(desk, panel, knows, REMOVED)
    with refused(PanelRefusal.NOT_A_COLLEAGUE):
        ask(desk, "case-new", PersonFactory(roles=["moderator"]))


def test_labels_of_what_the_case_no_longer_shows_count_no_longer(desk: Desk) -> None:
    draft = new_case(desk)
    panel = ask(desk, "case-new", is_open_call=True)
    say(desk, panel, desk.budi, REMOVED)
    desk.write(draft, draft.text.replace("makes it a gun", "makes it a weapon"))
    assert found(desk, draft).count == 1
    desk.write(draft, draft.text.replace("Air gun", "Air rifle"))
    told = labelled(in_hand(draft), now=NOW)
    assert told is not None and (told.found.count, told.earlier_count, told.is_of_another_text) == (0, 1, True)


def test_whoever_labels_a_case_of_the_exam_pool_never_sits_it_and_leaves_no_judgement(desk: Desk) -> None:
    dewi = trainer()
    draft = desk.begin(Kind.CASE, "case-two")
    panel = ask(desk, "case-two", dewi)
    assert draft.is_exam_material and ways(dewi, "item-two") == set()
    say(desk, panel, dewi, REMOVED)
    assert ways(dewi, "item-two") == {Acquaintance.LABELLED}
    assert db.session.scalar(select(Judgement.id)) is None


@pytest.fixture
def budi(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> Browser:
    return sign_in(app_browser(), desk.budi)


def test_who_is_asked_sees_the_case_and_nothing_of_what_its_author_or_others_say(desk: Desk, budi: Browser, browser: Browser, sign_in: Signing) -> None:
    draft, ana = new_case(desk), sign_in(browser, desk.ana)
    asked = ana.post("/desk/cases/case-new/labels", data={"people": desk.budi.email, "is_open_call": "y"})
    assert asked.status_code == 302
    panel = open_panel_of("case-new")
    assert panel is not None
    door = budi.get(f"/desk/drafts/{draft.id}").text
    assert "Your blind label of this case is wanted." in door and "makes it a gun" not in door
    assert budi.get(f"/desk/drafts/{draft.id}/form").status_code == 404
    assert budi.get("/desk/cases/case-new/labels").text.count("makes it a gun") == 0
    assert "Label a case blind" in budi.get("/").text and "Air gun" not in budi.get("/quality/calibration").text
    page = budi.get(f"/quality/calibration/labels/{panel.id}").text
    assert "Air gun" in page and "PRO-01.a" not in page and "case-new" not in page
    assert budi.post(f"/quality/calibration/labels/{panel.id}", data={"actions": ["REMOVE"]}).status_code == 400
    given = {"actions": ["REMOVE"], "primary_label": "PRO-01", "severity": "S2", "escalate_to": ""}
    assert budi.post(f"/quality/calibration/labels/{panel.id}", data=given).status_code == 302
    assert "You have labelled this case." in budi.get(f"/quality/calibration/labels/{panel.id}", follow_redirects=True).text
    assert "makes it a gun" in budi.get(f"/desk/drafts/{draft.id}").text
    told = ana.get("/desk/cases/case-new/labels").text
    assert "1 of 3 labels" in told and "Who labelled it" not in told and "How many said it" not in told


def test_a_disagreement_is_told_to_author_and_reviewer_and_names_to_the_reviewer_alone(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    draft, others = new_case(desk), [trainer(name=f"Labeller {number}") for number in range(3)]
    panel = ask(desk, "case-new", *others)
    for person in others:
        say(desk, panel, person, FINE)
    ana = sign_in(browser, desk.ana)
    assert "say something else" in ana.get(f"/desk/drafts/{draft.id}").text
    assert "say something else" in ana.get(f"/desk/drafts/{draft.id}/submission").text
    page = ana.get("/desk/cases/case-new/labels").text
    assert "3 of 3" in page and "Labeller 1" not in page
    desk.submit(draft)
    db.session.commit()
    citra = sign_in(browser, desk.citra)
    assert "say something else" in citra.get(f"/desk/drafts/{draft.id}").text
    assert "Labeller 1" in citra.get("/desk/cases/case-new/labels").text


def test_a_call_is_nobody_elses_and_a_case_that_is_not_whole_is_not_labelled(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    new_case(desk, MILD.replace("labels: [PRO-01]", "labels: []"))
    ana = sign_in(browser, desk.ana)
    assert "It cannot be labelled yet" in ana.get("/desk/cases/case-new/labels").text
    assert ana.post("/desk/cases/case-new/labels", data={"is_open_call": "y"}).status_code == 409
    assert ana.get("/desk/cases/no-such-case/labels").status_code == 404
    panel = ask(desk, "case-one", desk.budi)
    assert sign_in(browser, desk.citra).get(f"/quality/calibration/labels/{panel.id}").status_code == 404
    assert sign_in(browser, PersonFactory(roles=["moderator"])).get(f"/quality/calibration/labels/{panel.id}").status_code == 403
