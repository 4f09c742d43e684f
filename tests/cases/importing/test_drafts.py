from typing import Any

import pytest

from tests.cases.importing.sources import BAD, COLUMNS, FINE, REVIEWS, UNSURE
from training.audit.rules import pseudonym
from training.cases.importing.drafts import Draft, Terms, draft, family_of, slug_of
from training.cases.importing.mapping import CaseMapping
from training.cases.importing.records import Disagreement, Misfit, Record
from training.cases.importing.soundness import Vocabulary
from training.documents.faults import Fault

VOCABULARY = Vocabulary({"PRO-01", "PRO-02", "HRM-01"}, {"PRO-01.a"})
SALT = b"salt"
TICKETS = {
    "source": "desk",
    "id": "id",
    "surface": {"value": "ticket"},
    "content": {
        "ticket": {
            "subject": {"column": "subject"},
            "channel": {"value": "Chat"},
            "reporter": {"column": "who", "values": {"B": "buyer", "S": "seller"}},
            "messages": {"column": "turns", "each": {"from": {"column": "role"}, "at": {"column": "time"}, "text": {"column": "body"}}},
            "order": {"column": "order"},
        }
    },
}
TICKET = {
    "id": "t1",
    "subject": "Parcel never came",
    "who": "B",
    "turns": [{"role": "Buyer", "time": "09:10", "body": "My wa is 0812-3456-7890"}, {"role": "Support", "time": "09:12", "body": "Thanks."}],
    "order.Order no": "250118ABCDEF",
    "order.Paid": "Rp 310.000",
}


def made(cells: dict[str, Any], mapping: dict[str, Any] | None = None, **changes: Any) -> Draft | list[Fault]:
    terms = Terms("rows.csv", CaseMapping.model_validate({**(mapping or REVIEWS), **changes}), VOCABULARY, SALT)
    return draft(Record(7, cells), terms)


def sound(cells: dict[str, Any], mapping: dict[str, Any] | None = None, **changes: Any) -> Draft:
    found = made(cells, mapping, **changes)
    assert isinstance(found, Draft), found
    return found


def faults(cells: dict[str, Any], mapping: dict[str, Any] | None = None, **changes: Any) -> list[str]:
    found = made(cells, mapping, **changes)
    assert not isinstance(found, Draft), found
    return [str(fault) for fault in found]


def row(values: tuple[str, ...], **changes: Any) -> dict[str, Any]:
    return dict(zip(COLUMNS, values, strict=True)) | changes


def reference(**changes: Any) -> dict[str, Any]:
    return {**REVIEWS["reference"], **changes}


def test_a_row_in_which_everything_is_known_is_a_whole_case() -> None:
    whole = sound(row(BAD))
    assert whole.is_complete and whole.unknown == {}
    assert whole.made.slug == slug_of("shop", "2") and whole.line == 7 and whole.key == "2"
    assert whole.made.reference["evidence"] == [{"field": "text", "quote": "metal ball guns"}]
    assert whole.made.reference["must_escalate"] is False


def test_innocence_says_the_rest_and_nothing_else_does() -> None:
    innocent = sound(row(FINE, severity="", quote=""))
    assert innocent.is_complete
    assert {name: innocent.made.reference[name] for name in ("decisions", "severity", "evidence", "escalate_to")} == {
        "decisions": [["APPROVE"]],
        "severity": "S0",
        "evidence": [],
        "escalate_to": None,
    }
    assert "severity" not in sound(row(BAD, severity="")).made.reference


def test_what_nobody_said_is_unknown_with_its_cause_and_never_empty() -> None:
    picks = reference(escalate_to=None, evidence=None, rationale={"column": "why"})
    partial = sound(row(BAD, severity="", why=""), reference=picks, market=None, difficulty=None)
    assert partial.unknown == {
        "market": "not_mapped",
        "difficulty": "not_mapped",
        "reference.severity": "empty",
        "reference.rationale": "empty",
        "reference.escalate_to": "not_mapped",
        "reference.must_escalate": "not_mapped",
        "reference.evidence": "not_mapped",
    }
    assert "evidence" not in partial.made.reference and not partial.is_complete
    assert sound(row(UNSURE)).unknown["reference.labels"] == "unsure"
    assert sound(row(BAD, severity=Disagreement(("S3", "S4")))).unknown["reference.severity"] == "disagreed"


