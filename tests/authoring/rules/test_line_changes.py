"""What a draft changes, line by line."""

from training.authoring.rules.line_changes import ChangedLine, line_changes
from training.courses.rules.changes import EditKind

BEFORE = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine"


def test_what_went_stands_before_what_came_with_a_few_lines_around() -> None:
    (run,) = line_changes(BEFORE, BEFORE.replace("five", "5\nV"))
    assert [(line.kind.value, line.number, line.text) for line in run] == [
        ("same", 3, "three"),
        ("same", 4, "four"),
        ("removed", 5, "five"),
        ("added", 5, "5"),
        ("added", 6, "V"),
        ("same", 7, "six"),
        ("same", 8, "seven"),
    ]


def test_changes_that_are_far_apart_are_runs_of_their_own_and_no_change_is_none() -> None:
    assert len(line_changes(BEFORE, BEFORE.replace("one", "1").replace("nine", "9"))) == 2
    assert line_changes(BEFORE, BEFORE) == ()


def test_a_new_document_is_all_new() -> None:
    assert line_changes("", "one\ntwo") == ((ChangedLine(EditKind.ADDED, 1, "one"), ChangedLine(EditKind.ADDED, 2, "two")),)


def test_texts_that_are_too_long_to_be_compared_go_and_come_as_a_whole() -> None:
    (run,) = line_changes("a\n" * 20_000, "b\n" * 20_000)
    assert len(run) == 40_002
