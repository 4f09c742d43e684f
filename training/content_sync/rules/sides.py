"""On which side a document that differs is ahead: the content folder's, the desk's, or both."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from training.content_store.rules.examined import may_be_examined
from training.content_store.rules.kinds import Kind
from training.content_sync.rules.deciding import Deed, Name
from training.documents import content_hash


class Side(StrEnum):
    """Where something is that the other side does not have."""

    BOTH = "both"
    """Both changed it since they last agreed."""
    FOLDER_NEWER = "folder_newer"
    ONLY_FOLDER = "only_folder"
    GONE = "gone"
    """The folder had it and has it no longer."""
    DESK_NEWER = "desk_newer"
    ONLY_DESK = "only_desk"
    """Made at the desk; the folder never had it."""


class SyncRefusal(StrEnum):
    """Why a side cannot be taken."""

    CHANGED_MEANWHILE = "sync_changed_meanwhile"
    NOTHING_CHOSEN = "sync_nothing_chosen"
    TOO_MANY = "sync_too_many"
    NOT_IN_FOLDER = "sync_not_in_folder"
    DESK_HAS_NONE = "sync_desk_has_none"
    NO_FOLDER = "sync_no_folder"


def side_of(deed: Deed, *, is_in_folder: bool, runs: bool) -> Side | None:
    """The side of a document with which `content apply` would do this; nothing where both say the same. `runs` where the desk has it, and not retired."""
    if deed in {Deed.SAME, Deed.AGREE}:
        return None
    if deed is Deed.CONFLICT:
        return Side.BOTH
    if deed is Deed.RETIRE:
        return Side.GONE
    if deed is Deed.KEEP:
        return Side.DESK_NEWER if is_in_folder else Side.ONLY_DESK
    return Side.FOLDER_NEWER if runs else Side.ONLY_FOLDER


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that differs: what each side has of it, and what both last agreed on, where that is known."""

    name: Name
    side: Side
    deed: Deed
    path: str
    """Its file below the folder; of one that the folder lacks, where an export would write it."""
    folder_text: str | None
    desk_text: str | None
    base_text: str | None
    changed_at: datetime | None
    """When the desk's text was made what runs."""

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return Kind(self.name.kind)

    @property
    def is_exam_material(self) -> bool:
        """Whether an exam may ask what any of its texts says."""
        return any(may_be_examined(self.kind, text) for text in (self.folder_text, self.desk_text, self.base_text) if text is not None)

    @property
    def only_moved(self) -> bool:
        """Whether nothing differs but the file in which it is."""
        return self.folder_text == self.desk_text

    @property
    def may_take(self) -> bool:
        """Whether the folder has something to take: its text, or that it is gone."""
        return self.side is not Side.ONLY_DESK

    @property
    def may_keep(self) -> bool:
        """Whether the desk's text stands only once somebody says so: else it stands already, or the desk has none."""
        return self.side in {Side.BOTH, Side.FOLDER_NEWER, Side.GONE} and not self.only_moved

    @property
    def seen(self) -> str:
        """By what a page says which texts it showed: another as soon as either side changes."""
        return content_hash([self.name.kind, self.name.slug, self.deed.value, self.path, self.folder_text, self.desk_text])[:20]


def seen_together(differences: tuple[Difference, ...]) -> str:
    """By what a page says which documents, and which texts of theirs, it is about."""
    return content_hash([difference.seen for difference in differences])[:20]