def test_a_missing_text_is_a_gap_and_one_that_may_be_missing_is_none() -> None:
    content = {"review": {**REVIEWS["content"]["review"], "product": {"column": "product"}}}
    assert sound(row(FINE, product="  "), content=content).unknown == {"content.product": "empty"}
    listing = {"listing": {"title": {"column": "product"}, "original_price": {"column": "why"}}}
    partial = sound(row(FINE, why=""), surface={"value": "listing"}, content=listing, reference={})
    assert "content.original_price" not in partial.unknown and partial.unknown["content.price"] == "not_mapped"


FACTS = {"PRO-01": {"column": "guns", "values": {"1": True, "0": False}, "unknown": ["-1"]}, "HRM-01": {"column": "hate", "values": {"1": True, "0": False}}}


@pytest.mark.parametrize(
    ("asked", "guns", "hate", "facts", "labels", "why"),
    [
        ("all", 1, 0, {"PRO-01": True, "HRM-01": False}, ["PRO-01"], None),
        ("all", 1, 1, {"PRO-01": True, "HRM-01": True}, ["PRO-01", "HRM-01"], None),
        ("all", 0, 0, {"PRO-01": False, "HRM-01": False}, ["OUT-00"], None),
        ("all", 1, "", {"PRO-01": True}, None, "empty"),
        ("all", -1, 0, {"HRM-01": False}, None, "unsure"),
        ("some", 1, 0, {"PRO-01": True, "HRM-01": False}, None, "not_mapped"),
        ("some", 0, 0, {"PRO-01": False, "HRM-01": False}, None, "not_mapped"),
        ("some", "", "", {}, None, "empty"),
    ],
)
def test_a_label_that_nobody_answered_for_is_unknown_and_not_absent(
    asked: str, guns: Any, hate: Any, facts: dict[str, bool], labels: list[str] | None, why: str | None
) -> None:
    partial = sound(row(FINE, guns=guns, hate=hate), reference=reference(labels=None, decisions=None), label_facts=FACTS, labels_asked=asked)
    assert partial.label_facts == facts
    assert partial.made.reference.get("labels") == labels
    assert partial.unknown.get("reference.labels") == why


def test_what_is_taken_out_is_logged_by_place_and_hash() -> None:
    cleaned = sound(TICKET, TICKETS)
    assert cleaned.made.content["messages"][0]["text"] == "My wa is [phone number]"
    assert cleaned.made.content["order"] == {"Order no": "[order number]", "Paid": "Rp 310.000"}
    assert [(removal.kind, removal.field, removal.offset, removal.length) for removal in cleaned.removals] == [
        ("phone", "messages.0.text", 9, 14),
        ("order", "order.Order no", 0, 12),
    ]
    assert cleaned.removals[0].value_hash == pseudonym("0812-3456-7890", SALT) != pseudonym("0812-3456-7890", b"other")


def test_evidence_and_rationale_are_cleaned_like_the_text() -> None:
    cleaned = sound(row(BAD, quote="too, wa 0812-3456-7890", why="It gives the number 0812-3456-7890 and offers guns."))
    assert cleaned.made.reference["evidence"] == [{"field": "text", "quote": "too, wa [phone number]"}]
    assert cleaned.made.reference["rationale"] == "It gives the number [phone number] and offers guns."
    assert [removal.field for removal in cleaned.removals] == ["text", "reference.rationale"]


def test_what_the_mapping_writes_itself_is_left_as_it_is() -> None:
    content = {"review": {**REVIEWS["content"]["review"], "reviewer": {"value": "support@example.org"}}}
    assert sound(row(FINE), content=content).made.content["reviewer"] == "support@example.org"


