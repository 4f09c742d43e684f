"""A translation at the desk: begun from its original, told once that has gone on, shown beside it, and brought up to date."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.authoring.test_pages import Signing, address, form_of
from tests.authoring.world import MODULE, Desk
from tests.conftest import Browser
from tests.content_store.folders import alter, write
from tests.content_store.test_translations import PATH, TRANSLATION
from training.authoring import queries, services
from training.authoring.rules.front_matter import with_original
from training.authoring.rules.part_lines import part_lines
from training.authoring.services.translating import following_of, left_behind
from training.content_store.rules.kinds import Kind
from training.courses.queries import translations
from training.courses.rendering import render_module
from training.courses.rules.translations import Original
from training.courses.rules.versions import Version
from training.db import db

CHANGED = MODULE.replace("version: 1.0.0", "version: 1.1.0\nchanges:\n  since: 1.0.0\n  clauses:\n    PRO-01.a: changed").replace(
    "No offers of firearms.", "No offers of firearms or air guns."
)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The desk with a translation that runs."""
    write(desk.root, PATH, TRANSLATION)
    desk.bring_in()
    return desk


def publish_original(desk: Desk, text: str = CHANGED) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    desk.write(draft, text)
    desk.submit(draft)
    for person in (desk.budi, desk.citra):
        desk.review(draft, by=person)
    desk.publish(draft)
    db.session.commit()


def test_what_falls_behind_is_told_before_the_original_is_published(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    ana, budi = sign_in(app_browser(), desk.ana), sign_in(app_browser(), desk.budi)
    draft = desk.begin(Kind.MODULE, "goods")
    desk.write(draft, CHANGED)
    assert [each.slug for each in left_behind(draft, services.check_draft(draft))] == ["barang"]
    db.session.commit()
    assert "Translations that fall behind with this version: 1" in ana.get(address(draft, "submission")).text
    desk.submit(draft)
    db.session.commit()
    assert "Translations that fall behind with this version: 1" in budi.get(address(draft)).text
    desk.write(correction := desk.begin(Kind.COURSE), correction.text + "\n")
    assert left_behind(correction, services.check_draft(correction)) == ()


def test_a_translation_that_is_behind_is_listed_shown_beside_its_original_and_brought_up_to_date(
    desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing
) -> None:
    publish_original(desk)
    ana = sign_in(app_browser(), desk.ana)
    assert "Translations that are behind" in ana.get("/desk/").text
    assert ana.post("/desk/documents/module/barang/draft").status_code == 302
    draft = queries.open_draft_of(Kind.MODULE, "barang")
    assert draft is not None
    page = ana.get(address(draft)).text
    assert "It follows version 1.0.0, and 1.1.0 is published." in page and '<strong data-line="15" data-advice>Line 15</strong>: PRO-01.a changed.' in page
    beside = ana.get(address(draft, "original")).text
    assert "<ins> or air guns</ins>" in beside and "Senjata api tidak boleh ditawarkan." in beside and "The translation, from line 15" in beside
    text = draft.text.replace("Senjata api tidak", "Senjata api dan senapan angin tidak")
    assert ana.post(address(draft, "text"), data=form_of(draft, text)).status_code == 302
    assert ana.post(address(draft, "original")).status_code == 302
    db.session.refresh(draft)
    assert "translates: goods@1.1.0\n" in draft.text and "version: 1.0.1\n" in draft.text and "senapan angin" in draft.text
    beside = ana.get(address(draft, "original")).text
    assert "<ins> or air guns</ins>" in beside and "It tells version" not in beside, "what changed still stands there for whoever reviews it"
    number = desk.submit(draft)
    db.session.commit()
    assert number == 1 and "Read it beside its original" in sign_in(app_browser(), desk.budi).get(address(draft)).text
    for person in (desk.budi, desk.citra):
        desk.review(draft, by=person)
    desk.publish(draft)
    assert [each.is_behind for each in translations()] == [False]


def test_a_translations_version_is_only_counted(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    ana, draft = sign_in(app_browser(), desk.ana), desk.begin(Kind.MODULE, "barang")
    desk.write(draft, draft.text.replace("sebuah mainan", "sebuah boneka"))
    db.session.commit()
    page = ana.get(address(draft, "submission")).text
    assert "A translation asks nothing of anybody" in page and "Days to learn it" not in page
    assert ana.post(address(draft, "version"), data={"step": "major"}).status_code == 400
    assert ana.post(address(draft, "version"), data={"step": "patch"}).status_code == 302
    db.session.refresh(draft)
    assert "version: 1.0.1\n" in draft.text and "changes:" not in draft.text
    assert ana.get(address(desk.begin(Kind.MODULE, "goods"), "original")).status_code == 404, "it translates nothing"


def test_a_new_translation_begins_with_the_text_of_its_original(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    ana = sign_in(app_browser(), desk.ana)
    page = ana.get("/desk/new?kind=module").text
    assert "It translates" in page and "Where it is seen" not in page and "Barang terlarang" not in page
    said = {"kind": "module", "translates": "goods", "language": "id", "slug": "benda", "title": 'Benda: "terlarang"'}
    assert ana.post("/desk/new", data=said).status_code == 302
    draft = queries.open_draft_of(Kind.MODULE, "benda")
    assert draft is not None and "translates: goods@1.0.0" in draft.text and "**Rule.** No offers of firearms." in draft.text
    checked = services.check_draft(draft)
    assert checked.faults == () and following_of(draft, checked) is not None
    for wrong in ({**said, "slug": "benda-b", "translates": "barang"}, {**said, "slug": "benda-c", "language": "xx"}):
        assert ana.post("/desk/new", data=wrong).status_code == 400


def test_a_version_that_never_ran_here_is_shown_beside_nothing(app: Flask, desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    alter(desk.root, PATH, "goods@1.0.0", "goods@0.9.0")
    alter(desk.root, PATH, "version: 1.0.0", "version: 1.0.1")
    desk.bring_in()
    draft = desk.begin(Kind.MODULE, "barang")
    db.session.commit()
    assert "That version never ran here" in sign_in(app_browser(), desk.ana).get(address(draft, "original")).text


def test_a_translation_is_marked_in_its_front_matter_alone() -> None:
    text = TRANSLATION + "\nversion: 9\n"
    followed = with_original(text, Original.parse("goods@2.0.0"), Version(1, 0, 1))
    assert followed == text.replace("goods@1.0.0", "goods@2.0.0").replace("version: 1.0.0", "version: 1.0.1")
    assert with_original("no front matter", Original.parse("goods@2.0.0"), Version(1, 0, 1)) == "no front matter"


def test_parts_are_found_by_line_and_sections_only_where_nothing_is_guessed() -> None:
    body = "What for.\n\n## Aturan\n\n/// clause | PRO-01.a\n    labels: [PRO-01]\n\n## In it\n///\n\n### Lagi\n\nTeks.\n"
    passages = render_module(body, slug="x").passages
    assert part_lines(body, passages) == {"pro-01.a": 5, "aturan": 3, "lagi": 11}
    assert part_lines(body.replace("### Lagi", "~~~\n### Lagi\n~~~"), render_module(body, slug="x").passages[:2]) == {"pro-01.a": 5}
