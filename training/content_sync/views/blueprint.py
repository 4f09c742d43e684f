"""What the pages of the content folder share: their blueprint, and the words of sides and refusals."""

from pathlib import Path

from flask import Blueprint, current_app

from training.accounts.rules import Role
from training.content_store.rules.wording import KINDS
from training.content_sync.forms import SIDES
from training.content_sync.rules.fields import Changer
from training.content_sync.rules.sides import Side, SyncRefusal
from training.web.navigation import Group, Place, add_place
from training.web.wording import give_words

MAY_SETTLE = (Role.TRAINER, Role.ADMIN)

blueprint = Blueprint("content_sync", __name__, template_folder="../templates", url_prefix="/desk/content")

add_place(Place("content_sync.index", "Content folder", Group.DESK, 4, roles=frozenset(MAY_SETTLE)))

give_words(
    {
        SyncRefusal.CHANGED_MEANWHILE: "Something changed since this page was shown, in the folder or at the desk. Look at it as it is now, and decide again.",
        SyncRefusal.NOTHING_CHOSEN: "Nothing differs here any more. Somebody may have been quicker.",
        SyncRefusal.TOO_MANY: "That are more than {most} documents. Choose a kind and a side with fewer, or run “flask content apply”.",
        SyncRefusal.NOT_IN_FOLDER: "The folder has nothing to take of some of these: they were made at the desk. To retire one, change it there.",
        SyncRefusal.DESK_HAS_NONE: "Some of these stand at the desk already, or the desk has none. To be rid of a file, remove it from the folder.",
        SyncRefusal.NO_FOLDER: "There is no content folder on this server.",
    }
)

CHANGERS = {Changer.FOLDER: "The folder", Changer.DESK: "The desk", Changer.BOTH: "Both", Changer.UNKNOWN: "Not known"}
EXPLAINED = {
    Side.BOTH: "The folder and the desk say different things, and each changed since they last agreed. “flask content apply” stops until one is taken.",
    Side.FOLDER_NEWER: "Only the folder changed since both last agreed. The next “flask content apply” takes it.",
    Side.ONLY_FOLDER: "The desk has no such document. The next “flask content apply” makes it what runs. To be rid of it, remove the file.",
    Side.GONE: "The folder had it and has it no longer. Taking that retires it here: what uses it goes on using it, and an item is drawn no more.",
    Side.DESK_NEWER: "Only the desk changed since both last agreed. Its text stands, and “flask content export” writes it into the folder.",
    Side.ONLY_DESK: "It was made at the desk. Its text stands, and “flask content export” writes it into the folder.",
}
"""What a side means, and what comes of it when nobody does anything."""


def content_folder() -> Path:
    """The folder that the training team keeps in git, as it is on this server's disk."""
    return Path(current_app.config["CONTENT_DIR"])


@blueprint.context_processor
def words_of_sides() -> dict[str, object]:
    """What templates of this room call upon."""
    return {"KINDS": KINDS, "SIDES": SIDES, "EXPLAINED": EXPLAINED, "CHANGERS": CHANGERS}
