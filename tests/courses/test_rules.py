import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.courses.factories import body, clause
from training.courses.rules.blocks import ExampleKind, blocks_in, clauses_in, examples_in
from training.courses.rules.changes import ChangeKind, EditKind, PassageText, changes_between, new_text, old_text, tokens_of, word_edits
from training.courses.rules.progress import CourseNeeds, Learned, StepKind, progress_of
from training.courses.rules.search import excerpt, query_words, words_of
from training.courses.rules.versions import ModuleRefusal, Version, is_still_read, may_publish

V = Version.parse
TEXTS = st.lists(st.sampled_from(["No", "offers", "of", "firearms", ".", ",", " ", "\n", "PRO-03.b", "é", "不", "\U0001f600"]), max_size=60).map(
    "".join
) | st.text(max_size=200)


# Versions


@pytest.mark.parametrize(
    ("acknowledged", "current", "is_read"),
    [
        ("1.0.0", "1.0.0", True),
        ("1.0.0", "1.0.9", True),
        ("1.0.0", "1.1.0", False),
        ("1.4.2", "2.0.0", False),
        ("2.0.0", "1.9.9", True),
        ("1.10.0", "1.9.0", True),
    ],
)
def test_only_patches_may_lie_between_what_was_read_and_what_stands(acknowledged: str, current: str, is_read: bool) -> None:
    assert is_still_read(V(acknowledged), V(current)) is is_read


@pytest.mark.parametrize(
    ("version", "latest", "is_same_text", "refusal"),
    [
        ("1.0.0", None, False, None),
        ("1.0.0", "1.0.0", True, None),
        ("1.0.0", "1.0.0", False, ModuleRefusal.VERSION_NOT_RAISED),
        ("1.0.1", "1.0.0", False, None),
        ("1.0.1", "1.0.0", True, None),
        ("1.9.0", "1.10.0", False, ModuleRefusal.VERSION_WENT_BACK),
        ("1.9.0", "1.10.0", True, ModuleRefusal.VERSION_WENT_BACK),
    ],
)
def test_a_changed_text_needs_a_raised_version(version: str, latest: str | None, is_same_text: bool, refusal: ModuleRefusal | None) -> None:
    assert may_publish(V(version), latest=V(latest) if latest else None, is_same_text=is_same_text) is refusal


def test_a_version_is_written_as_it_is_read() -> None:
    assert str(V("10.2.30")) == "10.2.30"


# Blocks


def test_a_clause_is_found_with_its_line_labels_and_text() -> None:
    (found,) = clauses_in("Opening.\n\n" + clause("PRO-03.b", "No medicine."))
    assert (found.argument, found.line, found.labels, found.is_closed) == ("PRO-03.b", 3, ("PRO-03",), True)
    assert found.text.startswith("\n**Rule.** No medicine.")


def test_a_clause_that_is_not_closed_says_so_and_hides_none_that_follows() -> None:
    first, second = blocks_in("/// clause | PRO-01.a\n\ntext\n\n/// check | check-one")
    assert (first.is_closed, second.is_closed, second.argument) == (False, False, "check-one")


def test_labels_are_read_however_they_are_written() -> None:
    (found,) = clauses_in("/// clause | PRO-01.a\n    labels: ['PRO-01', \"PRO-02\" , PRO-03]\n\nx\n///")
    assert found.labels == ("PRO-01", "PRO-02", "PRO-03")


@pytest.mark.parametrize("missing", list(ExampleKind))
def test_the_kinds_of_example_are_told_apart(missing: ExampleKind) -> None:
    lines = [f"- **{kind.value.capitalize()}:** so." for kind in ExampleKind if kind is not missing]
    assert examples_in("\n".join(lines)) == frozenset(ExampleKind) - {missing}


def test_examples_may_be_paragraphs_too() -> None:
    assert examples_in("**Violating:** this.\n\n**Allowed:** that.") == {ExampleKind.VIOLATING, ExampleKind.ALLOWED}


# Changes


@given(TEXTS, TEXTS)
def test_applying_the_difference_gives_the_new_text_and_undoing_it_the_old(old: str, new: str) -> None:
    edits = word_edits(old, new)
    assert (old_text(edits), new_text(edits)) == (old, new)


@given(TEXTS)
def test_tokens_joined_are_the_text_and_a_text_does_not_differ_from_itself(text: str) -> None:
    assert "".join(tokens_of(text)) == text
    assert all(edit.kind is EditKind.SAME for edit in word_edits(text, text))


def test_one_changed_word_is_one_removal_and_one_addition() -> None:
    edits = word_edits("No offers of air guns here.", "No offers of toy guns here.")
    assert [(edit.kind, edit.text) for edit in edits if edit.kind is not EditKind.SAME] == [(EditKind.REMOVED, "air"), (EditKind.ADDED, "toy")]


PASSAGES = st.lists(
    st.builds(PassageText, st.sampled_from(["purpose", "rules", "pro-01.a", "pro-01.b"]), st.sampled_from(["One", "Two"]), TEXTS, st.booleans()),
    max_size=4,
    unique_by=lambda passage: passage.anchor,
)


