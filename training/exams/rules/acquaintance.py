"""How somebody can know an item before meeting it in an exam."""

from enum import StrEnum


class Acquaintance(StrEnum):
    """What a person did with an item. Any of these keeps it off their forms for good."""

    WROTE = "wrote"
    REVIEWED = "reviewed"
    LABELLED = "labelled"
    OPENED = "opened"
    """Saw it, or saw it with its key."""
    ASKED = "asked"
    """Was shown it as a candidate sees it, to answer it blind in a dispute."""


class KnownText(StrEnum):
    """What somebody can know by its id before it is a question of the bank."""

    ITEM = "item"
    CASE = "case"
    """Whatever labels this case is known with it."""
