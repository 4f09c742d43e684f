"""What a case file may say, and the words in which its faults come back."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.cases.factories import CONTENTS, INNOCENT_REFERENCE, VIOLATING_REFERENCE, case_values
from training.cases.documents import CaseDocument, TaxonomyDocument, fingerprint_parts, read_marks, write_marks
from training.cases.rules import Region, Span, Surface


def faults(values: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        CaseDocument.model_validate(values)
    return [(".".join(str(step) for step in fault["loc"]), fault["msg"]) for fault in refused.value.errors()]


def with_content(surface: Surface, **changes: Any) -> dict[str, Any]:
    return case_values(surface, content={**CONTENTS[surface], **changes}, reference=INNOCENT_REFERENCE)


def with_reference(**changes: Any) -> dict[str, Any]:
    return case_values(Surface.LISTING, reference={**VIOLATING_REFERENCE, **changes})


@pytest.mark.parametrize("surface", Surface)
def test_a_case_of_every_surface_is_read(surface: Surface) -> None:
    assert CaseDocument.model_validate(case_values(surface)).surface is surface


@pytest.mark.parametrize("surface", Surface)
def test_an_unknown_field_is_a_fault_at_its_place(surface: Surface) -> None:
    assert faults(with_content(surface, colour="red")) == [("content.colour", "Extra inputs are not permitted")]


def test_content_of_another_surface_is_a_fault() -> None:
    found = faults(case_values(Surface.REVIEW, content=CONTENTS[Surface.TICKET]))
    assert ("content.product", "Field required") in found


def test_an_unknown_surface_is_said_once_and_the_rest_waits() -> None:
    found = faults(case_values(Surface.REVIEW) | {"surface": "billboard"})
    assert {path for path, _ in found} == {"surface", "content"}


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        (case_values(Surface.LISTING, id="Case 1"), "id", "pattern"),
        (case_values(Surface.LISTING, language="fr"), "language", "'en' or 'id'"),
        (case_values(Surface.LISTING, market="Indonesia"), "market", "pattern"),
        (case_values(Surface.LISTING, pool="both"), "pool", "'practice' or 'exam'"),
        (case_values(Surface.LISTING, contrast="case-listing"), "", "contrast names the case itself"),
        (with_content(Surface.REVIEW, stars=6), "content.stars", "less than or equal to 5"),
        (with_content(Surface.VIDEO, duration_seconds=0), "content.duration_seconds", "greater than or equal to 1"),
        (with_content(Surface.COMMENT, thread=[]), "content.thread", "at least 1 item"),
        (with_content(Surface.TICKET, reporter="robot"), "content.reporter", "'buyer', 'seller' or 'creator'"),
        (with_content(Surface.REVIEW, text="a\x00b"), "content.text", "control character"),
        (with_content(Surface.REVIEW, text="  "), "content.text", "at least 1 character"),
        (with_content(Surface.REVIEW, images=[{"file": "../secret.png", "alt": "x"}]), "content.images.0.file", "pattern"),
        (with_content(Surface.REVIEW, images=[{"file": "media/x.png"}]), "content.images.0.alt", "Field required"),
        (with_reference(decisions=[]), "reference.decisions", "at least 1 item"),
        (with_reference(decisions=[["FLY"]]), "reference.decisions.0.0", "Input should be 'APPROVE'"),
        (with_reference(decisions=[["REMOVE", "REMOVE"]]), "reference.decisions", "names an action twice"),
        (with_reference(decisions=[["APPROVE", "STRIKE"]]), "reference.decisions", "both approves and acts"),
        (with_reference(decisions=[["REMOVE", "STRIKE"], ["STRIKE", "REMOVE"]]), "reference.decisions", "accepted twice"),
        (with_reference(labels=["PRO-03", "PRO-03"]), "reference.labels", "names a code twice"),
        (with_reference(labels=["PRO-03", "OUT-00"]), "reference", "OUT-00 stands beside a violation"),
        (with_reference(severity="S0"), "reference", "severity of S1 to S4"),
        (with_reference(severity="S9"), "reference.severity", "Input should be 'S0'"),
        (with_reference(must_escalate=True), "reference", "must_escalate needs escalate_to"),
        (with_reference(decisions=[["ESCALATE"]]), "reference", "escalate_to must say to whom"),
        (with_reference(clauses=[]), "reference.clauses", "at least 1 item"),
        (with_reference(clauses=["3.2"]), "reference.clauses.0", "pattern"),
        (with_reference(rationale="Because."), "reference.rationale", "at least 20 characters"),
        (with_reference(labels=["OUT-00"]), "reference", "OUT-00 means nothing is wrong"),
        (with_reference(evidence=[{"field": "body", "quote": "x"}]), "", "body is not a text of this content"),
        (with_reference(evidence=[{"field": "title", "quote": "absent"}]), "", "“absent” does not occur in title"),
        (with_reference(evidence=[{"field": "description", "quote": "e"}]), "", "occurs more than once in description"),
        (case_values(Surface.LISTING, pool="exam", reference={**VIOLATING_REFERENCE, "decisions": [["REMOVE"], ["APPROVE"]]}), "", "practised, never examined"),
        (
            case_values(Surface.LISTING, pool="exam", reference={**VIOLATING_REFERENCE, "partial_credits": [{"actions": ["DEMOTE"], "credit": 0.5}]}),
            "",
            "practised, never examined",
        ),
        (with_reference(partial_credits=[{"actions": ["DEMOTE"], "credit": 1}]), "reference.partial_credits.0.credit", "less than 1"),
    ],
)
def test_faults_say_what_is_wrong_at_their_place(values: dict[str, Any], path: str, words: str) -> None:
    assert any(found_path == path and words in message for found_path, message in faults(values)), faults(values)


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": ["SXM-04"], "severity": "S4", "clauses": ["SXM-04.a"]},
        {"labels": ["OUT-03"], "severity": None, "clauses": ["SXM-04.a"]},
        {"escalate_to": "CSAM"},
    ],
)
def test_what_concerns_a_minors_safety_is_procedure_in_a_ticket_alone(changes: dict[str, Any]) -> None:
    reference = {**VIOLATING_REFERENCE, **changes}
    assert any("SXM-04 is procedure only" in message for _, message in faults(case_values(Surface.LISTING, reference=reference)))
    pictured = CONTENTS[Surface.TICKET] | {"images": [{"file": "media/x.png", "alt": "x"}]}
    assert any("SXM-04 is procedure only" in message for _, message in faults(case_values(Surface.TICKET, content=pictured, reference=reference)))
    CaseDocument.model_validate(case_values(Surface.TICKET, reference=reference))


def test_numbers_in_texts_are_read_as_texts() -> None:
    document = CaseDocument.model_validate(with_content(Surface.LIVE, viewers=412))
    assert document.shown["viewers"] == "412"


def test_evidence_is_found_in_characters() -> None:
    content = CONTENTS[Surface.VIDEO] | {"caption": "🌿🌿 cures all"}
    reference = {**VIOLATING_REFERENCE, "evidence": [{"field": "caption", "quote": "cures"}]}
    assert CaseDocument.model_validate(case_values(Surface.VIDEO, content=content, reference=reference)).marks == (Span("caption", 3, 8),)


def test_what_is_shown_holds_no_file_name() -> None:
    document = CaseDocument.model_validate(with_content(Surface.REVIEW, images=[{"file": "media/violating.png", "alt": "A pot"}]))
    assert "violating" not in str(document.shown)
    assert document.media_files == ("media/violating.png",)


RECORDING = {"file": "media/clip-one.webm", "alt": "A kitchen"}


@pytest.mark.parametrize("surface", [Surface.LISTING, Surface.VIDEO, Surface.LIVE])
def test_a_recording_is_stored_apart_and_makes_another_version(surface: Surface) -> None:
    silent, document = CaseDocument.model_validate(case_values(surface)), CaseDocument.model_validate(with_content(surface, recording=RECORDING))
    assert document.media_files == ("media/clip-one.webm",)
    assert document.shown == silent.shown
    assert fingerprint_parts(document, {"media/clip-one.webm": "1"}) != fingerprint_parts(document, {"media/clip-one.webm": "2"})
    assert "recording" not in fingerprint_parts(silent, {})
    assert CaseDocument.model_validate(document.model_dump(mode="json", by_alias=True)) == document


@pytest.mark.parametrize(
    ("surface", "changes"),
    [
        (Surface.TICKET, {"recording": RECORDING}),
        (Surface.VIDEO, {"recording": {**RECORDING, "file": "media/clip-one.png"}}),
        (Surface.VIDEO, {"recording": {"file": "media/clip-one.webm"}}),
        (Surface.VIDEO, {"images": [{"file": "media/clip-one.webm", "alt": "A kitchen"}]}),
    ],
)
def test_only_a_recording_is_played_and_only_where_one_can_be(surface: Surface, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CaseDocument.model_validate(with_content(surface, **changes))


def test_a_document_is_read_back_from_what_it_writes() -> None:
    for surface in Surface:
        document = CaseDocument.model_validate(case_values(surface))
        assert CaseDocument.model_validate(document.model_dump(mode="json", by_alias=True)) == document


LABEL = {
    "code": "PRO-03",
    "area": "PRO",
    "title": "Medicine",
    "surfaces": ["listing"],
    "dsa_category": "C",
    "dsa_keyword": "K",
    "ground": "G",
    "severity": "S3",
    "default_decision": ["REMOVE"],
}
AREA = {"code": "PRO", "title": "Prohibited goods"}


@pytest.mark.parametrize(
    ("areas", "labels", "words"),
    [
        ([], [LABEL], "at least 1 item"),
        ([AREA], [], "at least 1 item"),
        ([AREA, AREA], [LABEL], "PRO is listed twice"),
        ([AREA], [LABEL, LABEL], "PRO-03 is listed twice"),
        ([AREA], [{**LABEL, "area": "IPR"}], "names the area IPR, which is not listed"),
        ([AREA], [{**LABEL, "code": "OUT-00"}], "is an outcome, which the program knows by itself"),
        ([AREA], [{**LABEL, "surfaces": "some"}], "Input should be 'any'"),
        ([AREA], [{**LABEL, "extra": 1}], "Extra inputs are not permitted"),
    ],
)
def test_a_taxonomy_that_contradicts_itself_is_refused(areas: list[Any], labels: list[Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        TaxonomyDocument.model_validate({"areas": areas, "labels": labels})


def test_any_surface_stands_for_all() -> None:
    document = TaxonomyDocument.model_validate({"areas": [AREA], "labels": [{**LABEL, "surfaces": "any"}]})
    assert document.labels[0].surface_list == list(Surface)


@pytest.mark.parametrize(
    "text", ["{", "[1]", '[{"field": "x"}]', '[{"field": "x", "start": -1, "end": 2}]', '[{"field": "x", "start": 0, "end": 2, "more": 1}]', "[" * 10_000]
)
def test_marks_that_cannot_be_read_are_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_marks(text)


def test_marks_are_read_back_from_what_is_written() -> None:
    marks: list[dict[str, object]] = [{"field": "title", "start": 1, "end": 4}]
    assert read_marks(write_marks(marks)) == (Span("title", 1, 4),)
    assert write_marks([]) == ""
    assert read_marks("  ") == ()


CLIPPED = {"recording": RECORDING, "images": [{"file": "media/x.png", "alt": "A pot"}]}


def evidence_faults(*evidence: dict[str, Any], **content: Any) -> list[tuple[str, str]]:
    values = case_values(Surface.VIDEO, content=CONTENTS[Surface.VIDEO] | content, reference={**VIOLATING_REFERENCE, "evidence": list(evidence)})
    return faults(values)


def test_a_reference_marks_words_stretches_and_boxes() -> None:
    evidence = [
        {"field": "caption", "quote": "clear skin"},
        {"field": "recording", "start": 6, "end": 9.5},
        {"field": "images.0", "x": 10, "y": 20, "width": 30, "height": 40},
    ]
    values = case_values(Surface.VIDEO, content=CONTENTS[Surface.VIDEO] | CLIPPED, reference={**VIOLATING_REFERENCE, "evidence": evidence})
    document = CaseDocument.model_validate(values)
    assert document.marks == (Span("caption", 14, 24), Span("recording", 6, 9.5), Region("images.0", 10, 20, 30, 40))
    assert document.model_dump(mode="json", by_alias=True)["reference"]["evidence"] == evidence


@pytest.mark.parametrize(
    ("evidence", "content", "words"),
    [
        ({"field": "recording", "start": 6, "end": 9}, {}, "which this content does not have"),
        ({"field": "caption", "start": 6, "end": 9}, CLIPPED, "a stretch lies in `recording`"),
        ({"field": "images.1", "x": 1, "y": 1, "width": 3, "height": 4}, CLIPPED, "it has images.0"),
        ({"field": "recording", "start": 9, "end": 6}, CLIPPED, "a stretch has a length"),
        ({"field": "recording", "start": 9}, CLIPPED, "marks one thing"),
        ({"field": "images.0", "quote": "x", "x": 1, "y": 1, "width": 3, "height": 4}, CLIPPED, "marks one thing"),
        ({"field": "images.0", "x": 1, "y": 1, "width": 0, "height": 4}, CLIPPED, "a width and a height"),
    ],
)
def test_evidence_marks_one_thing_that_the_content_has(evidence: dict[str, Any], content: dict[str, Any], words: str) -> None:
    [(_, message)] = evidence_faults(evidence, **content)
    assert words in message


ASKED = {"macros": [{"name": "Wait", "text": "Please wait."}], "asks": ["macro", "risk"]}
RISK = {"who": "seller", "what": "Empty parcels", "certainty": "likely"}


def ticket(besides: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
    reference = {**VIOLATING_REFERENCE, **({"besides": besides} if besides else {})}
    return case_values(Surface.TICKET, content=CONTENTS[Surface.TICKET] | ASKED, reference=reference, **changes)


@pytest.mark.parametrize("besides", [{"macro": "Wait"}, {"macro": "Wait", "risk": RISK}])
def test_a_ticket_asks_for_more_than_a_decision_and_the_expert_says_it(besides: dict[str, Any]) -> None:
    document = CaseDocument.model_validate(ticket(besides))
    assert document.model_dump(mode="json", by_alias=True)["reference"]["besides"] == besides
    assert not [piece for piece in document.pieces if piece.path.startswith(("asks", "macros"))]


def test_a_ticket_that_asks_for_nothing_is_written_as_before() -> None:
    written = CaseDocument.model_validate(case_values(Surface.TICKET)).model_dump(mode="json", by_alias=True)
    assert not {"asks", "macros"} & set(written["content"])
    assert "besides" not in written["reference"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (ticket(None), "the content asks for macro, risk"),
        (ticket({"macro": "Wait", "reply": "Hello"}), "the content asks for macro, risk"),
        (ticket({"macro": "Run"}), "is no macro of this content"),
        (ticket({"macro": "Wait"}, pool="exam"), "no exam asks for it"),
        (case_values(Surface.LISTING, reference={**VIOLATING_REFERENCE, "besides": {"reply": "Hello"}}), "the content asks for nothing"),
        (case_values(Surface.TICKET, content=CONTENTS[Surface.TICKET] | {"asks": ["macro"]}), "belong together"),
    ],
)
def test_what_is_asked_and_what_is_said_agree(values: dict[str, Any], words: str) -> None:
    assert any(words in message for _, message in faults(values))
