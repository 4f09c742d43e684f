"""Forms that save by themselves: what is entered becomes the text, brought together with what others save meanwhile."""

from typing import Any

import pytest

from tests.authoring.test_pages import Signing, address
from tests.authoring.world import ITEM, Desk
from tests.conftest import Browser
from training.authoring.models import Draft
from training.authoring.rules.document_forms import fields_in, parts_of, value_in
from training.authoring.rules.form_fields import entered_in
from training.content_store.rules.kinds import Kind
from training.db import db


@pytest.fixture
def ana(desk: Desk, browser: Browser, sign_in: Signing) -> Browser:
    return sign_in(browser, desk.ana)


@pytest.fixture
def draft(desk: Desk) -> Draft:
    found = desk.begin(Kind.ITEM, "item-one")
    db.session.commit()
    return found


def entered(text: str, **changes: str) -> dict[str, str]:
    """What a form of this text sends, with some of it changed."""
    value = value_in(Kind.ITEM, text)
    assert value is not None
    return entered_in(value, fields_in(parts_of(Kind.ITEM, value, ("PRO",)))) | changes


def sent(draft: Draft, base: str, fields: dict[str, str], *, sequence: int = 1, version: int = 1, seen: str | None = None) -> dict[str, Any]:
    return {**fields, "base": base, "seen": base if seen is None else seen, "version": version, "client_id": "window-a", "sequence": sequence}


def test_what_is_entered_is_saved_as_the_text_and_sending_it_twice_changes_nothing(ana: Browser, draft: Draft) -> None:
    saying = sent(draft, ITEM, entered(ITEM, stem="A shop offers an air gun."))
    answer = ana.post(address(draft, "form/saved"), data=saying).json
    assert (answer["verdict"], answer["version"], answer["unread"], answer["text_changed"]) == ("saved", 2, [], True)
    db.session.refresh(draft)
    assert "A shop offers an air gun." in draft.text and draft.text == answer["sent"]
    again = ana.post(address(draft, "form/saved"), data=saying).json
    assert (again["verdict"], again["version"]) == ("repeated", 2)


def test_what_is_still_to_mend_comes_with_the_answer(ana: Browser, draft: Draft) -> None:
    told = ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, entered(ITEM, rationale=""))).json["faults"]
    assert "1 to mend" in told and '<a href="#rationale">Why</a>: is empty.' in told
    mended = ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, entered(ITEM, stem="A shop offers it."), sequence=2, version=2)).json
    assert "Nothing is wrong" in mended["faults"]


def test_rows_keep_what_the_form_does_not_know_also_after_one_is_taken_away(ana: Browser, draft: Draft) -> None:
    fields = {name: said for name, said in entered(ITEM).items() if not name.startswith("options-1-")}
    first = ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, fields)).json
    fields["options-2-text"] = "Approve it at once"
    second = ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, fields, sequence=2, version=first["version"], seen=first["sent"])).json
    assert second["verdict"] == "saved"
    options = value_in(Kind.ITEM, second["sent"])["options"]
    assert options == [{"id": "a", "text": "Remove it", "correct": True}, {"id": "b", "text": "Approve it at once", "critical": True}]


def test_what_a_colleague_saved_meanwhile_stays_and_the_same_lines_are_decided_by_a_person(desk: Desk, ana: Browser, draft: Draft) -> None:
    desk.write(draft, ITEM.replace("difficulty: typical", "difficulty: clear"), by=desk.budi)
    db.session.commit()
    first = ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, entered(ITEM, rationale="It fires metal balls."))).json
    assert first["verdict"] == "merged"
    later = entered(ITEM, rationale="It fires metal balls, and is no toy.")
    second = ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, later, sequence=2, seen=first["sent"])).json
    db.session.refresh(draft)
    assert second["verdict"] == "merged" and "difficulty: clear" in draft.text and "and is no toy." in draft.text
    other = entered(ITEM, difficulty="borderline", rationale="It fires metal balls, and is no toy.")
    third = ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, other, sequence=3, seen=second["sent"])).json
    assert third["verdict"] == "conflict" and "difficulty: borderline" in third["sent"]
    db.session.refresh(draft)
    assert "difficulty: clear" in draft.text, "nothing of it is saved until somebody decides"


def test_what_cannot_be_read_or_is_no_form_or_is_not_written_any_more_is_said(desk: Desk, ana: Browser, draft: Draft) -> None:
    for wrong in ({"base": "- not\n- a form"}, {"sequence": "x"}, {"client_id": ""}, {"base": ""}):
        assert ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, entered(ITEM)) | wrong).status_code == 400
    course = desk.begin()
    db.session.commit()
    assert ana.post(address(course, "form/saved"), data=sent(course, course.text, {})).status_code == 400
    desk.write(draft, ITEM.replace("air gun", "air rifle"))
    desk.submit(draft)
    db.session.commit()
    closed = ana.post(address(draft, "form/saved"), data=sent(draft, ITEM, entered(ITEM, stem="x")))
    assert (closed.status_code, closed.json["verdict"]) == (409, "closed")


def test_parts_that_cannot_be_read_stay_as_they_were_and_the_rest_is_saved(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    db.session.commit()
    value = value_in(Kind.CASE, draft.text)
    fields = fields_in(parts_of(Kind.CASE, value))
    said = entered_in(value, fields) | {"content-attributes": "no colon", "content-title": "Another title"}
    answer = ana.post(address(draft, "form/saved"), data=sent(draft, draft.text, said)).json
    assert answer["verdict"] == "saved" and [each["key"] for each in answer["unread"]] == ["content-attributes"]
    db.session.refresh(draft)
    assert "Another title" in draft.text and "Toko Maju" in draft.text


def test_how_a_text_is_laid_out_stands_in_nobodys_way(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    base, value = draft.text, value_in(Kind.CASE, draft.text)
    desk.write(draft, base.replace("Rp 500.000", "Rp 600.000"), by=desk.budi)
    db.session.commit()
    assert value is not None and "attributes: { Colour" in base, "written by hand"
    said = entered_in(value, fields_in(parts_of(Kind.CASE, value))) | {"reference-rationale": "It fires metal balls, and is a gun."}
    answer = ana.post(address(draft, "form/saved"), data=sent(draft, base, said)).json
    db.session.refresh(draft)
    assert answer["verdict"] == "merged" and "Rp 600.000" in draft.text and "and is a gun." in draft.text


def test_a_page_from_before_an_update_empties_nothing(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    db.session.commit()
    text = draft.text
    older = {"reference-evidence": '- { field: description, quote: "metal balls" }', "reference-labels": "PRO-01", "market": "SG"}
    for way in ("form", "form/saved"):
        assert ana.post(address(draft, way), data=sent(draft, text, older)).status_code == 400
    db.session.refresh(draft)
    assert draft.text == text
