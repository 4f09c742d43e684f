"""What is asked when a difference is settled, and which differences are looked at."""

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length

from training.content_store.rules.wording import KINDS
from training.content_sync.rules.sides import Side
from training.web.forms import FilterForm, Form, choices_of

SIDES = {
    Side.BOTH: ("Changed on both sides", "bad"),
    Side.FOLDER_NEWER: ("The folder is newer", "warn"),
    Side.ONLY_FOLDER: ("Only in the folder", "info"),
    Side.GONE: ("Gone from the folder", "warn"),
    Side.DESK_NEWER: ("The desk is newer", "info"),
    Side.ONLY_DESK: ("Only at the desk", "info"),
}
"""Where a document is ahead, in words and with the tone of its badge."""


class DifferencesForm(FilterForm):
    """Which of the documents that differ are shown."""

    kind = SelectField("Kind", choices=choices_of([("", "Every kind"), *((kind.value, words) for kind, words in KINDS.items())]))
    side = SelectField("Where it is ahead", choices=choices_of([("", "Every side"), *((side.value, words) for side, (words, _) in SIDES.items())]))


class SettleForm(Form):
    """A side taken, of the very texts that the page showed."""

    seen = HiddenField(validators=[InputRequired(), Length(max=20)])
