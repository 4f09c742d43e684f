import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.content_sync.rules import DOES_SOMETHING, Deed, InFolder, Name, Stored, decide

NAME = Name(1, "module", "goods")


def ours(meaning: str, path: str = "goods.md", text: str | None = None) -> InFolder:
    return InFolder(NAME, meaning, path, text or f"text of {meaning}")


def stored(meaning: str, agreed: str | None, path: str = "goods.md", text: str | None = None, *, is_retired: bool = False) -> Stored:
    return Stored(NAME, meaning, agreed, path, text or f"text of {meaning}", is_retired)


TABLE = [
    ("new in the folder", ours("a"), None, Deed.CREATE, Deed.CREATE),
    ("the same everywhere", ours("a"), stored("a", "a"), Deed.SAME, Deed.SAME),
    ("changed in the folder", ours("b"), stored("a", "a"), Deed.UPDATE, Deed.UPDATE),
    ("changed on the web", ours("a"), stored("b", "a"), Deed.KEEP, Deed.UPDATE),
    ("changed in both", ours("c"), stored("b", "a"), Deed.CONFLICT, Deed.UPDATE),
    ("made on the web and in the folder", ours("c"), stored("b", None), Deed.CONFLICT, Deed.UPDATE),
    ("changed in both to the same", ours("b"), stored("b", "a"), Deed.AGREE, Deed.AGREE),
    ("another layout of the same", ours("a", text="other"), stored("a", "a"), Deed.REWRITE, Deed.REWRITE),
    ("moved to another file", ours("a", path="new.md"), stored("a", "a"), Deed.REWRITE, Deed.REWRITE),
    ("vanished from the folder", None, stored("a", "a"), Deed.RETIRE, Deed.RETIRE),
    ("vanished after it was changed on the web", None, stored("b", "a"), Deed.RETIRE, Deed.RETIRE),
    ("made outside the folder", None, stored("a", None), Deed.KEEP, Deed.RETIRE),
    ("vanished long ago", None, stored("a", "a", is_retired=True), Deed.SAME, Deed.SAME),
    ("back after it had vanished", ours("a"), stored("a", "a", is_retired=True), Deed.RESTORE, Deed.RESTORE),
    ("back with another text", ours("b"), stored("a", "a", is_retired=True), Deed.UPDATE, Deed.UPDATE),
]


@pytest.mark.parametrize(("folder", "database", "deed", "deed_if_folder_wins"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_is_done_with_one_document(folder: InFolder | None, database: Stored | None, deed: Deed, deed_if_folder_wins: Deed) -> None:
    for folder_wins, expected in ((False, deed), (True, deed_if_folder_wins)):
        (step,) = decide([folder] if folder else [], [database] if database else [], folder_wins=folder_wins).steps
        assert step.deed is expected


MEANINGS = st.sampled_from(["a", "b", "c"])
NAMES = st.builds(Name, st.integers(0, 3), st.just("case"), st.sampled_from(["one", "two", "three"]))
FOLDERS = st.lists(st.builds(InFolder, NAMES, MEANINGS, st.just("x"), MEANINGS), unique_by=lambda document: document.name)
DATABASES = st.lists(st.builds(Stored, NAMES, MEANINGS, st.none() | MEANINGS, st.just("x"), MEANINGS, st.booleans()), unique_by=lambda document: document.name)


@given(FOLDERS, DATABASES)
def test_every_document_has_one_step_and_none_is_overwritten_that_the_web_changed(folder: list[InFolder], database: list[Stored]) -> None:
    plan = decide(folder, database)
    assert sorted(step.name for step in plan.steps) == sorted({document.name for document in (*folder, *database)})
    assert list(plan.steps) == sorted(plan.steps, key=lambda step: step.name)
    changed_on_the_web = {document.name for document in database if document.meaning != document.agreed}
    assert not changed_on_the_web & {step.name for step in plan.of(Deed.UPDATE)}


@given(FOLDERS, DATABASES)
def test_after_the_folder_has_won_there_is_nothing_left_to_do(folder: list[InFolder], database: list[Stored]) -> None:
    decided = {step.name: step.deed for step in decide(folder, database, folder_wins=True).steps}
    by_name = {document.name: document for document in folder}
    after = [Stored(document.name, document.meaning, document.meaning, document.path, document.text, False) for document in by_name.values()] + [
        Stored(document.name, document.meaning, document.agreed, document.path, document.text, True) for document in database if document.name not in by_name
    ]
    assert set(decided.values()) <= DOES_SOMETHING | {Deed.SAME, Deed.AGREE}
    assert decide(folder, after).is_empty


def test_what_the_desk_only_wrote_otherwise_is_not_overwritten_in_silence_either() -> None:
    desks = Stored(NAME, "a", "a", "goods.md", "desk's words", False, agreed_text="agreed words")
    for text, deed in (("agreed words", Deed.KEEP), ("others", Deed.CONFLICT), ("desk's words", Deed.AGREE)):
        assert decide([ours("a", text=text)], [desks]).steps[0].deed is deed
    assert decide([ours("a", text="others")], [desks], folder_wins=True).steps[0].deed is Deed.REWRITE
    assert decide([ours("b")], [desks]).steps[0].deed is Deed.CONFLICT
