"""Items at the desk, as trainers use it without a script: their forms, and how a candidate would see them."""

from collections.abc import Callable
from html import unescape

import pytest

from tests.authoring.world import EXAM_CASE, ITEM, Desk, actor
from tests.conftest import Browser
from training.accounts.models import Person
from training.authoring import queries, services
from training.authoring.models import Draft
from training.authoring.rules.item_fields import blank_item
from training.content_store.rules.kinds import Kind
from training.db import db
from training.exams.queries.bank import ways_of_knowing
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.rules.blueprint import ItemKind

Signing = Callable[[Browser, Person], Browser]
ABOUT = {"language": "en", "area": "PRO", "severity": "S2", "decision_class": "violating", "difficulty": "typical", "family": "fam-new", "clauses": "PRO-01.a"}
SAID = {**ABOUT, "state": "draft", "stem": "What do you do with an air gun?", "rationale": "An air gun is a firearm here."}
OPTIONS = {"options-0-text": "Remove it", "options-1-text": "Ask", "options-2-text": "Leave it", "options-correct": "0"}
KEY = "An air gun is a firearm here."


@pytest.fixture
def ana(desk: Desk, browser: Browser, sign_in: Signing) -> Browser:
    return sign_in(browser, desk.ana)


def address(draft: Draft, deed: str = "form") -> str:
    return f"/desk/drafts/{draft.id}/{deed}"


def begun(desk: Desk, kind: ItemKind, slug: str = "item-new") -> Draft:
    draft = services.begin_new(Kind.ITEM, slug, blank_item(slug, kind), by=actor(desk.ana), now=desk.later())
    db.session.commit()
    return draft


@pytest.mark.parametrize("kind", ItemKind)
def test_a_new_item_begins_by_its_kind_with_its_own_form(desk: Desk, ana: Browser, kind: ItemKind) -> None:
    answer = ana.post("/desk/new?kind=item", data={"kind": "item", "slug": "item-new", "title": "", "surface": "listing", "item_kind": kind.value})
    draft = queries.open_draft_of(Kind.ITEM, "item-new")
    assert draft is not None and answer.location.endswith(address(draft))
    assert "to mend" in ana.get(address(draft)).text


def test_only_what_a_new_item_needs_is_asked(ana: Browser, desk: Desk) -> None:
    page = ana.get("/desk/new?kind=item").text
    assert "How it is answered" in page and "Where it is seen" not in page and "Its title" not in page
    assert ana.post("/desk/new?kind=item", data={"kind": "item", "slug": "x", "item_kind": "nothing"}).status_code == 400


def test_a_row_more_is_had_by_a_button_and_nothing_that_was_entered_is_lost(desk: Desk, ana: Browser) -> None:
    draft = begun(desk, ItemKind.SINGLE)
    data = {"version": draft.version, **SAID, **OPTIONS, "add": "options"}
    answer = ana.post(address(draft), data=data)
    assert answer.status_code == 302 and answer.location.endswith("form?more=options#options")
    page = ana.get(answer.location).text
    assert "Remove it" in page and 'name="options-3-text"' in page and services.check_draft(draft).faults == ()
    data = {"version": draft.version, **SAID, **OPTIONS, "options-3-text": "Escalate it"}
    assert ana.post(address(draft), data=data).status_code == 302 and "Escalate it" in draft.text
    stale = ana.post(address(draft), data=data | {"version": 1, "options-4-text": "Wait"})
    assert stale.status_code == 409 and "somebody saved this draft meanwhile" in stale.text and "Wait" in stale.text


def test_no_more_rows_are_shown_than_the_kind_allows(desk: Desk, ana: Browser) -> None:
    draft = begun(desk, ItemKind.SINGLE)
    data = {"version": draft.version, **SAID, "options-correct": "0"} | {f"options-{row}-text": f"Say {row}" for row in range(6)}
    ana.post(address(draft), data=data)
    page = ana.get(f"{address(draft)}?more=options").text
    assert 'name="options-6-text"' not in page and 'value="options" data-row-add' not in page


def test_what_is_wrong_with_a_row_leads_to_it(desk: Desk, ana: Browser) -> None:
    draft = begun(desk, ItemKind.SHORT)
    ana.post(address(draft), data={"version": draft.version, **SAID, "answer-number": "about ten"})
    assert '<a href="#answer-number">Or a number that is right</a>' in ana.get(address(draft)).text


def test_a_draft_is_seen_as_a_candidate_sees_it_and_its_key_only_by_who_asks(desk: Desk, ana: Browser) -> None:
    draft = begun(desk, ItemKind.SINGLE)
    assert "No preview yet" in ana.get(address(draft, "item")).text
    ana.post(address(draft), data={"version": draft.version, **SAID, **OPTIONS})
    page = ana.get(address(draft, "item")).text
    assert "Question 1 of 1" in page and "Remove it" in page and KEY not in page and "PRO-01" not in page
    narrow = ana.get(address(draft, "item?key=shown&width=phone")).text
    assert KEY in narrow and "preview-phone" in narrow
    assert ana.get(address(desk.begin(), "item")).status_code == 404


