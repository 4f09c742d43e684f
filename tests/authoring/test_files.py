"""Pictures and recordings of drafts: put in, shown, and part of what runs once a text that shows them is published."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from tests.authoring.test_pages import Signing, address
from tests.authoring.world import MODULE, PRACTICE_CASE, Desk, actor, refused, trainer
from tests.conftest import Browser
from tests.content_store.folders import png
from tests.media.factories import picture_bytes
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.queries.files import files_of_draft
from training.authoring.rules.states import DraftRefusal
from training.content_store.queries import media_by_name
from training.content_store.rules.kinds import Kind
from training.content_store.services import gather
from training.content_sync import services as sync
from training.courses.queries import module_by_slug
from training.db import db

CLIP = Path(__file__).resolve().parents[2] / "content" / "exams" / "media" / "hair-routine-clip.webm"


def put(desk: Desk, draft: Draft, data: bytes) -> str:
    cited = services.add_file(draft, data, by=actor(desk.ana), now=desk.later()).cited
    db.session.commit()
    return cited


def publish_with_picture(desk: Desk) -> str:
    """A version of the module that shows a picture; how its text cites it."""
    draft = desk.begin(Kind.MODULE, "goods")
    cited = put(desk, draft, picture_bytes("PNG", size=(30, 20)))
    text = MODULE.replace("1.0.0", "1.0.1").replace("What this module is for.", f"What this module is for.\n\n![A scale with two pans]({cited})")
    desk.write(draft, text)
    desk.submit(draft)
    for person in (desk.budi, desk.citra):
        desk.review(draft, by=person)
    desk.publish(draft)
    db.session.commit()
    return cited


def test_a_picture_runs_once_a_module_that_shows_it_is_published_and_is_written_into_the_folder(desk: Desk) -> None:
    cited = publish_with_picture(desk)
    assert cited.startswith("media/goods-") and set(media_by_name()) == {f"policies/{cited}"}
    version = module_by_slug("goods").current_version
    assert f'src="/handbook/goods/versions/1.0.1/pictures/{cited.removeprefix("media/")}"' in version.html and 'alt="A scale with two pans"' in version.html
    assert "A scale with two pans" in version.passages[0].text
    written = sync.export(desk.root)
    assert f"policies/{cited}" in written
    folder = gather(desk.root)
    assert folder.faults == () and f"policies/{cited}" in folder.media
    assert sync.propose(desk.root).plan.is_empty


def test_what_no_text_shows_never_runs_and_what_is_cited_and_not_there_is_a_fault(desk: Desk) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    cited = put(desk, draft, png())
    assert put(desk, draft, png()) == cited and len(files_of_draft(draft.id)) == 1
    for shown, problem in (
        ("media/other.png", "there is no picture policies/media/other.png"),
        ("https://example.org/spy.png", "shows a picture from elsewhere (https://example.org/spy.png)"),
    ):
        desk.write(draft, f"{MODULE}\n![A scale]({shown})\n")
        assert problem in [fault.problem for fault in services.check_draft(draft).here]
    desk.write(draft, f"{MODULE}\n![]({cited})\n")
    (fault,) = services.check_draft(draft).here
    assert (fault.line, fault.problem) == (len(MODULE.split("\n")) + 1, "shows a picture and does not say what it shows")
    desk.write(draft, MODULE.replace("1.0.0", "1.0.1").replace("What this", "All that this"))
    desk.submit(draft)
    for person in (desk.budi, desk.citra):
        desk.review(draft, by=person)
    desk.publish(draft)
    assert media_by_name() == {}


def test_a_case_shows_what_was_put_into_its_draft(desk: Desk) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    cited = put(desk, draft, picture_bytes("WEBP"))
    desk.write(draft, PRACTICE_CASE.replace("  seller:", f'  images: [{{ file: {cited}, alt: "A black thing" }}]\n  seller:'))
    assert services.check_draft(draft).faults == ()
    desk.submit(draft)
    for person in (desk.budi, desk.citra):
        desk.review(draft, by=person)
    desk.publish(draft)
    assert set(media_by_name()) == {cited}


def test_a_module_shows_pictures_alone_a_course_nothing_and_what_is_in_review_stays_as_it_is(desk: Desk) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    with refused(DraftRefusal.SHOWS_PICTURES_ALONE):
        put(desk, draft, CLIP.read_bytes())
    assert put(desk, desk.begin(Kind.ITEM, "item-one"), CLIP.read_bytes()).endswith(".webm")
    course = desk.begin()
    with refused(DraftRefusal.SHOWS_NO_FILES):
        put(desk, course, png())
    desk.write(draft, MODULE.replace("1.0.0", "1.0.1").replace("What this", "All that this"))
    desk.submit(draft)
    with refused(DraftRefusal.NOT_IN_THIS_STATE):
        put(desk, draft, png())


def test_files_are_put_in_and_seen_by_page_and_by_script(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    db.session.commit()
    ana, files = sign_in(app_browser(), desk.ana), address(draft, "files")
    assert ana.post(files, data={"file": (BytesIO(picture_bytes("JPEG")), "C:/Users/siti/x.jpg")}).status_code == 302
    assert "![What it shows](media/goods-" in ana.get(files).text
    told = ana.post(files, data={"file": (BytesIO(png()), "x.png")}, headers={"Accept": "application/json"})
    assert told.status_code == 200 and told.json["cited"].endswith(".png") and (told.json["width"], told.json["height"]) == (1, 1)
    shown = ana.get(told.json["address"])
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    for data in ({}, {"file": (BytesIO(b"<svg/>"), "x.png")}, {"file": (BytesIO(b"x" * 6_000_000), "x.png")}):
        answer = ana.post(files, data=data, headers={"Accept": "application/json"})
        assert answer.status_code == 409 and answer.json["message"]
    assert ana.post(files, data={"file": (BytesIO(b"<svg/>"), "x.png")}).status_code == 409
    assert ana.post(files, data={"file": (BytesIO(b"x" * 21_000_000), "x.png")}).status_code == 413
    stranger = sign_in(app_browser(), trainer(name="Dewi"))
    assert stranger.get(told.json["address"]).status_code == 404, "an address is its viewer's own"
    assert stranger.get("/desk/drafts/0/files").status_code == 404


def test_an_old_version_goes_on_showing_its_picture_to_whoever_is_signed_in(desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    cited = publish_with_picture(desk)
    shown = f"/handbook/goods/versions/1.0.1/pictures/{cited.removeprefix('media/')}"
    assert app_browser().get(shown).status_code == 302
    ana = sign_in(app_browser(), desk.ana)
    assert (ana.get(shown).status_code, ana.get(shown).mimetype) == (200, "image/png")
    for missing in (shown.replace("1.0.1", "1.0.0"), shown.replace("goods-", "other-")):
        assert ana.get(missing).status_code == 404
    draft = desk.begin(Kind.MODULE, "goods")
    db.session.commit()
    assert 'alt="A scale with two pans"' in ana.get(address(draft, "preview")).text
