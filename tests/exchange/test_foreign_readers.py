"""What we write, read by libraries of others: text, options, right answers and parts of marks as they understand them, and the marks that they give.

No library on the package index reads Moodle XML: what we write of it is read back by our own reader alone.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.exchange.foreign import ForeignGift, ForeignItem, gift_questions, package_items, words_of
from tests.exchange.items import choices, orders, replies, shorts, written_to
from training.exams.documents import ItemDocument
from training.exams.rules.responses import partial_credit
from training.exchange.rules.exporting import ExportFormat, carried
from training.exchange.rules.qti.writing import identifier_of

pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated, use:DeprecationWarning")
calm = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
UNREAD = str.maketrans("{}[]\\*", "()()/+")
"""Signs that pygiftparser does not read as Moodle does, in answers and in what is said afterwards: an escaped brace ends them, brackets are formats to it."""


def readable(value: Any, name: str = "") -> Any:
    """A document without signs that pygiftparser reads otherwise; what is asked keeps all but backslashes."""
    if isinstance(value, dict):
        return {key: readable(part, key) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [readable(part, name) for part in value]
    return value if not isinstance(value, str) else value.replace("\\", "/") if name in {"stem", "ticket"} else value.translate(UNREAD)


def in_gift(item: ItemDocument) -> tuple[ItemDocument, ForeignGift]:
    """The item with signs that both read alike, and what pygiftparser makes of it."""
    try:
        item = ItemDocument.model_validate(readable(item.model_dump(mode="python", exclude_defaults=True)))
    except ValidationError:
        assume(False)
    (written,) = carried([item], ExportFormat.GIFT)
    assume(written.text is not None)
    (found,) = gift_questions(str(written.text))
    assert (found.title, found.markup) == (item.id, "markdown")
    assert words_of(found.feedback) == words_of(item.rationale or "")
    return item, found


def chosen_from(data: st.DataObject, item: ItemDocument) -> set[str]:
    return data.draw(st.sets(st.sampled_from([option.id for option in item.options]), min_size=1))


def credit_of(item: ItemDocument, chosen: set[str]) -> float:
    """The share of the marks that we give for these options."""
    right = {option.id for option in item.options if option.correct}
    return partial_credit(frozenset(chosen), item.key) if item.scoring == "partial" else float(chosen == right)


# GIFT


@calm
@given(made=choices(), data=st.data())
def test_choices_in_gift_are_worth_to_others_what_they_are_worth_here(made: ItemDocument, data: st.DataObject) -> None:
    item, found = in_gift(made)
    assert found.kind == ("choice" if item.kind == "single" else "multiple") and words_of(found.text) == words_of(item.stem or "")
    assert [words_of(text) for text, _ in found.answers] == [words_of(option.text) for option in item.options]
    parts = {option.id: part for option, (_, part) in zip(item.options, found.answers, strict=True)}
    chosen = {data.draw(st.sampled_from(sorted(parts)))} if item.kind == "single" else chosen_from(data, item)
    given_credit = max(0.0, sum(parts[each] for each in chosen)) / 100
    if item.kind == "single" or item.scoring == "partial":
        assert given_credit == pytest.approx(credit_of(item, chosen), abs=1e-5)
    else:
        assert (given_credit == pytest.approx(1.0, abs=1e-5)) is (credit_of(item, chosen) == 1.0), "all or nothing comes along in the whole marks alone"


@calm
@given(made=shorts())
def test_short_answers_in_gift_are_the_same_to_others(made: ItemDocument) -> None:
    assume(made.answer is not None and (made.answer.number or 0) >= 0)  # It reads no numbers below nothing.
    item, found = in_gift(made)
    assert item.answer is not None and words_of(found.text) == words_of(item.stem or "")
    if item.answer.number is None:
        assert found.kind == "text" and [(words_of(text), part) for text, part in found.answers] == [(words_of(text), 100.0) for text in item.answer.texts]
    else:
        assert (found.kind, found.answers) == ("number", ((f"{float(item.answer.number)}:{float(item.answer.tolerance or 0)}", 100.0),))


@calm
@given(made=replies())
def test_essays_in_gift_quote_the_ticket_to_others(made: ItemDocument) -> None:
    item, found = in_gift(made)
    assert item.reply is not None and found.kind == "essay"
    assert words_of(found.text.replace(">", "")) == words_of(f"{item.stem} {item.reply.ticket}".replace(">", ""))


# QTI


def in_qti(item: ItemDocument) -> ForeignItem:
    """What pyslet makes of the item."""
    (written,) = carried([item], ExportFormat.QTI)
    found = ForeignItem(str(written.text))
    assert (found.item.identifier, found.item.title, found.item.get_lang()) == (identifier_of(item.id), item.id, item.language)
    assert words_of(found.stem) == words_of(item.stem or "") and words_of(found.feedback) == words_of(item.rationale or "")
    return found


@calm
@given(item=choices(), data=st.data())
def test_choices_in_qti_are_marked_by_others_as_here(item: ItemDocument, data: st.DataObject) -> None:
    found = in_qti(item)
    assert [words_of(text) for text in found.choices.values()] == [words_of(option.text) for option in item.options]
    names = dict(zip((option.id for option in item.options), found.choices, strict=True))
    right = {names[option.id] for option in item.options if option.correct}
    assert {found.right} if item.kind == "single" else set(found.right) == right
    chosen = {data.draw(st.sampled_from(sorted(names)))} if item.kind == "single" else chosen_from(data, item)
    response = names[min(chosen)] if item.kind == "single" else [names[each] for each in chosen]
    assert found.score(response) == pytest.approx(credit_of(item, chosen), abs=1e-6)


@calm
@given(item=orders(), data=st.data())
def test_orders_in_qti_are_marked_by_others_as_here(item: ItemDocument, data: st.DataObject) -> None:
    found = in_qti(item)
    steps = {words: name for name, words in ((name, " ".join(words_of(text))) for name, text in found.choices.items())}
    in_order = [steps[" ".join(words_of(step))] for step in item.steps or ()]
    assert found.right == in_order
    tried = data.draw(st.permutations(in_order))
    assert found.score(tried) == float(tried == in_order)


@calm
@given(item=shorts(), data=st.data())
def test_short_answers_in_qti_are_marked_by_others_as_here(item: ItemDocument, data: st.DataObject) -> None:
    found = in_qti(item)
    assert item.answer is not None
    if item.answer.number is None:
        accepted = data.draw(st.sampled_from(item.answer.texts))
        assert found.score(accepted) == 1.0 and found.score("nobody writes this") == 0.0
        return
    number, tolerance = item.answer.number, item.answer.tolerance or Decimal(0)
    for tried, is_right in ((number, True), (number + tolerance / 2, True), (number + tolerance + 1, False), (number - tolerance - 1, False)):
        assert found.score(float(tried)) == float(is_right), tried


@calm
@given(item=replies())
def test_essays_in_qti_show_others_the_ticket_and_hide_the_rubric_from_candidates(item: ItemDocument) -> None:
    found = in_qti(item)
    assert item.reply is not None
    assert words_of(found.passage) == words_of(item.reply.ticket) and found.interaction.expectedLength == item.reply.longest
    for words in item.reply.rubric.values():
        assert " ".join(words_of(words)) in " ".join(words_of(found.rubric))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(items=st.lists(st.one_of(choices(), orders(), shorts(), replies()), min_size=1, max_size=4, unique_by=lambda item: identifier_of(item.id)))
def test_packages_of_qti_are_packages_to_others(tmp_path: Path, items: list[ItemDocument]) -> None:
    found = package_items(written_to(tmp_path, items, ExportFormat.QTI).rename(tmp_path / "items.zip"))
    assert list(found) == [identifier_of(item.id) for item in items]
    assert [ForeignItem(text).item.title for text in found.values()] == [item.id for item in items]
