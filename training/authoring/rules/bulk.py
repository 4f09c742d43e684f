"""Many items changed alike: their tags, their state, how difficult they are said to be."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.authoring.rules.field_lines import with_fields
from training.cases.rules import Difficulty
from training.documents.yaml_reading import Unreadable, read_yaml
from training.exams.rules.blueprint import ItemKind, ItemState

MOST_TOGETHER = 50
"""How many items are changed together: as many as a reviewer can look through."""
MOST_TAGS = 10


class BulkProblem(StrEnum):
    """Why an item cannot be changed with the others."""

    NOT_RUNNING = "item_not_running"
    IN_WORK = "item_has_open_draft"
    ON_OWN_FORM = "item_on_own_form"
    UNREADABLE = "item_text_unreadable"
    DIFFICULTY_OF_CASE = "item_takes_difficulty_from_case"
    TOO_MANY_TAGS = "item_has_too_many_tags"
    UNSOUND = "item_would_be_unsound"


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What is done to all of them; what is empty stays as it is."""

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    state: ItemState | None = None
    difficulty: Difficulty | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing of any item."""
        return not (self.add_tags or self.remove_tags or self.state or self.difficulty)

    @property
    def title(self) -> str:
        """What the batch is called in which it is reviewed."""
        said = {"state": self.state, "difficulty": self.difficulty, "tags added": ", ".join(self.add_tags), "tags removed": ", ".join(self.remove_tags)}
        return f"Items changed: {'; '.join(f'{name} {value}' for name, value in said.items() if value)}"


def changed(text: str, change: BulkChange, *, keeps_figures: bool) -> str | BulkProblem:
    """An item's text with the change, every other letter as it stood where that can be; the same text where it says all of it already.

    Where figures are kept, another difficulty is said to be a correction: nothing that was measured is another by it.
    """
    try:
        value = read_yaml(text).value
    except Unreadable:
        return BulkProblem.UNREADABLE
    if not isinstance(value, dict) or not isinstance(value.get("tags", []), list):
        return BulkProblem.UNREADABLE
    if change.difficulty is not None and value.get("kind") == ItemKind.CASE:
        return BulkProblem.DIFFICULTY_OF_CASE
    wanted = _wanted(value, change, keeps_figures=keeps_figures)
    if len(wanted.get("tags", ())) > MOST_TAGS:
        return BulkProblem.TOO_MANY_TAGS
    return text if wanted == value else with_fields(text, value, wanted, after="state")


def _wanted(value: dict[str, Any], change: BulkChange, *, keeps_figures: bool) -> dict[str, Any]:
    wanted = dict(value)
    tags = [tag for tag in value.get("tags", []) if tag not in change.remove_tags]
    wanted["tags"] = [*tags, *(tag for tag in change.add_tags if tag not in tags)]
    if not wanted["tags"] and wanted["tags"] != value.get("tags"):
        del wanted["tags"]
    if change.state is not None:
        wanted["state"] = change.state.value
    if change.difficulty is not None and value.get("difficulty") != change.difficulty:
        wanted |= {"difficulty": change.difficulty.value}
        wanted.pop("editorial", None)
        if keeps_figures:
            wanted["editorial"] = f"Difficulty: {value.get('difficulty')} → {change.difficulty.value}"
    return wanted


SHOWN_FIELDS = ("state", "tags", "difficulty")


def told_changes(before: str, after: str) -> tuple[list[tuple[str, str, str]], bool]:
    """What two texts of an item say differently of its state, tags and difficulty, and whether they differ in anything else; never a word of what it asks."""
    try:
        values = [read_yaml(text).value for text in (before, after)]
    except Unreadable:
        return [], True
    if not all(isinstance(value, dict) for value in values):
        return [], True
    old, new = values
    told = [(name, _in_words(old.get(name)), _in_words(new.get(name))) for name in SHOWN_FIELDS if old.get(name) != new.get(name)]
    correction = str(new.get("editorial", "")).startswith("Difficulty: ") and old.get("difficulty") != new.get("difficulty")
    silent = {*SHOWN_FIELDS, *(["editorial"] if correction else [])}
    return told, any(old.get(name) != new.get(name) for name in {*old, *new} - silent)


def _in_words(said: Any) -> str:
    return ", ".join(map(str, said)) if isinstance(said, list) else str(said or "")
