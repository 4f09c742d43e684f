"""What bringing a content folder in would do: decided from what the folder has, what is stored, and what both last agreed on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """What is to be done with one document."""

    CREATE = "create"
    UPDATE = "update"
    REWRITE = "rewrite"
    """It says the same in other words or in another file: only the text is remembered."""
    RESTORE = "restore"
    """It had vanished from the folder and is back."""
    RETIRE = "retire"
    """It vanished from the folder. It stays in force where it is used; it is never deleted."""
    KEEP = "keep"
    """It was changed or made outside the folder alone: the folder is behind, and nothing is overwritten."""
    CONFLICT = "conflict"
    """It was changed on the web and in the folder."""
    AGREE = "agree"
    """Folder and database have come to say the same by two ways: only that is remembered."""
    SAME = "same"


DOES_SOMETHING = frozenset({Deed.CREATE, Deed.UPDATE, Deed.REWRITE, Deed.RESTORE, Deed.RETIRE})


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """Which document: the position of its kind in the order of application, its kind, and its id."""

    position: int
    kind: str
    slug: str


@dataclass(frozen=True, slots=True)
class InFolder:
    """A document as the folder has it: the hash of what it says, its file and its text."""

    name: Name
    meaning: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as it runs; `agreed` is the hash of what folder and database last agreed on."""

    name: Name
    meaning: str
    agreed: str | None
    path: str
    text: str
    is_retired: bool
    agreed_text: str | None = None
    """What they last agreed on in words, where the desk has another text since, be it one that says the same."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with one document, and its file."""

    name: Name
    deed: Deed
    path: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Every document, in the order of application."""

    steps: tuple[Step, ...]

    def of(self, *deeds: Deed) -> tuple[Step, ...]:
        """The steps of these deeds."""
        return tuple(step for step in self.steps if step.deed in deeds)

    @property
    def is_empty(self) -> bool:
        """Whether carrying it out would change nothing."""
        return not any(step.deed in DOES_SOMETHING for step in self.steps)


def decide(folder: Iterable[InFolder], stored: Iterable[Stored], *, folder_wins: bool = False) -> Plan:
    """The plan. `folder_wins` takes the folder's text where a document was changed on the web since."""
    return Plan(tuple(sorted(_steps(folder, stored, folder_wins), key=lambda step: step.name)))


def _steps(folder: Iterable[InFolder], stored: Iterable[Stored], folder_wins: bool) -> Iterator[Step]:
    known = {document.name: document for document in stored}
    seen = set()
    for ours in folder:
        seen.add(ours.name)
        yield Step(ours.name, _deed(ours, known.get(ours.name), folder_wins), ours.path)
    for name, theirs in known.items():
        if name not in seen:
            yield Step(name, _deed_of_the_missing(theirs, folder_wins), theirs.path)


def _deed_of_the_missing(theirs: Stored, folder_wins: bool) -> Deed:
    """What never was in the folder has not vanished from it: it is kept until an export writes it there, or the folder wins."""
    if theirs.is_retired:
        return Deed.SAME
    return Deed.RETIRE if folder_wins or theirs.agreed is not None else Deed.KEEP


def _deed(ours: InFolder, theirs: Stored | None, folder_wins: bool) -> Deed:
    if theirs is None:
        return Deed.CREATE
    if ours.meaning == theirs.meaning:
        return _deed_of_same_meaning(ours, theirs, folder_wins)
    if folder_wins or (theirs.meaning == theirs.agreed and theirs.agreed_text is None):
        return Deed.UPDATE
    return Deed.KEEP if ours.meaning == theirs.agreed else Deed.CONFLICT


def _deed_of_same_meaning(ours: InFolder, theirs: Stored, folder_wins: bool) -> Deed:
    if theirs.is_retired:
        return Deed.RESTORE
    if (ours.path, ours.text) == (theirs.path, theirs.text):
        return Deed.SAME if theirs.agreed == theirs.meaning and theirs.agreed_text is None else Deed.AGREE
    if folder_wins or theirs.agreed_text is None or ours.text == theirs.text:
        return Deed.REWRITE
    return Deed.KEEP if ours.text == theirs.agreed_text else Deed.CONFLICT
