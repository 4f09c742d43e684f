"""What a translation lacks of its original, part by part and paragraph by paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from training.courses.rules.changes import ChangeKind, EditKind, PassageText
from training.courses.rules.translations import Original, ParagraphStep, is_behind, paragraph_steps, to_follow, told_in
from training.courses.rules.versions import Version

LINES = st.lists(st.sampled_from(["one", "two", "three words here", "four"]), max_size=8)


def section(anchor: str, text: str = "", title: str = "") -> PassageText:
    return PassageText(anchor, title, text, is_clause=False)


def clause(code: str, text: str) -> PassageText:
    return PassageText(code, code.upper(), text, is_clause=True)


OLD = (section("introduction", "What it is for."), section("rules", "Read them.\nTwice.", "Rules"), clause("pro-01.a", "No guns.\nWhy: harm."))
TOLD = (section("introduction", "Untuk apa."), section("aturan", "Bacalah.", "Aturan"), clause("pro-01.a", "Tanpa senjata."))


def test_what_changed_stands_beside_what_the_translation_says_of_it() -> None:
    new = (OLD[0], section("rules", "Read them.\nThree times.", "Rules"), clause("pro-01.a", "No guns or knives.\nWhy: harm."))
    rules, guns = to_follow(OLD, new, TOLD)
    assert (rules.title, rules.told, guns.told) == ("Rules", TOLD[1], TOLD[2])
    assert rules.steps == (ParagraphStep("Read them.", "Read them."), ParagraphStep("Twice.", "Three times."))
    assert [step.is_changed for step in guns.steps] == [True, False]
    assert [edit.text for edit in guns.steps[0].edits if edit.kind is EditKind.ADDED] == [" or knives"]


def test_what_is_new_has_nothing_to_stand_beside_and_what_is_gone_still_stands_in_the_translation() -> None:
    came, gone = to_follow(OLD, (*OLD[:2], clause("pro-01.b", "No knives.")), TOLD)
    assert (came.kind, came.told, came.steps) == (ChangeKind.ADDED, None, (ParagraphStep(None, "No knives."),))
    assert (gone.kind, gone.told) == (ChangeKind.REMOVED, TOLD[2])


def test_a_section_under_another_title_is_still_known() -> None:
    (change,) = to_follow(OLD, (OLD[0], section("the-rules", "Read them.\nTwice.", "The rules"), OLD[2]), TOLD)
    assert change.told == TOLD[1]
    assert [(step.before, step.after) for step in change.steps if step.is_changed] == [("Rules", "The rules")]


def test_sections_that_cannot_be_told_apart_are_not_guessed_and_clauses_still_are_known() -> None:
    assert told_in(OLD, TOLD[1:]) == {"pro-01.a": TOLD[2]}


def test_corrections_alone_leave_a_translation_where_it_is() -> None:
    follows = Original.parse("goods@1.2.0").version
    assert not is_behind(follows, Version(1, 2, 9))
    assert is_behind(follows, Version(1, 3, 0)) and is_behind(follows, Version(2, 0, 0))
    assert str(Original.parse("goods@1.2.0")) == "goods@1.2.0"


@given(LINES, LINES)
def test_the_steps_hold_every_paragraph_of_both_texts_in_order(before: list[str], after: list[str]) -> None:
    steps = list(paragraph_steps("\n".join(before), "\n".join(after)))
    assert [step.before for step in steps if step.before is not None] == before
    assert [step.after for step in steps if step.after is not None] == after
