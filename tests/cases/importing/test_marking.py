from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from training.cases.importing.marking import quotes
from training.cases.importing.records import Misfit
from training.cases.importing.redaction import redact

TEXT = "Wow 😀 great. I sell guns, wa 0812-3456-7890, great guns."


def marked(*marks: Any, text: str = TEXT, only: list[str] | None = None) -> list[str] | Misfit:
    found = quotes(list(marks), field="text", text=text, redacted=redact(text), only=only)
    return found if isinstance(found, Misfit) else [quote["quote"] for quote in found]


def stretch(quote: str, text: str = TEXT, shift: int = 0, **more: object) -> dict[str, Any]:
    start = text.index(quote) + shift
    return {"start": start, "end": start + len(quote), **more}


def test_a_quote_is_found_where_it_stands_once() -> None:
    assert marked("sell guns") == ["sell guns"]
    assert marked("great") == Misfit("quotes what occurs more than once in the marked text", "quote it exactly, and long enough to occur once")
    assert marked("sells guns") == Misfit("quotes what does not occur in the marked text", "quote it exactly, and long enough to occur once")


def test_a_stretch_becomes_a_quote_that_is_long_enough_to_occur_once() -> None:
    assert marked(stretch("sell guns")) == ["sell guns"]
    assert marked(stretch("guns")) == ["guns,"]


def test_a_stretch_that_touches_personal_data_holds_the_whole_placeholder() -> None:
    assert marked(stretch("wa 0812")) == ["wa [phone number]"]
    assert marked(stretch("3456")) == ["[phone number]"]
    assert marked("wa 0812-3456-7890") == ["wa [phone number]"]


def test_offsets_may_be_counted_in_units_of_a_browser_or_with_long_line_ends() -> None:
    assert marked(stretch("sell guns", shift=1)) == ["ell guns,"]
    assert marked(stretch("sell guns", shift=1) | {"text": "sell guns"}) == ["sell guns"]
    lines = "one\ntwo\nthree four"
    assert marked({"start": 10, "end": 15, "text": "three"}, text=lines) == ["three"]
    assert marked({"start": 400, "end": 405, "text": "three"}, text=lines) == ["three"]


def test_a_stretch_outside_the_text_is_a_fault() -> None:
    assert isinstance(marked({"start": 90, "end": 95}), Misfit)
    assert isinstance(marked({"start": 5, "end": 5}), Misfit)
    assert isinstance(marked({"begin": 5}), Misfit)
    assert isinstance(marked(17), Misfit)


def test_only_the_labels_that_are_evidence_count_and_the_same_mark_counts_once() -> None:
    good, bad = stretch("sell guns", labels=["Evidence"]), stretch("Wow", labels=["Mood"])
    assert marked(good, bad, good, only=["Evidence"]) == ["sell guns"]
    assert marked(bad, only=["Evidence"]) == []


@settings(deadline=None)
@given(st.text("ab \n😀", min_size=1, max_size=40), st.data())
def test_a_quote_occurs_once_and_covers_what_was_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = quotes([{"start": start, "end": end}], field="text", text=text, redacted=redact(text), only=None)
    assert not isinstance(found, Misfit)
    quote = found[0]["quote"]
    assert text[start:end].strip() in quote
    if text.strip():
        assert text.count(quote) == 1 or not text[start:end].strip()