def test_steps_are_never_previewed_in_their_right_order(desk: Desk, ana: Browser) -> None:
    draft = begun(desk, ItemKind.ORDERING)
    ana.post(address(draft), data={"version": draft.version, **SAID, "steps-0-said": "Alpha", "steps-1-said": "Beta", "steps-2-said": "Gamma"})
    page = ana.get(address(draft, "item")).text
    assert sorted(["Alpha", "Beta", "Gamma"], key=page.index) != ["Alpha", "Beta", "Gamma"]


def test_nobody_sees_a_draft_of_an_item_that_they_did_not_open(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    draft = begun(desk, ItemKind.SINGLE)
    budi = sign_in(app_browser(), desk.budi)
    assert [budi.get(address(draft, page)).status_code for page in ("form", "item")] == [404, 404]


def test_an_item_that_runs_is_behind_a_door(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    budi = sign_in(app_browser(), desk.budi)
    shut = budi.get("/desk/items/item-one").text
    assert "Whoever opens it never sits it" in shut and "air gun" not in shut and not ways_of_knowing(desk.budi.id, KnownText.ITEM, "item-one")
    assert budi.post("/desk/items/item-one/open").status_code == 302
    assert ways_of_knowing(desk.budi.id, KnownText.ITEM, "item-one") == {Acquaintance.OPENED}
    assert "A listing offers an air gun" in budi.get("/desk/items/item-one").text
    assert budi.get("/desk/items/no-such-item").status_code == budi.post("/desk/items/no-such-item/open").status_code == 404


def test_the_case_that_an_item_labels_is_opened_by_itself(desk: Desk, ana: Browser) -> None:
    (desk.root / "cases/pro/case-new.yaml").write_text(EXAM_CASE.replace("case-two", "case-new"))
    desk.bring_in()
    draft = begun(desk, ItemKind.CASE)
    ana.post(address(draft), data={"version": draft.version, "case": "case-new", "state": "draft"})
    assert "Shoots metal balls" not in ana.get(address(draft, "item")).text
    assert ana.post(address(draft, "case")).status_code == 302
    page = ana.get(address(draft, "item")).text
    assert "Shoots metal balls" in page and "which makes it a gun" not in page
    assert ways_of_knowing(desk.ana.id, KnownText.CASE, "case-new") == {Acquaintance.OPENED}


def test_a_translation_is_found_from_its_original(desk: Desk, ana: Browser) -> None:
    text = ITEM.replace("item-one", "item-satu").replace("language: en", "language: id").replace("family: fam-item-satu", "family: fam-item-one")
    (desk.root / "exams/items/pro/item-satu.yaml").write_text(text)
    desk.bring_in()
    ana.post("/desk/items/item-one/open")
    page = unescape(ana.get("/desk/items/item-one").text)
    assert 'href="/desk/items/item-satu" hreflang="id">In Indonesian: item-satu' in page


def test_look_alikes_are_told_while_an_item_is_written_by_id_alone_until_they_are_opened(desk: Desk, ana: Browser) -> None:
    draft = begun(desk, ItemKind.SINGLE)
    options = {"options-0-text": "Remove it", "options-1-text": "Ask a colleague", "options-2-text": "Approve it"}
    said = {"version": draft.version, **SAID, **options, "stem": "A listing offers an air gun. What do you do?"}
    told = ana.post(address(draft, "alike"), data=said).json["told"]
    assert ">item-one</a>" in told and "in every word" in told and "You have not opened it." in told and "air gun" not in told
    assert draft.version == 1, "nothing is saved by asking"
    ana.post(address(draft), data=said)
    ana.post("/desk/items/item-one/open")
    for page in ("form", ""):
        assert "A listing offers an air gun" in ana.get(address(draft, page).rstrip("/")).text.split("Looks like")[1]
    assert ana.post(address(draft, "alike"), data=said | {"stem": "Another question altogether?", "options-2-text": "Wait"}).json == {"told": ""}
    assert ana.post(address(desk.begin(), "alike")).status_code == 400


def test_drafts_of_colleagues_are_among_the_look_alikes(desk: Desk, ana: Browser) -> None:
    text = ITEM.replace("item-one", "item-of-budi")
    other = services.begin_new(Kind.ITEM, "item-of-budi", text.replace("air gun", "bow of yew"), by=actor(desk.budi), now=desk.later())
    draft = begun(desk, ItemKind.SINGLE)
    stem = "A listing offers a bow of yew. What do you do?"
    told = ana.post(address(draft, "alike"), data={**SAID, "stem": stem, "options-0-text": "Remove it", "options-1-text": "Ask a colleague"}).json["told"]
    assert f'href="/desk/drafts/{other.id}">item-of-budi</a>' in told and "a draft" in told and "bow of yew" not in told
