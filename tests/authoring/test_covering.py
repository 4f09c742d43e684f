"""Parts of a picture of a draft are blacked out: the new picture takes its place, and the old one is not kept."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tests.authoring.test_blind_labels import MILD, ask, new_case
from tests.authoring.test_files import put
from tests.authoring.world import Desk, actor, refused
from tests.conftest import Browser
from training.accounts.models import Person
from training.authoring import services
from training.authoring.models import Draft, DraftFile
from training.authoring.queries.files import file_cited, files_of_draft
from training.authoring.rules.states import DraftRefusal
from training.authoring.services.covering import cover_file
from training.content_store.rules.kinds import Kind
from training.db import db
from training.media import files
from training.media.queries import media_file
from training.media.rules import Box, PictureRefusal

Signing = Callable[[Browser, Person], Browser]
CORNER = Box(0, 0, 20, 10)


def photo(kind: str = "PNG", mode: str = "RGB") -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 30), "red").convert(mode).save(written, kind)
    return written.getvalue()


def with_picture(desk: Desk, data: bytes = b"") -> tuple[Draft, DraftFile]:
    draft = new_case(desk)
    cited = put(desk, draft, data or photo())
    desk.write(draft, draft.text.replace("  seller:", f"  images:\n    - {{ file: {cited}, alt: A red wall }}\n  seller:"))
    db.session.commit()
    file = file_cited(draft.id, cited)
    assert file is not None
    return draft, file


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA"), ("JPEG", "RGB"), ("WEBP", "RGB"), ("PNG", "L")])
def test_what_is_covered_is_black_in_a_new_picture_that_takes_the_place_of_the_old(desk: Desk, kind: str, mode: str) -> None:
    draft, file = with_picture(desk, photo(kind, mode))
    before, sha256 = file.cited, file.file.sha256
    covered = cover_file(draft, file.id, [CORNER, Box(30, 20, 10, 10)], by=actor(desk.ana), now=desk.later())
    db.session.commit()
    assert covered.forgotten == sha256 and media_file(sha256) is None
    assert before not in draft.text and covered.file.cited in draft.text and [each.cited for each in files_of_draft(draft.id)] == [covered.file.cited]
    with Image.open(BytesIO(files.get(covered.file.file.sha256))) as shown:
        pixels = shown.convert("RGB")
        assert pixels.size == (40, 30)
        assert all(max(pixels.getpixel(at)) < 12 for at in ((0, 0), (10, 5), (39, 29), (34, 25)))
        assert pixels.getpixel((25, 5))[0] > 60
    assert services.check_draft(draft).faults == ()


def test_a_picture_that_runs_or_is_shown_to_whoever_labels_stays_there(desk: Desk) -> None:
    draft, file = with_picture(desk)
    ask(desk, "case-new", desk.budi)
    covered = cover_file(draft, file.id, [CORNER], by=actor(desk.ana), now=desk.later())
    db.session.commit()
    assert covered.forgotten is None and covered.file.cited in draft.text
    other = services.begin_new(Kind.CASE, "case-other", MILD.replace("case-new", "case-other"), by=actor(desk.ana), now=desk.later())
    mine, theirs = put(desk, draft, photo("JPEG")), put(desk, other, photo("JPEG"))
    own = file_cited(draft.id, mine)
    assert own is not None
    assert cover_file(draft, own.id, [CORNER], by=actor(desk.ana), now=desk.later()).forgotten is None
    assert file_cited(other.id, theirs) is not None


def test_boxes_lie_within_the_picture_and_a_draft_in_review_is_not_changed(desk: Desk) -> None:
    draft, file = with_picture(desk)
    file_id = file.id
    for boxes, reason in (
        ([], PictureRefusal.NO_BOX),
        ([Box(0, 0, 41, 1)], PictureRefusal.BOX_OUTSIDE),
        ([Box(0, 0, 0, 5)], PictureRefusal.BOX_OUTSIDE),
        ([Box(-1, 0, 5, 5)], PictureRefusal.BOX_OUTSIDE),
    ):
        with refused(reason):
            cover_file(draft, file_id, boxes, by=actor(desk.ana), now=desk.later())
    desk.submit(draft)
    with refused(DraftRefusal.NOT_IN_THIS_STATE):
        cover_file(draft, file_id, [CORNER], by=actor(desk.ana), now=desk.later())


def test_the_page_takes_numbers_and_deletes_the_bytes_of_the_old_picture(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    draft, file = with_picture(desk)
    ana, sha256, address = sign_in(browser, desk.ana), file.file.sha256, f"/desk/drafts/{draft.id}/files/{file.id}/cover"
    assert f'href="{address}"' in ana.get(f"/desk/drafts/{draft.id}/files").text
    assert ana.get(address).text.count('name="width"') == 8
    wrong = ana.post(address, data={"x": ["5", ""], "y": ["5", ""], "width": ["wide", ""], "height": ["5", ""]})
    assert wrong.status_code == 409 and 'value="wide"' in wrong.text and files.get(sha256)
    assert ana.post(address, data={}).status_code == 409
    assert ana.post(address, data={"x": ["5", "0"], "y": ["5", "0"], "width": ["9", "3"], "height": ["5", "3"]}).status_code == 302
    with pytest.raises(FileNotFoundError):
        files.get(sha256)
    assert ana.get(address).status_code == 404 and ana.post(address, data={"x": "5", "y": "5", "width": "9", "height": "5"}).status_code == 404


def test_a_file_is_shown_in_the_case_by_saying_what_it_shows(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    draft, ana = new_case(desk), sign_in(browser, desk.ana)
    first, second = put(desk, draft, photo()), put(desk, draft, photo("JPEG"))
    address = f"/desk/drafts/{draft.id}/files"
    assert "Show it in the case" in ana.get(address).text
    for cited, alt in ((first, "A red wall"), (second, "The same: redder")):
        file = file_cited(draft.id, cited)
        assert file is not None
        assert ana.post(f"{address}/{file.id}/shown", data={"alt": " "}).status_code == 400
        assert ana.post(f"{address}/{file.id}/shown", data={"alt": alt}).status_code == 302
        assert ana.post(f"{address}/{file.id}/shown", data={"alt": "Twice"}).status_code == 302
    document = services.check_draft(draft).source
    assert document is not None and [(each.file, each.alt) for each in document.document.content.images] == [
        (first, "A red wall"),
        (second, "The same: redder"),
    ]
    assert draft.text.startswith(MILD.partition("content:")[0]) and draft.text.endswith(MILD.partition("reference:")[2])
    assert ana.get(address).text.count("Shown</span>") == 2
    assert ana.post(f"{address}/0/shown", data={"alt": "Nothing"}).status_code == 404
