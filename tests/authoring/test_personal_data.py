"""Personal data is told beside a case while it is written, and taken out by one click, from the text and from the form."""

from collections.abc import Callable

from sqlalchemy import select

from tests.authoring.test_blind_labels import MILD, new_case
from tests.authoring.world import Desk, actor, refused
from tests.conftest import Browser
from training.accounts.models import Person
from training.audit.models import AuditEntry
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.rules.document_forms import fields_in, parts_of, value_in
from training.authoring.rules.form_fields import entered_in
from training.authoring.rules.states import DraftRefusal
from training.content_store.rules.kinds import Kind
from training.db import db

Signing = Callable[[Browser, Person], Browser]
WITH_PHONE = MILD.replace("Shoots metal balls through a can.", "Shoots metal balls. WA 0812-3456-7890, toko@example.com")


def test_one_click_takes_one_value_out_and_another_all(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    draft, ana = new_case(desk, WITH_PHONE), sign_in(browser, desk.ana)
    page = ana.get(f"/desk/drafts/{draft.id}").text
    assert "Phone number" in page and "Replace by [phone number]" in page and "Replace all 2" in page
    phone, mail = services.personal_in(draft)
    assert ana.post(f"/desk/drafts/{draft.id}/personal", data={"key": phone.key}).status_code == 302
    assert "WA [phone number], toko@example.com" in draft.text
    told = ana.post(f"/desk/drafts/{draft.id}/personal", data={"key": phone.key}, headers={"Accept": "application/json"}).json
    assert told == {"count": 0, "version": draft.version}
    assert ana.post(f"/desk/drafts/{draft.id}/personal").status_code == 302
    assert "[phone number], [e-mail]" in draft.text and services.personal_in(draft) == ()
    details = [entry.detail for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "draft.redacted").order_by(AuditEntry.id))]
    assert details == [{"phone": 1}, {"email": 1}] and mail.said not in str(details)


def test_the_form_saves_what_was_entered_before_it_takes_anything_out(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    draft, ana = new_case(desk, WITH_PHONE), sign_in(browser, desk.ana)
    page = ana.get(f"/desk/drafts/{draft.id}/form").text
    assert 'href="#content-description"' in page and 'form="document-form"' in page
    entered = {"version": str(draft.version), "redact": "all", **_entered(draft)}
    assert ana.post(f"/desk/drafts/{draft.id}/form", data=entered | {"content-title": "Air rifle"}).status_code == 302
    assert "Air rifle" in draft.text and "0812" not in draft.text


def _entered(draft: Draft) -> dict[str, str]:
    value = value_in(Kind.CASE, draft.text)
    assert value is not None
    return entered_in(value, fields_in(parts_of(Kind.CASE, value)))


def test_what_is_in_review_is_not_changed(desk: Desk) -> None:
    draft = new_case(desk, WITH_PHONE)
    desk.submit(draft)
    with refused(DraftRefusal.NOT_IN_THIS_STATE):
        services.redact_draft(draft, None, by=actor(desk.ana), now=desk.later())
