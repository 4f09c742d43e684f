"""An exam at the desk, as a trainer without a script writes it and tries it out; and what its script speaks to."""

from collections.abc import Callable
from html import unescape

import pytest

from tests.authoring.world import Desk, actor
from tests.conftest import Browser
from training.accounts.models import Person
from training.authoring import queries, services
from training.authoring.models import Draft
from training.authoring.rules.templates import TEMPLATES
from training.content_store.rules.kinds import Kind
from training.db import db
from training.exams.queries.bank import ways_of_knowing
from training.exams.rules.acquaintance import Acquaintance, KnownText

Signing = Callable[[Browser, Person], Browser]
SAID = {
    **{"title": "Goods", "semver": "1.0.0", "certification": "moderator", "gating": "yes", "item_count": "2", "time_limit_minutes": "10"},
    **{"cells-0-area": "PRO", "cells-0-minimum": "2", "cells-0-maximum": "2", "pass_rule-weighted_percent": "50"},
}


@pytest.fixture
def ana(desk: Desk, browser: Browser, sign_in: Signing) -> Browser:
    return sign_in(browser, desk.ana)


@pytest.fixture
def draft(desk: Desk) -> Draft:
    text = TEMPLATES[Kind.EXAM].format(slug="exam-new", title="Goods")
    draft = services.begin_new(Kind.EXAM, "exam-new", text, by=actor(desk.ana), now=desk.later())
    db.session.commit()
    return draft


def address(draft: Draft, deed: str = "form") -> str:
    return f"/desk/drafts/{draft.id}/{deed}"


def save(ana: Browser, draft: Draft, **said: str) -> None:
    assert ana.post(address(draft), data={"version": draft.version, **SAID, **said}).status_code == 302


def test_a_new_exam_opens_as_a_form_that_says_what_is_missing(desk: Desk, ana: Browser) -> None:
    begun = ana.post("/desk/new?kind=exam", data={"kind": "exam", "slug": "exam-new", "title": "Goods"})
    draft = queries.open_draft_of(Kind.EXAM, "exam-new")
    assert draft is not None and begun.location.endswith(address(draft))
    page = ana.get(address(draft)).text
    assert "to mend" in page and "the power meter begins" in page and "Add a quota" in page


def test_what_is_entered_is_held_against_the_bank_at_once_and_nothing_is_saved(ana: Browser, draft: Draft) -> None:
    before = draft.text
    answer = ana.post(address(draft, "prospect"), data=SAID | {"cells-4-kind": "case", "cells-4-minimum": "2", "cells-4-maximum": "2"})
    assert answer.status_code == 200 and draft.text == before
    assert "<strong>2</strong> now" in answer.json["supplies"]["0"]
    assert "Too few" in answer.json["supplies"]["4"] and "<strong>1</strong> now" in answer.json["supplies"]["4"]
    assert "Cannot be filled" in answer.json["prospect"] and "The cell kind case asks for 2, the bank holds 1." in answer.json["prospect"]


def test_the_meter_speaks_of_the_rule_as_it_stands(ana: Browser, draft: Draft) -> None:
    said = ana.post(address(draft, "prospect"), data=SAID | {"retakes-attempts": "3"}).json["prospect"]
    assert "As it stands, a person of true accuracy 85 % passes" in said and "within 3 tries" in said and "Can be filled" in said
    assert "1 of 1 clauses tested" in said and "of 10 minutes" in said
    one = ana.post(address(draft, "prospect"), data=SAID | {"retakes-attempts": "1"}).json["prospect"]
    assert "within" not in one.partition("</p>")[0]
    assert "What passes cannot be read yet" in ana.post(address(draft, "prospect"), data=SAID | {"pass_rule-weighted_percent": "101"}).json["prospect"]


def test_saving_checks_it_and_shows_the_same(ana: Browser, draft: Draft) -> None:
    save(ana, draft, certification="nobody-s")
    page = unescape(ana.get(address(draft)).text)
    assert "As it stands, a person of true accuracy 85 % passes" in page and "<strong>2</strong> now" in page
    assert 'href="#certification"' in page and "there is no certification" in page
    save(ana, draft, **{"cells-0-maximum": "1"})
    assert 'href="#cells-0"' in ana.get(address(draft)).text


def test_one_more_quota_is_had_by_a_button(ana: Browser, draft: Draft) -> None:
    added = ana.post(address(draft), data={"version": draft.version, **SAID, "add": "cells"})
    assert added.location.endswith("form?more=cells#cells")
    assert 'name="cells-1-area"' in ana.get(added.location).text


def test_a_trial_is_drawn_from_the_draft_and_known_from_then_on(desk: Desk, ana: Browser, draft: Draft) -> None:
    assert ana.post(address(draft, "trial")).status_code == 409, "there is no exam in the text yet"
    save(ana, draft)
    begun = ana.post(address(draft, "trial"))
    assert begun.status_code == 302 and "/exams/trials/" in begun.location
    assert "A trial: nothing counts" in ana.get(begun.location).text
    assert ana.post(address(draft, "trial")).location == begun.location, "a second click draws no second form"
    assert "so you go on with it" in ana.get(begun.location).text
    assert all(Acquaintance.OPENED in ways_of_knowing(desk.ana.id, KnownText.ITEM, slug) for slug in ("item-one", "item-two"))


def test_what_is_no_exam_has_no_prospect_and_no_trial(desk: Desk, ana: Browser) -> None:
    course = desk.begin()
    db.session.commit()
    assert ana.post(address(course, "prospect"), data=SAID).status_code == 400
    assert ana.post(address(course, "trial")).status_code == 404
    assert [ana.post(f"/desk/drafts/0/{deed}").status_code for deed in ("prospect", "trial")] == [404, 404]


def test_reviewers_read_what_the_exam_would_be(desk: Desk, ana: Browser) -> None:
    running = desk.begin(Kind.EXAM, "entry-exam")
    desk.write(running, running.text.replace("version: 1.0.0", "version: 1.1.0"))
    desk.submit(running)
    db.session.commit()
    page = ana.get(f"/desk/drafts/{running.id}").text
    assert "What the exam would be" in page and "As it stands, a person of true accuracy 85 % passes" in page
