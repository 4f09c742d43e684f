"""What differs between two documents, field by field and paragraph by paragraph."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from training.content_sync.rules.fields import Changer, field_differences, fields_of
from training.content_sync.rules.paragraphs import paragraph_changes, paragraphs_of
from training.courses.rules.changes import new_text, old_text

BASE = {"title": "One", "options": [{"id": "a", "text": "Yes"}, {"id": "b", "text": "No"}], "tags": ["x", "y"]}


def changed(desk: Any, folder: Any, base: Any = BASE) -> list[tuple[str, str | None, str | None, Changer]]:
    return [(each.name, each.desk, each.folder, each.changer) for each in field_differences(desk, folder, base, has_base=base is not None)]


def test_each_field_is_told_with_who_changed_it() -> None:
    desk = BASE | {"title": "Desk", "tags": ["x"]}
    folder = BASE | {"title": "Folder", "options": [{"id": "b", "text": "Never"}, {"id": "a", "text": "Yes"}, {"id": "c", "text": "Perhaps"}]}
    assert changed(desk, folder) == [
        ("title", "Desk", "Folder", Changer.BOTH),
        ("options.b.text", "No", "Never", Changer.FOLDER),
        ("options.c.id", None, "c", Changer.FOLDER),
        ("options.c.text", None, "Perhaps", Changer.FOLDER),
        ("tags", "x", "x\ny", Changer.DESK),
    ]
    assert changed(desk, BASE, None) == [("title", "Desk", "One", Changer.UNKNOWN), ("tags", "x", "x\ny", Changer.UNKNOWN)]


def test_parts_without_ids_of_their_own_are_told_by_their_places() -> None:
    assert fields_of({"cells": [{"area": "PRO", "minimum": 2}, {"area": "CLM"}], "no": False, "nothing": None, "none": []}) == {
        "cells.1.area": "PRO",
        "cells.1.minimum": "2",
        "cells.2.area": "CLM",
        "no": "false",
        "nothing": "null",
        "none": "",
    }
    assert set(fields_of({"parts": [{"id": "a"}, {"id": "a"}]})) == {"parts.1.id", "parts.2.id"}


values = st.recursive(st.text(max_size=5) | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=3), max_leaves=8)
documents = st.dictionaries(
    st.text("abc", min_size=1, max_size=2), values | st.dictionaries(st.text("xy", min_size=1, max_size=2), values, max_size=2), max_size=4
)


@given(documents, documents, documents)
def test_what_only_one_side_changed_is_never_said_to_be_the_others(desk: dict[str, Any], folder: dict[str, Any], base: dict[str, Any]) -> None:
    assert field_differences(folder, folder, base, has_base=True) == ()
    assert {each.changer for each in field_differences(base, folder, base, has_base=True)} <= {Changer.FOLDER}
    assert {each.changer for each in field_differences(desk, base, base, has_base=True)} <= {Changer.DESK}
    ours, theirs = fields_of(folder), fields_of(desk)
    assert {each.name for each in field_differences(desk, folder, base, has_base=True)} == {
        name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)
    }


TEXT = "Opening.\n\n## Rules\n\nOne rule here.\n\nAnother rule there.\n\n## Escalation\n\nAsk."


def test_paragraphs_are_told_under_their_heading_with_who_changed_them() -> None:
    desk, folder = TEXT.replace("One rule", "Two rules"), TEXT.replace("Ask.", "Ask.\n\nThen wait.")
    found = paragraph_changes(desk, folder, TEXT)
    assert [(each.heading, each.changer) for each in found] == [("Rules", Changer.DESK), ("Escalation", Changer.FOLDER)]
    (both,) = paragraph_changes(TEXT.replace("Ask.", "Beg."), TEXT.replace("Ask.", "Wait."), TEXT)
    assert both.changer is Changer.BOTH
    (gone,) = paragraph_changes(TEXT, TEXT.replace("Another rule there.\n\n", ""), TEXT)
    assert (gone.heading, gone.changer) == ("Rules", Changer.FOLDER)
    (gone,) = paragraph_changes(TEXT.replace("Another rule there.\n\n", ""), TEXT, TEXT)
    assert gone.changer is Changer.DESK
    assert paragraph_changes(TEXT, TEXT.replace("\n\n", "\n \n\n"), None) == ()


paragraphs = st.lists(st.sampled_from(["One.", "Two words.", "# Three", "Four\nlines.", "/// clause | PRO-01.a\n///"]), max_size=8).map("\n\n".join)


@given(paragraphs, paragraphs, paragraphs)
def test_the_runs_that_differ_hold_every_word_that_does(desk: str, folder: str, base: str) -> None:
    found = paragraph_changes(desk, folder, base)
    assert bool(found) == (paragraphs_of(desk) != paragraphs_of(folder))
    assert set("\n\n".join(old_text(each.edits) for each in found).split()) <= set(desk.split())
    assert set("\n\n".join(new_text(each.edits) for each in found).split()) <= set(folder.split())
    assert {each.changer for each in paragraph_changes(base, folder, base)} <= {Changer.FOLDER}
    assert {each.changer for each in paragraph_changes(desk, base, base)} <= {Changer.DESK}


def test_texts_of_very_many_paragraphs_are_compared_as_a_whole() -> None:
    (one,) = paragraph_changes("a\n\n" * 6_000, "b\n\n" * 6_000, None)
    assert one.changer is Changer.UNKNOWN