@given(PASSAGES, PASSAGES)
def test_every_passage_that_differs_is_named_once_and_no_other(old: list[PassageText], new: list[PassageText]) -> None:
    changes = changes_between(old, new)
    before, after = ({passage.anchor: passage for passage in passages} for passages in (old, new))
    named = [change.anchor for change in changes]
    assert len(set(named)) == len(named)
    assert {anchor for anchor in after if before.get(anchor) != after[anchor]} == {change.anchor for change in changes if change.kind is not ChangeKind.REMOVED}
    assert {change.anchor for change in changes if change.kind is ChangeKind.REMOVED} <= set(before) - set(after)
    retitled = sum(change.kind is ChangeKind.CHANGED and change.anchor not in before for change in changes)
    removed = sum(change.kind is ChangeKind.REMOVED for change in changes)
    assert removed + retitled == len(set(before) - set(after))


def test_a_passage_that_only_got_another_title_shows_the_titles() -> None:
    (change,) = changes_between([PassageText("scope", "Scope", "Text.", False)], [PassageText("scope", "Purpose", "Text.", False)])
    assert [(edit.kind, edit.text) for edit in change.edits][:2] == [(EditKind.REMOVED, "Scope"), (EditKind.ADDED, "Purpose")]


def test_a_section_under_another_title_is_one_change_and_not_two() -> None:
    old = [PassageText("escalation", "Escalation", "Ask RISK.", False), PassageText("pro-01.a", "PRO-01.a", "Same.", True)]
    new = [PassageText("what-follows", "What follows", "Ask RISK.", False), PassageText("pro-01.b", "PRO-01.b", "Same.", True)]
    assert [(change.kind, change.anchor) for change in changes_between(old, new)] == [
        (ChangeKind.CHANGED, "what-follows"),
        (ChangeKind.ADDED, "pro-01.b"),
        (ChangeKind.REMOVED, "pro-01.a"),
    ]


def test_a_phrase_that_was_replaced_is_read_as_a_phrase() -> None:
    edits = word_edits("It is a crime, and the harm is quick.", "It is a harm, and the crime is slow.")
    assert [(edit.kind, edit.text) for edit in edits] == [
        (EditKind.SAME, "It is a "),
        (EditKind.REMOVED, "crime"),
        (EditKind.ADDED, "harm"),
        (EditKind.SAME, ", and the "),
        (EditKind.REMOVED, "harm is quick"),
        (EditKind.ADDED, "crime is slow"),
        (EditKind.SAME, "."),
    ]


# Progress through a course

NEEDS = CourseNeeds(modules=(("prohibited-goods", V("1.1.0")), ("claims", V("2.0.3"))), checks=("check-medicine",), practice_count=10)


def learned(*, acknowledged: dict[str, str] | None = None, checks: tuple[str, ...] = (), practice_count: int = 0) -> Learned:
    return Learned({slug: V(version) for slug, version in (acknowledged or {}).items()}, frozenset(checks), practice_count)


def test_a_course_is_complete_when_nothing_is_missing() -> None:
    done = learned(acknowledged={"prohibited-goods": "1.1.4", "claims": "2.0.0"}, checks=("check-medicine", "another"), practice_count=99)
    assert progress_of(NEEDS, done).is_complete


def test_what_is_missing_is_named_in_the_order_of_the_course() -> None:
    progress = progress_of(NEEDS, learned(acknowledged={"prohibited-goods": "1.0.0", "claims": "2.0.3"}, practice_count=4))
    assert [(step.kind, step.subject, step.done_count) for step in progress.missing] == [
        (StepKind.MODULE, "prohibited-goods", 0),
        (StepKind.CHECK, "check-medicine", 0),
        (StepKind.PRACTICE, "", 4),
    ]
    assert not progress.is_complete


def test_a_module_that_is_not_published_keeps_its_course_open() -> None:
    assert not progress_of(CourseNeeds((("goods", None),), (), 0), learned(acknowledged={"goods": "9.0.0"})).is_complete


def test_a_course_without_practice_has_no_practice_step() -> None:
    assert progress_of(CourseNeeds((), (), 0), learned()).steps == ()


# Search


def test_words_are_compared_without_case_accents_or_signs() -> None:
    assert words_of("Résumé, PRO-03.b: „Straße“ 5%!") == ("resume", "pro", "03", "b", "strase", "5")


@given(st.text(max_size=300))
def test_whatever_is_typed_becomes_words_that_no_query_language_minds(asked: str) -> None:
    words = query_words(asked)
    assert len(words) <= 12 and all(word.isalnum() and len(word) <= 64 for word in words)


@given(st.text(max_size=400), st.text(max_size=30))
def test_an_excerpt_is_a_part_of_the_text(text: str, asked: str) -> None:
    shown = "".join(piece.text for piece in excerpt(text, query_words(asked), length=80))
    assert len(shown) <= 80 + 27 + 4


def test_an_excerpt_marks_what_was_asked_for_and_starts_near_it() -> None:
    pieces = excerpt("word " * 100 + "etiket biru skincare " + "word " * 100, query_words("Biru skin"), length=60)
    assert [piece.text for piece in pieces if piece.is_match] == ["biru", "skincare"]
    assert pieces[0].text == "… " and pieces[-1].text == " …"


def test_a_small_module_shows_every_kind_of_example() -> None:
    (only,) = clauses_in(body())
    assert examples_in(only.text) == frozenset(ExampleKind)
