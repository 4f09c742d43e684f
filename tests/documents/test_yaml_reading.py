import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.documents.yaml_reading import Unreadable, read_yaml


def refusal(text: str) -> str:
    with pytest.raises(Unreadable) as unreadable:
        read_yaml(text)
    return f"{unreadable.value.trouble.line}: {unreadable.value.trouble.problem}"


def test_every_field_knows_its_line() -> None:
    read = read_yaml("a: 1\nb:\n  - x\n  - { c: d,\n      e: f }\ng: |\n  one\n  two\nh: end\n")
    assert {path: read.lines.of(path) for path in [("a",), ("b",), ("b", 0), ("b", 1, "c"), ("b", 1, "e"), ("g",), ("h",)]} == {
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 1, "c"): 4,
        ("b", 1, "e"): 5,
        ("g",): 6,
        ("h",): 9,
    }


def test_a_field_that_is_missing_has_the_line_of_what_it_belongs_to() -> None:
    assert read_yaml("a: 1\nb:\n  c: 2\n").lines.of(("b", "missing", 4)) == 2


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("on", "on"),
        ("no", "no"),
        ("0:04", "0:04"),
        ("2026-01-31", "2026-01-31"),
        ("0812", "0812"),
        ("1.0.0", "1.0.0"),
        ("1e9", "1e9"),
        (".inf", ".inf"),
        ("9" * 40, "9" * 40),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("true", True),
        ("null", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
    ],
)
def test_plain_words_are_what_they_look_like(written: str, value: object) -> None:
    assert read_yaml(f"a: {written}").value == {"a": value}


@pytest.mark.parametrize("named", ["\\0", "\\a", "\\x1b[31m", "\\x7f", "\\uffff"])
def test_a_character_that_quoted_text_names_and_no_text_holds_is_told_with_its_line(named: str) -> None:
    read = read_yaml(f'a: 1\nb:\n  - "fine \\t \\u202e \\U0001f600"\n  - "What {named}?"')
    (trouble,) = read.troubles
    assert (trouble.line, trouble.field) == (4, "b.1")
    assert "a character that no page can show" in trouble.problem
    assert read_yaml(f'"{named}": 1').troubles


def test_a_field_written_twice_is_told_with_its_second_line() -> None:
    (trouble,) = read_yaml("a: 1\nb: 2\na: 3").troubles
    assert (trouble.line, trouble.field, trouble.problem) == (3, "a", "is written twice")


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "1: anchors and aliases (& and *) are not read"),
        ("a: *b", "1: anchors and aliases (& and *) are not read"),
        ("<<: &x { a: 1 }", "1: anchors and aliases"),
        ("a: !!python/object/apply:os.system [ls]", "1: tags (tag:yaml.org,2002:python/object/apply:os.system) are not read"),
        ("[" * 5000, "1: lists and maps stand more than 20 deep"),
        ("a: 1\n---\nb: 2", "2: a second document begins here"),
        ("a: 'x", "1: this is not YAML"),
        ("a: 1\n b: 2", "2: this is not YAML"),
        ("a: 1\nb: \x07", "2: a character that no text holds (code 7)"),
        ("{a: 1}: b", "1: the name of a field is a word"),
        ("\t- a", "1: this is not YAML"),
    ],
)
def test_what_no_document_needs_is_refused_with_its_line(text: str, words: str) -> None:
    assert refusal(text).startswith(words)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        read_yaml(text)
    except Unreadable as unreadable:
        assert 1 <= unreadable.trouble.line <= text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029") + 2


@given(st.text(alphabet="abc:-[]{}&*!|>'\"#%@, \n\t?~<1.", max_size=60))
def test_any_mixture_of_signs_is_read_or_refused(text: str) -> None:
    try:
        read_yaml(text)
    except Unreadable as unreadable:
        assert unreadable.trouble.problem
