"""What became of clauses, and whether their changes are marked."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora import CORPORA
from training.courses.rules.changes import LARGEST_COMPARISON, EditKind, new_text, old_text, word_edits
from training.courses.rules.clause_changes import ClauseChange, ClauseFate, ClauseMark, ClauseWords, MarkProblem, clause_changes, mark_of, mis_marked
from training.courses.rules.versions import Step

A, B, C = "PRO-01.a", "PRO-01.b", "PRO-01.c"


def words(**by_letter: str) -> list[ClauseWords]:
    return [ClauseWords(f"PRO-01.{letter}", text, ("PRO-01",)) for letter, text in by_letter.items()]


def changes(old: list[ClauseWords], new: list[ClauseWords]) -> tuple[ClauseChange, ...]:
    return clause_changes(old, new, known={clause.code: clause for clause in old}, kept={clause.code: clause for clause in new})


def told(found: tuple[ClauseChange, ...]) -> list[tuple[str, str]]:
    return [(change.code, change.fate.value) for change in found]


def test_each_clause_that_came_went_or_says_something_else_is_told_once() -> None:
    found = changes(words(a="No guns.", b="No knives.", c="No drugs."), words(b="No knives.", a="No guns at all.", d="No fireworks."))
    assert told(found) == [(A, "changed"), ("PRO-01.d", "added"), (C, "removed")]
    assert [edit.text for edit in found[0].edits if edit.kind is EditKind.ADDED] == [" at all"]
    assert new_text(found[1].edits) == "No fireworks." and old_text(found[2].edits) == "No drugs."


def test_neither_order_nor_line_ends_are_a_change() -> None:
    assert changes(words(a="No guns.\nNo knives.", b="No drugs."), words(b="No drugs.", a="No guns. No\n\nknives.")) == ()


def test_other_labels_are_a_change() -> None:
    (found,) = changes([ClauseWords(A, "No guns.", ("PRO-01",))], [ClauseWords(A, "No guns.", ("PRO-02",))])
    assert found.has_other_labels and [edit.kind for edit in found.edits] == [EditKind.SAME]


def test_the_same_words_under_another_code_are_renamed_and_each_only_once() -> None:
    found = changes(words(a="No guns."), words(b="No guns.", c="No guns."))
    assert told(found) == [(B, "renamed"), (C, "added")]


def test_a_clause_that_moved_to_another_module_is_told_where_it_stood_and_only_if_it_differs() -> None:
    here, there = words(a="No guns.", b="No drugs."), [ClauseWords("PRO-02.a", "No ivory.")]
    known = {clause.code: clause for clause in (*here, *there)}
    for said, expected in (("No drugs.", []), ("No drugs at all.", [(B, "changed")])):
        moved = [*there, *words(b=said)]
        kept = {clause.code: clause for clause in (*words(a="No guns."), *moved)}
        assert told(clause_changes(here, words(a="No guns."), known=known, kept=kept)) == expected
        assert clause_changes(there, moved, known=known, kept=kept) == ()


CHANGED = changes(words(a="No guns."), words(a="No guns at all."))
ADDED = changes([], words(a="No guns."))
RENAMED = changes(words(a="No guns."), words(b="No guns."))


@pytest.mark.parametrize(
    ("found", "marks", "step", "problems"),
    [
        (CHANGED, {}, Step.PATCH, []),
        (CHANGED, {A: ClauseMark.EDITORIAL}, Step.PATCH, []),
        (CHANGED, {A: ClauseMark.CLARIFIED}, Step.PATCH, [MarkProblem.TOO_MUCH_FOR_PATCH]),
        (ADDED, {}, Step.PATCH, [MarkProblem.TOO_MUCH_FOR_PATCH]),
        (ADDED, {A: ClauseMark.EDITORIAL}, Step.PATCH, []),
        (CHANGED, {}, Step.MINOR, [MarkProblem.UNMARKED]),
        (CHANGED, {}, Step.MAJOR, [MarkProblem.UNMARKED]),
        (CHANGED, {A: ClauseMark.CHANGED}, Step.MINOR, []),
        (ADDED, {}, Step.MAJOR, [MarkProblem.UNMARKED]),
        (RENAMED, {}, Step.MINOR, []),
        (CHANGED, {A: ClauseMark.CHANGED, B: ClauseMark.CHANGED}, Step.MINOR, [MarkProblem.NOT_CHANGED]),
        ((), {A: ClauseMark.EDITORIAL}, Step.PATCH, [MarkProblem.NOT_CHANGED]),
    ],
)
def test_what_a_version_may_hold_and_how_it_is_marked(
    found: tuple[ClauseChange, ...], marks: dict[str, ClauseMark], step: Step, problems: list[MarkProblem]
) -> None:
    assert [wrong.problem for wrong in mis_marked(found, marks, step)] == problems


def test_what_is_not_marked_weighs_most_except_in_a_patch_or_under_another_code() -> None:
    assert [mark_of(CHANGED[0], {}, step) for step in Step] == [ClauseMark.EDITORIAL, ClauseMark.CHANGED, ClauseMark.CHANGED]
    assert mark_of(RENAMED[0], {}, Step.MAJOR) is ClauseMark.EDITORIAL


codes = st.sampled_from([f"PRO-0{number}.{letter}" for number in (1, 2) for letter in "abc"])
versions = st.dictionaries(codes, st.sampled_from(["", "No guns.", "No guns at all.", "No drugs."]), max_size=6)


@given(versions, versions)
def test_every_clause_has_one_fate_and_none_that_says_the_same_has_any(old: dict[str, str], new: dict[str, str]) -> None:
    before, after = ([ClauseWords(code, text) for code, text in version.items()] for version in (old, new))
    found = changes(before, after)
    old_codes = Counter(change.before.code for change in found if change.before)
    new_codes = Counter(change.after.code for change in found if change.after)
    assert all(count == 1 for count in (*old_codes.values(), *new_codes.values()))
    assert set(old_codes) == {code for code, text in old.items() if new.get(code) != text}
    assert set(new_codes) == {code for code, text in new.items() if old.get(code) != text}


def test_a_text_far_longer_than_any_policy_is_compared_by_line_or_as_a_whole() -> None:
    """Word by word, this would take gigabytes: a document may be 200,000 characters of single signs."""
    long = "! ? " * 50_000
    assert len(long.split()) ** 2 > LARGEST_COMPARISON
    assert [edit.kind for edit in word_edits(long, long[2:])] == [EditKind.REMOVED, EditKind.ADDED]
    lines = "! ? ! ?\n" * 20_000
    edits = word_edits(lines[:-8], lines)
    assert old_text(edits) == lines[:-8] and new_text(edits) == lines and len(edits) == 2


def revisions() -> list[list[ClauseWords]]:
    return [clauses_of(path.read_text(encoding="utf-8")) for path in sorted((CORPORA / "policy-history").glob("*.md"))]


def clauses_of(text: str) -> list[ClauseWords]:
    """The policy has no ids: a paragraph or list item is a clause, named by the number of its heading and its first words."""
    found: dict[str, ClauseWords] = {}
    heading = 0
    for part in re.split(r"\n\s*\n|\n(?=- )", text.partition("\n---\n")[2]):
        if part.lstrip().startswith("#"):
            heading += 1
            part = "\n".join(part.strip().split("\n")[1:])
        if part.strip():
            name = "-".join(re.findall(r"\w+", part.lower())[:4])
            code = next(code for number in range(99) if (code := f"{heading}:{name}:{number}") not in found)
            found[code] = ClauseWords(code, part.strip())
    return list(found.values())


@pytest.mark.corpora
def test_six_real_revisions_are_told_clause_by_clause() -> None:
    known = revisions()
    assert [len(revision) > 25 for revision in known] == [True] * 6
    for old, new in pairwise(known):
        found = changes(old, new)
        gone = {clause.code for clause in old} - {clause.code for clause in new}
        assert {change.before.code for change in found if change.before} >= gone
        for change in found:
            assert old_text(change.edits) == (change.before.text if change.before else "")
            assert new_text(change.edits) == (change.after.text if change.after else "")
    assert all(changes(old, new) for old, new in pairwise([known[0], known[1], known[2]]))


@pytest.mark.corpora
def test_from_the_third_real_revision_to_the_fourth_no_clause_changes() -> None:
    _, _, third, fourth, *_ = revisions()
    assert changes(third, fourth) == ()


@pytest.mark.corpora
def test_what_differs_between_real_revisions_must_be_marked_in_anything_but_a_patch() -> None:
    *_, fifth, sixth = revisions()
    found = changes(fifth, sixth)
    assert {change.fate for change in found} <= set(ClauseFate)
    assert len(mis_marked(found, {}, Step.MINOR)) == len([change for change in found if change.fate is not ClauseFate.RENAMED]) > 0