def test_evidence_in_a_text_that_is_not_there_is_unknown() -> None:
    content = {"review": {**REVIEWS["content"]["review"], "reviewer": {"column": "reviewer"}}}
    partial = sound(row(BAD, reviewer=""), content=content, reference=reference(evidence={"column": "quote", "field": "reviewer"}))
    assert partial.unknown == {"content.reviewer": "empty", "reference.evidence": "empty"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"no": ""}, "rows.csv:7: id: is empty; every row needs an id of its own in the column “no”"),
        ({"no": "x" * 300}, "rows.csv:7: id: is longer than 200 characters"),
        ({"no": "a\x00b"}, "rows.csv:7: id: is longer than 200 characters, or holds signs that cannot be seen"),
        ({"no": "budi@contoh.id"}, "rows.csv:7: id: looks like personal data (e-mail), and is kept as it is"),
        ({"no": Misfit("holds a formula", "paste values")}, "rows.csv:7: id: holds a formula; paste values"),
        ({"stars": "9"}, "rows.csv:7: content.stars (column “stars”): `9` is out of range; it must be less than or equal to 5"),
        ({"stars": Misfit("holds a formula", "paste values")}, "rows.csv:7: content.stars (column “stars”): holds a formula; paste values"),
        ({"text": "x" * 10_001}, "rows.csv:7: content.text (column “text”): is too long; it may hold 10000 at most"),
        ({"text": "a\x07b"}, "rows.csv:7: content.text (column “text”): holds a control character; remove it"),
        ({"decision": "worse"}, "rows.csv:7: reference.decisions (column “decision”): `worse` is not among the values of the mapping"),
        ({"severity": "high"}, "rows.csv:7: reference.severity (column “severity”): `high` is not one of the words known here"),
        ({"severity": "S0"}, "rows.csv:7: reference: a violation has a severity of S1 to S4"),
        ({"why": "Too short."}, "rows.csv:7: reference.rationale (column “why”): is too short; it needs at least 20"),
        ({"quote": "never said"}, "rows.csv:7: reference.evidence (column “quote”): quotes what does not occur in the marked text"),
    ],
)
def test_a_cell_that_is_wrong_is_told_by_line_column_and_cure(changes: dict[str, Any], expected: str) -> None:
    (fault,) = [fault for fault in faults(row(BAD, **changes)) if expected in fault]
    assert fault.startswith(expected)


def test_labels_and_clauses_from_columns_must_run_here() -> None:
    picks = reference(labels={"column": "label"}, clauses={"column": "clause", "split": ","})
    found = faults(row(BAD, label="PRO-03", clause="PRO-01.a, PRO-01.c"), reference=picks)
    assert [fault.partition(": ")[2] for fault in found] == [
        "reference.labels (column “label”): there is no label `PRO-03`; did you mean `PRO-01`?",
        "reference.clauses (column “clause”): there is no clause `PRO-01.c`; did you mean `PRO-01.a`?",
    ]


def test_the_surface_must_be_known_and_one_of_ours() -> None:
    column = {"column": "surface", "unknown": ["?"]}
    assert "`shop` is no surface; map it to one: listing, seller" in faults(row(FINE, surface="shop"), surface=column)[0]
    assert "nobody knows the surface" in faults(row(FINE, surface="?"), surface=column)[0]
    assert sound(row(FINE, surface="review"), surface=column).made.facts["surface"] == "review"


def test_a_row_that_cannot_be_read_is_one_fault() -> None:
    terms = Terms("rows.csv", CaseMapping.model_validate(REVIEWS), VOCABULARY, SALT)
    assert draft(Record(3, {}, Misfit("this is not JSON", "write JSON")), terms) == [Fault("rows.csv", 3, "", "this is not JSON", "write JSON")]


def test_a_draft_says_the_same_exactly_when_its_row_does() -> None:
    assert sound(row(BAD)).digest == sound(row(BAD)).digest
    assert len({sound(cells).digest for cells in (row(BAD), row(BAD, severity="S3"), row(BAD, severity=""), row(BAD, text="Metal ball guns!", quote=""))}) == 4


def test_ids_say_nothing_of_the_answer_and_families_stay_within_their_source() -> None:
    assert slug_of("shop", "hateful-12").startswith("shop-") and "hateful" not in slug_of("shop", "hateful-12")
    assert slug_of("shop", "1") != slug_of("shop", "2") != slug_of("other", "2")
    assert family_of("shop", "Honey & Tea 3") == "shop-honey-tea-3"
    assert family_of("shop", "!!!") == slug_of("shop", "!!!") and family_of("shop", "x" * 80) == slug_of("shop", "x" * 80)
    assert sound(row(FINE, kind="Cups"), family={"column": "kind"}).made.facts["family"] == "shop-cups"
    assert "family" not in sound(row(FINE, kind=""), family={"column": "kind"}).made.facts
    assert "looks like personal data" in faults(row(FINE, kind="0812-3456-7890"), family={"column": "kind"})[0]


def test_an_id_that_a_program_made_up_may_look_like_a_number_of_a_person() -> None:
    assert sound(row(FINE, no="3174051203900001"), id_is_opaque=True).key == "3174051203900001"


def test_texts_of_several_answers_are_lines_of_one() -> None:
    listed = sound(row(FINE) | {"text": ["Works well.", "The lid is loose."], "why": ["Nothing here is an offer of a gun;", "the clause allows it."]})
    assert listed.made.content["text"] == "Works well.\nThe lid is loose." and "\n" in listed.made.reference["rationale"]
