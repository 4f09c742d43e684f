"""What becomes of a text that an editor sends."""

from training.authoring.rules.saving import TEXT_LIMIT, SaveVerdict, Sent, decide, plain_lines

TEXT = "one\ntwo\nthree\nfour\nfive"


def sent(text: str, *, version: int = 3, seen: str = TEXT, sequence: int = 5) -> Sent:
    return Sent("window", sequence, version, seen, text)


def test_a_text_that_was_written_upon_the_newest_is_saved() -> None:
    found = decide(sent("new"), version=3, text=TEXT, last_sequence=4)
    assert (found.verdict, found.text) == (SaveVerdict.SAVED, "new")


def test_the_same_number_again_changes_nothing() -> None:
    found = decide(sent("new"), version=4, text="newer", last_sequence=5)
    assert (found.verdict, found.text) == (SaveVerdict.REPEATED, "newer")


def test_what_somebody_else_changed_elsewhere_is_kept_too() -> None:
    found = decide(sent(TEXT.replace("one", "ONE")), version=4, text=TEXT.replace("five", "FIVE"), last_sequence=None)
    assert (found.verdict, found.text) == (SaveVerdict.MERGED, "ONE\ntwo\nthree\nfour\nFIVE")


def test_lines_that_both_changed_come_back_marked() -> None:
    found = decide(sent(TEXT.replace("one", "1")), version=4, text=TEXT.replace("one", "I"), last_sequence=None)
    assert found.verdict is SaveVerdict.CONFLICT
    assert found.text.startswith("<<<<<<< yours\n1\n=======\nI\n>>>>>>> saved meanwhile\ntwo")


def test_the_same_text_in_two_windows_is_no_conflict() -> None:
    assert decide(sent("same"), version=9, text="same", last_sequence=None).verdict is SaveVerdict.SAVED


def test_a_text_that_no_document_may_have_is_not_kept() -> None:
    assert decide(sent("x" * (TEXT_LIMIT + 1)), version=3, text=TEXT, last_sequence=None).verdict is SaveVerdict.TOO_LONG


def test_lines_end_as_in_the_content_folder() -> None:
    assert plain_lines("a\r\nb\rc\n") == "a\nb\nc\n"
