"""Storing what the training team wrote: new versions for what differs, nothing for what is the same."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.factories import CONTENTS, THEN, TaxonomyLabelFactory, case_document
from tests.media.factories import MediaFileFactory
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.cases import queries, services
from training.cases.documents import CaseDocument, TaxonomyDocument
from training.cases.rendering import DisplayedRecording
from training.cases.rules import CaseRefusal, Severity, Surface
from training.db import db
from training.errors import Refusal
from training.media.models import MediaFile

LATER = THEN + timedelta(days=1)


@pytest.fixture(autouse=True)
def label(app: object) -> None:
    TaxonomyLabelFactory(code="PRO-03")


def stored(document: CaseDocument, media: dict[str, MediaFile] | None = None) -> bool:
    changed = services.store_case(document, media=media or {}, now=THEN, by=SYSTEM)
    db.session.commit()
    return changed


def listing(**content: Any) -> CaseDocument:
    original = case_document()
    return case_document(content=original.content.model_dump(mode="json", exclude_none=True) | content)


@pytest.mark.parametrize("surface", Surface)
def test_a_case_of_every_surface_is_stored_once(surface: Surface) -> None:
    assert stored(case_document(surface))
    assert not stored(case_document(surface))
    case = queries.case_by_slug(f"case-{surface.value}")
    assert case is not None
    assert [version.number for version in queries.versions_of(case)] == [1]
    assert [reference.number for reference in queries.references_of(case)] == [1]


def test_evidence_is_stored_as_characters_of_its_field() -> None:
    stored(case_document())
    case = queries.case_by_slug("case-listing")
    assert case is not None
    assert case.current_reference_id is not None
    reference = queries.reference(case.current_reference_id)
    assert reference is not None
    (mark,) = reference.evidence
    text = case_document().shown["description"]
    assert text[mark["start"] : mark["end"]] == "without prescription"


def test_what_is_known_of_a_case_comes_from_its_reference() -> None:
    stored(case_document())
    case = queries.case_by_slug("case-listing")
    assert case is not None
    assert (case.area, case.concept, case.is_innocent, case.severity) == ("PRO", "PRO-03.a", False, Severity.S3)


def test_an_innocent_case_belongs_to_the_area_of_the_clause_that_allows_it() -> None:
    stored(case_document(Surface.TICKET))
    case = queries.case_by_slug("case-ticket")
    assert case is not None
    assert (case.area, case.is_innocent, case.severity) == ("PRO", True, Severity.S0)


def test_a_changed_text_makes_a_new_version_and_a_new_reference() -> None:
    stored(case_document())
    assert stored(listing(title="Jamu pegal linu 50 sachet"))
    case = queries.case_by_slug("case-listing")
    assert case is not None
    assert [version.content["title"] for version in queries.versions_of(case)] == ["Jamu pegal linu 50 sachet", "Jamu pegal linu 30 sachet"]
    newest = queries.references_of(case)[0]
    assert (newest.number, newest.case_version_id) == (2, case.current_version_id)


def test_a_changed_reference_keeps_the_version() -> None:
    stored(case_document())
    amended = case_document().reference.model_dump(mode="json") | {"severity": "S2"}
    assert stored(case_document(reference=amended))
    case = queries.case_by_slug("case-listing")
    assert case is not None
    assert [version.number for version in queries.versions_of(case)] == [1]
    assert [reference.severity for reference in queries.references_of(case)] == ["S2", "S3"]


def test_a_changed_family_makes_no_version() -> None:
    stored(case_document())
    assert stored(case_document(family="fam-other"))
    case = queries.case_by_slug("case-listing")
    assert case is not None
    assert (case.family, len(queries.versions_of(case)), len(queries.references_of(case))) == ("fam-other", 1, 1)


def test_a_case_keeps_its_pool() -> None:
    stored(case_document())
    with pytest.raises(Refusal) as refused:
        stored(case_document(pool="exam"))
    assert refused.value.reason is CaseRefusal.POOL_IS_FIXED


def test_a_case_keeps_its_surface() -> None:
    stored(case_document(Surface.TICKET, id="case-one"))
    with pytest.raises(Refusal) as refused:
        stored(case_document(Surface.REVIEW, id="case-one"))
    assert refused.value.reason is CaseRefusal.SURFACE_IS_FIXED


def test_an_unknown_label_is_refused() -> None:
    reference = case_document().reference.model_dump(mode="json") | {"labels": ["XXX-01"], "clauses": ["XXX-01.a"]}
    with pytest.raises(Refusal) as refused:
        stored(case_document(reference=reference))
    assert refused.value.reason is CaseRefusal.LABEL_UNKNOWN


def test_pictures_are_stored_by_id_and_never_by_name() -> None:
    picture = MediaFileFactory(width=40, height=30)
    document = listing(images=[{"file": "media/secret-name.png", "alt": "A box of sachets"}])
    with pytest.raises(Refusal) as refused:
        stored(document)
    assert refused.value.reason is CaseRefusal.FILE_MISSING
    db.session.rollback()
    stored(document, {"media/secret-name.png": picture})
    case = queries.case_by_slug("case-listing")
    assert case is not None
    version = queries.versions_of(case)[0]
    assert version.images == [{"media_id": picture.id, "alt": "A box of sachets", "width": 40, "height": 30}]
    assert "secret-name" not in str(version.content)


def test_a_recording_is_stored_by_id_with_its_length_and_another_one_makes_a_new_version() -> None:
    content = CONTENTS[Surface.VIDEO] | {"recording": {"file": "media/clip.webm", "alt": "A kitchen"}}
    document = case_document(Surface.VIDEO, content=content)
    file = MediaFileFactory(mime="video/webm", width=360, height=480, seconds=30.0)
    assert stored(document, {"media/clip.webm": file})
    assert not stored(document, {"media/clip.webm": file})
    case = queries.case_by_slug("case-video")
    assert case is not None
    assert case.current_version_id is not None
    shown = queries.case_for_display(case.current_version_id).recording
    assert shown == DisplayedRecording(file.id, "A kitchen", 30.0, 360, 480)
    assert stored(document, {"media/clip.webm": MediaFileFactory(mime="video/webm", seconds=30.0)})
    assert [version.number for version in queries.versions_of(case)] == [2, 1]


def test_another_picture_under_the_same_name_makes_a_new_version() -> None:
    document = listing(images=[{"file": "media/box.png", "alt": "A box of sachets"}])
    assert stored(document, {"media/box.png": MediaFileFactory()})
    assert stored(document, {"media/box.png": MediaFileFactory()})
    case = queries.case_by_slug("case-listing")
    assert case is not None
    assert len(queries.versions_of(case)) == 2


TAXONOMY: dict[str, Any] = {
    "areas": [{"code": "PRO", "title": "Prohibited goods"}, {"code": "IPR", "title": "Counterfeit"}],
    "labels": [
        {
            "code": code,
            "area": code[:3],
            "title": title,
            "surfaces": surfaces,
            "dsa_category": "C",
            "dsa_keyword": "K",
            "ground": "G",
            "severity": "S3",
            "default_decision": ["REMOVE"],
            "escalate_to": None,
        }
        for code, title, surfaces in [("PRO-03", "Medicine", "any"), ("IPR-01", "Fakes", ["listing"])]
    ],
}


def test_the_taxonomy_is_stored_once_in_its_order() -> None:
    document = TaxonomyDocument.model_validate(TAXONOMY)
    assert services.store_taxonomy(document, now=THEN, by=SYSTEM)
    assert not services.store_taxonomy(document, now=LATER, by=SYSTEM)
    taxonomy = queries.taxonomy()
    assert [area.code for area in taxonomy.areas] == ["PRO", "IPR"]
    assert [label.code for label in taxonomy.labels][:2] == ["PRO-03", "IPR-01"]
    assert [label.code for label in taxonomy.labels][2:] == ["OUT-00", "OUT-01", "OUT-02", "OUT-03", "OUT-04"]
    assert taxonomy.labels[0].surfaces == frozenset(Surface)


def test_synonyms_of_a_label_come_and_go_with_the_document() -> None:
    labels = [TAXONOMY["labels"][0] | {"synonyms": {"en": ["Rx"]}}, *TAXONOMY["labels"][1:]]
    with_synonyms = TaxonomyDocument.model_validate(TAXONOMY | {"labels": labels})
    assert services.store_taxonomy(with_synonyms, now=THEN, by=SYSTEM)
    assert not services.store_taxonomy(with_synonyms, now=LATER, by=SYSTEM)
    assert queries.taxonomy().labels[0].synonyms == ("Rx",)
    assert services.store_taxonomy(TaxonomyDocument.model_validate(TAXONOMY), now=LATER, by=SYSTEM)
    assert queries.taxonomy().labels[0].synonyms == ()


def test_a_label_that_is_no_longer_listed_is_retired_and_keeps_its_meaning() -> None:
    services.store_taxonomy(TaxonomyDocument.model_validate(TAXONOMY), now=THEN, by=SYSTEM)
    shorter = TaxonomyDocument.model_validate({"areas": TAXONOMY["areas"][:1], "labels": TAXONOMY["labels"][:1]})
    assert services.store_taxonomy(shorter, now=LATER, by=SYSTEM)
    assert not services.store_taxonomy(shorter, now=LATER, by=SYSTEM)
    assert "IPR-01" not in queries.taxonomy().titles
    assert queries.area_of_labels()["IPR-01"] == "IPR"
    assert services.store_taxonomy(TaxonomyDocument.model_validate(TAXONOMY), now=LATER, by=SYSTEM)
    assert queries.taxonomy().titles["IPR-01"] == "Fakes"


def test_what_changes_is_audited_and_what_does_not_is_not() -> None:
    stored(case_document())
    stored(case_document())
    assert list(db.session.scalars(select(AuditEntry.deed))) == ["case.stored"]
