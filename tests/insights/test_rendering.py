"""Packs on paper: opened, read and their code decoded by other programs."""

import io
import re
from datetime import UTC, datetime
from string import Formatter

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.insights.factories import day, make_pack, make_world
from training import clock
from training.certification.rules import EventKind
from training.insights.documents import About, AnswerSource, ExceptionFact, Facts, Head, Issuer, LedgerFact, PersonFacts, PublicKey, TrainingFact
from training.insights.files import paper_of
from training.insights.rendering import REASONS, WORDS, Sheet, pack_pdf
from training.insights.rules import ScopeKind
from training.insights.rules.languages import LANGUAGES
from training.insights.rules.stretches import TOLD
from training.queues.rules.decision import Access, Code

AT = datetime(2026, 11, 22, 18, tzinfo=UTC)


def read(data):
    return PdfReader(io.BytesIO(data))


def letters(text):
    return "".join(text.split())


def text_of(data):
    return letters("".join(page.extract_text() for page in read(data).pages))


def sheet(*people, count=None, language="en"):
    key = PublicKey(kty="OKP", crv="Ed25519", x="A" * 43, kid="https://here.example/keys/a", use="sig")
    issuer = Issuer(name="Tokopedia-like", address="https://here.example/badges/issuer", key=key)
    about = About(
        schema="touchstone.evidence/1",
        number="abc",
        address="https://here.example/evidence/abc",
        made_at=AT,
        made_for="p_a",
        has_names=True,
        language=language,
        issuer=issuer,
    )
    facts = Facts(
        scope=ScopeKind.ORGANISATION,
        person=None,
        queue=None,
        team=None,
        at=AT,
        since=None,
        unknown=tuple(AnswerSource),
        actors=(),
        people=people,
        queues=(),
        certifications=(),
        totals=(),
        languages=(),
    )
    return Sheet(about, facts, Head(position=7, hash="b" * 64, tree="c" * 64), "a" * 64, len(people) if count is None else count)


def somebody(name):
    training = TrainingFact(practice=None, readings=(), assignments=())
    return PersonFacts(
        person="p_1", number=1, name=name, languages=(), markets=(), access=(), stretches=(), ledger=(), training=training, accuracy=(), exceptions=()
    )


def test_the_paper_tells_what_the_file_does_and_where_it_is_kept(app):
    world = make_world()
    pack = make_pack(world.auditor, ScopeKind.QUEUE, world.queue.slug, at=day(41), now=clock.now())
    data = paper_of(pack.public_id).read_bytes()
    text = text_of(data)
    for words in (
        "Evidence pack",
        "Queue Listing claims id",
        "as it was on 2026-04-11 09:00 UTC",
        pack.sha256,
        "Sri Rahayu",
        "Budi Santoso",
        "Wayan Sudira",
        "The peak of the eleventh.",
        "Three critical misses in a week.",
        "100.0 % ≥ 75 %, 4 items",
        "67 % (20–94 %, n = 3)",
        "not known",
        "open: Listing claims id",
    ):
        assert letters(words) in text, words
    (image,) = read(data).pages[0].images
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(image.data)).convert("L"))
    assert code.text == f"http://127.0.0.1:5000/evidence/{pack.public_id}"


def test_every_page_has_its_number_and_the_hash_of_the_file():
    pages = read(pack_pdf(sheet(*(somebody(f"Person {number}") for number in range(120))))).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        text = letters(page.extract_text())
        assert f"Page{number}/{len(pages)}" in text and f"SHA-256{'a' * 64}" in text


def test_nobody_and_those_beyond_the_paper_are_said():
    assert letters("Nobody: nobody was qualified") in text_of(pack_pdf(sheet()))
    assert letters("The file tells of 99 more people.") in text_of(pack_pdf(sheet(somebody("One"), count=100)))


@pytest.mark.parametrize("name", ["Nguyễn Thị Phượng Đặng", "น้ำทิพย์ ศรีสุวรรณ", "W" * 200, "林小姐", "O’Brien & <b>Söhne</b>"])
def test_any_name_can_be_set(name):
    assert read(pack_pdf(sheet(somebody(name)))).pages


@pytest.mark.parametrize("words", ["W" * 400, "x\n" * 200, "a\tb\x07c", "\u0e01" * 400, "\u200b" * 400, "\u202eabc 😀"])
def test_whatever_somebody_wrote_is_set_and_every_row_fits_a_page(words):
    entry = LedgerFact(
        entry=1,
        number="n",
        kind="awarded",
        certification="listing-claims",
        certification_version=1,
        effective_at=AT,
        recorded_at=AT,
        valid_from=AT,
        valid_until=None,
        disuse_days=None,
        is_provisional=False,
        by="p_b",
        reason=words,
        exams=(),
        policy_versions={f"a-policy-module-whose-name-is-long-{number}": "10.20.30" for number in range(60)},
    )
    exception = ExceptionFact(
        entry=1,
        proposal_entry=None,
        end_entry=None,
        number=1,
        proposal=None,
        queue="listing-claims-id",
        effect="allow",
        recorded_at=AT,
        since=AT,
        until=AT,
        ended_at=None,
        reason=words,
        by="p_b",
        confirmed_by=None,
    )
    assert read(pack_pdf(sheet(somebody("Sri").model_copy(update={"ledger": (entry,), "exceptions": (exception,)})))).pages


def test_the_same_sheet_is_the_same_file():
    assert pack_pdf(sheet(somebody("Sri"))) == pack_pdf(sheet(somebody("Sri")))


def test_the_paper_is_in_the_language_that_was_asked_for():
    data = pack_pdf(sheet(language="id"))
    assert letters("Berkas bukti") in text_of(data) and "Evidence" not in read(data).metadata.title
    assert str(read(data).trailer["/Root"]["/Lang"]) == "id"


def test_every_language_has_every_word():
    assert set(WORDS) == set(REASONS) == set(LANGUAGES)
    for language, words in WORDS.items():
        assert set(words) == set(WORDS["en"])
        assert {name: _gaps(text) for name, text in words.items()} == {name: _gaps(text) for name, text in WORDS["en"].items()}
        assert set(REASONS[language]) == {code.value for code in Code}
        needed = [f"kind_{kind.value}" for kind in EventKind] + [f"access_{access.value}" for access in Access]
        needed += [f"state_{state.value}" for state in TOLD] + [f"source_{source.value}" for source in AnswerSource]
        needed += [f"scope_{kind.value}" for kind in ScopeKind]
        assert set(needed) <= set(words)


def _gaps(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_no_machine_word_is_on_paper(app):
    world = make_world()
    text = text_of(paper_of(make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(22), now=clock.now()).public_id).read_bytes())
    assert not re.search("|".join(code.value for code in Code if "_" in code.value), text)
