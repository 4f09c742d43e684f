"""What the pages of the exchange share: their blueprint, and the words of its states and refusals."""

from flask import Blueprint, request

from training.accounts.rules import Role
from training.exchange import queries
from training.exchange.files import FileKind
from training.exchange.rules.states import ExchangeRefusal, ImportState
from training.web.access import principal
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

MAY_EXCHANGE = (Role.TRAINER,)
LARGEST_UPLOAD = 51_000_000
"""Bytes of a request that brings a file in: a little more than a file may have, so that a larger one is refused in words."""

blueprint = Blueprint("exchange", __name__, template_folder="../templates", url_prefix="/desk/exchange")

add_section("imports", queries.personal_record)
add_place(Place("exchange.index", "Items in and out", Group.DESK, 3, roles=frozenset(MAY_EXCHANGE)))

give_words(
    {
        ExchangeRefusal.FILE_BROKEN: "Line {line}: the file {problem}. To mend it: {remedy}.",
        ExchangeRefusal.NOT_IN_THIS_STATE: "This cannot be done with the file as it stands now. Look at it again.",
        ExchangeRefusal.HAS_FAULTS: "Some rows have faults. Mend the file and upload it again, or say that these rows are left out.",
        ExchangeRefusal.NOTHING_SOUND: "No row of the file can become a draft.",
        ExchangeRefusal.NOTHING_CHOSEN: "None of these ids is an item that runs.",
        ExchangeRefusal.TOO_MANY_CHOSEN: "That are more than {most} items. Take them away in several files.",
        ExchangeRefusal.NOTHING_CARRIED: "This format carries none of these items. Choose another.",
    }
)

STATES = {
    ImportState.UPLOADED: ("Waits for you", "warn"),
    ImportState.CHECKING: ("Being looked through", "info"),
    ImportState.CHECKED: ("Looked through", "info"),
    ImportState.BROKEN: ("Could not be read", "bad"),
    ImportState.DRAFTED: ("Made into drafts", "good"),
    ImportState.GIVEN_UP: ("Given up", "neutral"),
}
KINDS = {
    FileKind.GIFT: "GIFT",
    FileKind.MOODLE: "Moodle XML",
    FileKind.QTI_ITEM: "QTI item",
    FileKind.QTI_PACKAGE: "QTI package",
    FileKind.CSV: "CSV",
    FileKind.XLSX: "XLSX spreadsheet",
    FileKind.JSONL: "JSON lines",
    FileKind.LABEL_STUDIO: "Label Studio",
}


@blueprint.url_value_preprocessor
def let_files_be_large(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """A trainer's upload may hold a file; nobody else sends us that much. It runs before anything reads the request."""
    me = principal()
    if request.endpoint == "exchange.upload" and me.is_authenticated and not me.roles.isdisjoint(MAY_EXCHANGE):
        request.max_content_length = LARGEST_UPLOAD


@blueprint.context_processor
def words_of_imports() -> dict[str, object]:
    """What templates of this room call upon."""
    return {"STATES": STATES, "FILE_KINDS": KINDS}
