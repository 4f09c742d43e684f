"""What could be better in a module, and how hard a text is to read."""

import pytest

from tests.content_store.folders import MODULE
from training.authoring.rules.advice import AdviceKind, advice_on
from training.authoring.rules.clause_blocks import LETTERS, clause_block, next_code
from training.content_store.rules.reading_level import lix, paragraphs_in, reading_level_of
from training.courses.rules.blocks import ExampleKind, clauses_in, examples_in

BODY = MODULE.split("---\n", 2)[2].lstrip("\n")
LAWYERLY = "Notwithstanding aforementioned considerations regarding jurisdictional applicability, intermediaries facilitating transactions remain " * 2


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The cat sat. It ate.", 2.5),
        ("Remove counterfeit medicine immediately.", 4 + 75),
        ("Hapus iklan obat ini. Tegur penjual itu.", 3.5 + 100 / 7),
        ("", None),
        ("123 456", None),
    ],
)
def test_the_level_counts_words_by_sentence_and_long_words(text: str, level: float | None) -> None:
    assert lix(text) == (pytest.approx(level) if level is not None else None)


def test_paragraphs_are_read_without_marks_headings_tables_and_blocks() -> None:
    written = "# Title\n\nOne **bold**\n[link](clause:PRO-01.a) here.\n\n- An item\n  goes on.\n- Another.\n\n"
    text = f"{written}| a | b |\n/// clause | PRO-01.a\n    labels: [PRO-01]\n"
    assert [(paragraph.line, paragraph.text) for paragraph in paragraphs_in(text)] == [
        (3, "One bold link here."),
        (6, "An item goes on."),
        (8, "Another."),
    ]


def test_a_label_that_goes_to_somebody_else_wants_to_be_escalated_in_words() -> None:
    kinds = [advice.kind for advice in advice_on(BODY, escalated={"PRO-01"})]
    assert kinds == [AdviceKind.NO_ESCALATION_SECTION, AdviceKind.CLAUSE_WITHOUT_ESCALATION]
    assert advice_on(BODY, escalated={"CLM-01"}) == ()
    told = BODY.replace("**Rule.** No offers", "**Rule.** Escalate to Risk. No offers") + "\n## Escalation\n\nTo Risk.\n"
    assert advice_on(told, escalated={"PRO-01"}) == ()
    assert advice_on(told.replace("Escalate to", "Eskalasikan ke").replace("## Escalation", "## Eskalasi"), escalated={"PRO-01"}) == ()


def test_a_paragraph_that_is_very_hard_to_read_is_named_by_its_line() -> None:
    (found,) = advice_on(f"Short words.\n\n{LAWYERLY}.\n", escalated=())
    assert found.kind is AdviceKind.HARD_PARAGRAPH and found.line == 3 and float(found.about) > 60
    assert advice_on("Notwithstanding considerations.\n", escalated=()) == (), "two words are no paragraph"
    assert (reading_level_of(BODY) or 0) < 40


def test_the_next_code_comes_after_all_that_ever_were() -> None:
    assert next_code("PRO-01", set()) == "PRO-01.a"
    assert next_code("PRO-01", {"PRO-01.a", "PRO-01.c", "PRO-02.z"}) == "PRO-01.d", "a clause that is gone keeps its code"
    assert next_code("PRO-01", {"PRO-01.z"}) == "PRO-01.aa"
    assert next_code("PRO-01", {f"PRO-01.{letters}" for letters in LETTERS}) is None


def test_a_new_clause_shows_all_that_a_clause_must() -> None:
    (block,) = clauses_in(clause_block("PRO-01.b", "PRO-01"))
    assert (block.argument, block.labels, block.is_closed) == ("PRO-01.b", ("PRO-01",), True)
    assert examples_in(block.text) == set(ExampleKind)


def test_advice_is_told_by_line() -> None:
    assert [advice.line for advice in advice_on(BODY, escalated={"PRO-01"})] == [1, 5]
