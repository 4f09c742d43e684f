"""Where a file of questions stands, and why something is not done with it."""

from enum import StrEnum


class ImportState(StrEnum):
    """Where a file stands."""

    UPLOADED = "uploaded"
    """It waits for what its uploader says of all of it."""
    CHECKING = "checking"
    """A job looks at it row by row."""
    CHECKED = "checked"
    BROKEN = "broken"
    """It could be read no further: nothing of it comes in."""
    DRAFTED = "drafted"
    GIVEN_UP = "given_up"


ENDED = frozenset({ImportState.BROKEN, ImportState.DRAFTED, ImportState.GIVEN_UP})
"""In which nothing is done with it any more."""


class ExchangeRefusal(StrEnum):
    """Why a file is not taken in, or items are not taken away."""

    FILE_BROKEN = "import_file_broken"
    NOT_IN_THIS_STATE = "import_not_in_this_state"
    HAS_FAULTS = "import_has_faults"
    NOTHING_SOUND = "import_has_nothing_sound"
    NOTHING_CHOSEN = "export_of_nothing"
    TOO_MANY_CHOSEN = "export_of_too_many"
    NOTHING_CARRIED = "export_carries_nothing"
