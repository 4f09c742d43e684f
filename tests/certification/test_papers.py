"""Certificates on paper: opened, read and their code decoded by other programs; the holder's alone."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.certification import services
from training.certification.rules import EventKind
from training.db import db

Signing = Callable[[Browser, Person], Browser]
DAY = timedelta(days=1)
NAMES = ["Siti Nurhaliza binti Tarudin", "Nguyễn Thị Phượng Đặng", "น้ำทิพย์ ศรีสุวรรณ", "กัญญ์ญี่ ปัญญา", "Jeļena Žukauskaitė-O’Brien", "W" * 120]


def paper_of(browser: Browser, public_id: str) -> bytes:
    response = browser.get(f"/certificates/awards/{public_id}.pdf")
    assert (response.status_code, response.content_type) == (200, "application/pdf")
    return bytes(response.data)


def letters(text: str) -> str:
    """Without blanks: readers put some between marks that are set by themselves."""
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_paper_says_who_holds_what_until_when_and_its_code_leads_to_the_page(browser: Browser, sign_in: Signing, name: str) -> None:
    person, certification = PersonFactory(name=name), CertificationFactory(title="Product claims on listings")
    event = award(person.id, certification, now=clock.now() - DAY)
    reader = PdfReader(io.BytesIO(paper_of(sign_in(browser, person), event.public_id)))
    (page,) = reader.pages
    text = letters(page.extract_text())
    address = f"http://127.0.0.1:5000/verify/{event.public_id}"
    for words in (name, "Product claims on listings", event.public_id, address, f"{event.valid_until:%B %Y}"):
        assert letters(words) in text
    (image,) = page.images
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(image.data)).convert("L"))
    assert code.text == address
    assert browser.get(code.text.removeprefix("http://127.0.0.1:5000")).status_code == 200
    assert all("FontFile2" in str(font) or "FiraGO" in str(font) for font in page["/Resources"]["/Font"].values())


def test_the_same_certificate_is_the_same_file(browser: Browser, sign_in: Signing) -> None:
    person = PersonFactory()
    event = award(person.id, CertificationFactory(), now=clock.now() - DAY)
    mine = sign_in(browser, person)
    assert paper_of(mine, event.public_id) == paper_of(mine, event.public_id)


def test_a_certificate_without_an_end_and_one_that_has_ended_are_still_paper(browser: Browser, sign_in: Signing) -> None:
    person = PersonFactory()
    endless = award(person.id, CertificationFactory(ends={"mode": "never"}), now=clock.now() - DAY)
    ended = award(person.id, CertificationFactory(), now=clock.now() - 400 * DAY)
    mine = sign_in(browser, person)
    assert "untilitistakenback" in letters(PdfReader(io.BytesIO(paper_of(mine, endless.public_id))).pages[0].extract_text())
    assert paper_of(mine, ended.public_id)


def test_nobody_has_anothers_paper_and_a_revoked_one_is_none(browser: Browser, sign_in: Signing, as_role: Callable[..., Browser]) -> None:
    person, certification = PersonFactory(), CertificationFactory()
    event = award(person.id, certification, now=clock.now() - DAY)
    address = f"/certificates/awards/{event.public_id}.pdf"
    assert [as_role(role).get(address).status_code for role in (Role.LEAD, Role.ADMIN, Role.AUDITOR)] == [404, 404, 404]
    assert browser.get(address).status_code == 302
    services.enter(person.id, certification, EventKind.REVOKED, reason="Answers were copied.", by=Actor(ActorKind.PERSON, None), now=clock.now())
    db.session.commit()
    refused = sign_in(browser, person).get(address)
    assert (refused.status_code, "was revoked" in refused.text) == (409, True)
