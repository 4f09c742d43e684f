"""GIFT as Moodle's documentation shows it, and GIFT that is broken. The examples are written after the format's published description."""

from decimal import Decimal

import pytest

from training.cases.importing.records import BrokenFile
from training.exchange.rules.gift import gift_rows
from training.exchange.rules.questions import Answer, Question, Shape, Unfit


def read(text: str) -> list[Question | Unfit]:
    return list(gift_rows(text.splitlines(keepends=True)))


def one(text: str) -> Question:
    (row,) = read(text)
    assert isinstance(row, Question), row
    return row


def weights(question: Question) -> list[tuple[str, Decimal]]:
    return [(answer.text, answer.weight) for answer in question.answers]


def test_a_choice_has_one_right_answer_and_wrong_ones() -> None:
    found = one("// the first\n::Grant's tomb::Who is buried in Grant's tomb?{~Grant ~Jefferson =no one}")
    assert (found.name, found.shape, found.line) == ("Grant's tomb", Shape.CHOICE, 2)
    assert found.stem == "Who is buried in Grant's tomb?"
    assert weights(found) == [("Grant", 0), ("Jefferson", 0), ("no one", 100)]


def test_answers_without_a_whole_one_are_a_multiple_choice_with_weights() -> None:
    found = one("Which two?\n{\n~%50%First\n~%50%Second\n~%-100%Third\n~%33.33333%Fourth\n}")
    assert found.shape is Shape.MULTIPLE
    assert weights(found) == [("First", 50), ("Second", 50), ("Third", -100), ("Fourth", Decimal("33.33333"))]


@pytest.mark.parametrize(("written", "is_true"), [("{T}", True), ("{FALSE}", False), ("{TRUE#no#yes}", True), ("{ F }", False)])
def test_true_and_false_are_read_in_both_spellings(written: str, is_true: bool) -> None:
    found = one(f"Grant was buried here.{written}")
    assert (found.shape, found.is_true) == (Shape.TRUE_FALSE, is_true)


def test_pairs_are_a_matching_question() -> None:
    found = one("Match.{=Canada -> Ottawa =Italy -> Rome =Japan -> Tokyo}")
    assert found.shape is Shape.MATCHING and found.pairs == (("Canada", "Ottawa"), ("Italy", "Rome"), ("Japan", "Tokyo"))


def test_a_typed_answer_may_have_several_texts_of_different_weight() -> None:
    found = one("Two plus two?{=four =%50%4}")
    assert found.shape is Shape.TEXT and weights(found) == [("four", 100), ("4", 50)]


@pytest.mark.parametrize(
    ("written", "number", "tolerance"),
    [("#1822:5", "1822", "5"), ("#3.14", "3.14", None), ("#3.141..3.142", "3.1415", "0.0005"), ("#=1822:0 =%50%1822:2", "1822", "0")],
)
def test_numbers_have_a_tolerance_or_a_range(written: str, number: str, tolerance: str | None) -> None:
    found = one(f"When?{{{written}}}")
    assert found.amount is not None and found.amount.number == Decimal(number)
    assert found.amount.tolerance == (None if tolerance is None else Decimal(tolerance))


def test_empty_braces_are_an_essay_and_braces_inside_a_sentence_a_missing_word() -> None:
    assert one("Write a reply.{}").shape is Shape.ESSAY
    found = one("Grant is {~buried =entombed ~living} in Grant's tomb.")
    assert found.stem == "Grant is _____ in Grant's tomb." and found.shape is Shape.CHOICE


def test_signs_with_a_backslash_are_signs_of_the_text() -> None:
    found = one(r"What is \{x \= y\} in 10\:00?\nTwo lines.{=\~a\#b\= ~c\:\\d ~\{e\}}")
    assert found.stem == "What is {x = y} in 10:00?\nTwo lines."
    assert [answer.text for answer in found.answers] == ["~a#b=", r"c:\d", "{e}"]


def test_what_is_said_of_single_answers_is_listed_as_lost_and_what_is_said_to_all_is_kept() -> None:
    found = one("Who?{=me#right you are ~you#no\n####Because.}")
    assert found.rationale == "Because."
    assert [str(loss) for loss in found.losses] == ["what is said of a single answer: right you are", "what is said of a single answer: no"]


def test_categories_ids_and_tags_are_read_from_the_lines_above() -> None:
    found = one("$CATEGORY: tom/dick\n\n// [id:q-17] [tag:area:PRO] [tag:hard]\n::A name::Who?{=me ~you}")
    assert (found.name, found.tags) == ("q-17", ("area:PRO", "hard"))
    assert [str(loss) for loss in found.losses] == ["the category: tom/dick"]


def test_html_becomes_markdown_and_its_pictures_are_listed() -> None:
    found = one(r'[html]<p>Is <b>this</b> <i>fine</i>?<br>Say 2*3.</p><ul><li>a</li></ul><img src\="x.png" alt\="a toy">{=[html]<p>yes &amp; no</p> ~no}')
    assert found.stem == "Is **this** *fine*?\nSay 2\\*3.\n\n- a\n\na toy"
    assert found.answers[0] == Answer("yes & no", Decimal(100))
    assert [str(loss) for loss in found.losses] == ["pictures and recordings: 1"]


def test_a_plain_text_keeps_its_signs_from_meaning_anything() -> None:
    assert one("[plain]Is *this* a # sign?{=a ~b}").stem == r"Is \*this\* a # sign?"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("fine{=a ~b}\n\nWho?{=me ~you\n\nNext?{=a}", 3, "never closed"),
        ("Who?\n{=me {~you}}", 2, "inside the answers that were opened on line 2"),
        ("Who?\n=me}", 2, "never opened"),
    ],
)
def test_braces_that_do_not_pair_break_the_file_with_their_line(text: str, line: int, words: str) -> None:
    with pytest.raises(BrokenFile) as caught:
        read(text)
    assert caught.value.line == line and words in caught.value.problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Only words.", "no answers in braces"),
        ("Two {=a ~b} gaps {=c ~d}.", "answers in two places"),
        ("{=a ~b}", "has no text"),
        ("How many?{#many}", "is no number"),
        ("How many?{#1e999999}", "is no number"),
        ("Who?{me =you}", "begin with “me”"),
        ("How many?{#=%50%3}", "worth all of the marks"),
    ],
)
def test_what_is_no_question_is_told_with_its_line_and_the_others_are_read(text: str, words: str) -> None:
    first, second = read(f"Fine?{{=a ~b}}\n\n{text}")
    assert isinstance(first, Question) and isinstance(second, Unfit)
    assert second.line == 3 and words in second.problem
