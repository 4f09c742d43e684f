"""Cases and modules at the desk as those see them whom they are for, at the width of a phone and in every language that there is."""

from collections.abc import Callable
from html import unescape

import pytest

from tests.authoring.test_pages import Signing
from tests.authoring.world import MODULE, Desk, actor
from tests.conftest import Browser
from tests.content_store.folders import png
from training.authoring import services
from training.content_store.rules.kinds import Kind
from training.db import db
from training.exams.queries.bank import ways_of_knowing
from training.exams.rules.acquaintance import Acquaintance, KnownText

REASON = "which makes it a gun"


@pytest.fixture
def ana(desk: Desk, browser: Browser, sign_in: Signing) -> Browser:
    return sign_in(browser, desk.ana)


def test_a_case_that_runs_is_seen_as_in_practice_and_its_reference_only_by_who_asks(ana: Browser) -> None:
    page = ana.get("/desk/cases/case-one").text
    assert "Shoots metal balls" in page and "Send the answer" in page and REASON not in page and "PRO-01.a" not in page and "<mark" not in page
    narrow = unescape(ana.get("/desk/cases/case-one?key=shown&width=phone").text)
    assert REASON in narrow and "PRO-01.a" in narrow and "preview-phone" in narrow and 'href="/desk/cases/case-one?key=shown">At full width' in narrow
    assert ana.get("/desk/cases/no-such-case").status_code == 404
    assert 'href="/desk/cases/case-one">' in ana.get("/desk/documents?kind=case").text


def test_an_open_draft_of_a_case_is_seen_in_place_of_what_runs(desk: Desk, ana: Browser) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    desk.write(draft, draft.text.replace("through a can", "through a tin"))
    file = services.add_file(draft, png(), by=actor(desk.ana), now=desk.later())
    desk.write(draft, draft.text.replace("content:\n", f"content:\n  images: [{{file: {file.cited}, alt: A long box}}]\n"))
    db.session.commit()
    page = ana.get("/desk/cases/case-one").text
    assert "through a tin" in page and 'alt="A long box"' in page
    assert 'href="/desk/cases/case-one" data-after-save>As a moderator sees it' in ana.get(f"/desk/drafts/{draft.id}").text
    desk.write(draft, "id: case-one\n")
    db.session.commit()
    assert "The text holds no whole case" in ana.get("/desk/cases/case-one").text


def test_a_case_of_the_exam_pool_is_behind_a_door_that_leads_back_to_its_preview(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    budi = sign_in(app_browser(), desk.budi)
    shut = budi.get("/desk/cases/case-two").text
    assert "Whoever opens it never sits it" in shut and "Shoots metal balls" not in shut
    answer = budi.post("/desk/cases/case-two/open?then=preview")
    assert answer.location.endswith("/desk/cases/case-two") and "Shoots metal balls" in budi.get(answer.location).text
    assert ways_of_knowing(desk.budi.id, KnownText.CASE, "case-two") == {Acquaintance.OPENED}


def test_a_look_alike_in_another_language_is_one_link_away(desk: Desk, ana: Browser) -> None:
    text = (desk.root / "cases/pro/case-one.yaml").read_text()
    (desk.root / "cases/pro/kasus-satu.yaml").write_text(text.replace("id: case-one", "id: kasus-satu").replace("language: en", "language: id"))
    desk.bring_in()
    page = unescape(ana.get("/desk/cases/case-one?width=phone").text)
    assert 'href="/desk/cases/kasus-satu?width=phone" hreflang="id">In Indonesian: kasus-satu' in page


def test_a_module_is_seen_narrow_and_in_the_languages_that_run_or_are_being_written(desk: Desk, ana: Browser) -> None:
    text = MODULE.replace("id: goods", "id: barang").replace("language: en", "language: id\ntranslates: goods@1.0.0")
    draft = services.begin_new(Kind.MODULE, "barang", text, by=actor(desk.ana), now=desk.later())
    db.session.commit()
    page = unescape(ana.get("/desk/modules/goods?width=phone").text)
    assert "preview-phone" in page and ", a draft" not in page
    assert 'href="/desk/modules/barang?width=phone" hreflang="id">In Indonesian: barang' in page
    other = unescape(ana.get("/desk/modules/barang").text)
    assert ", a draft" in other and 'href="/desk/modules/goods" hreflang="en">In English: goods' in other
    assert 'href="/desk/modules/goods" hreflang="en"' in ana.get(f"/desk/drafts/{draft.id}/preview").text
    assert ana.get("/desk/modules/no-such-module").status_code == 404
