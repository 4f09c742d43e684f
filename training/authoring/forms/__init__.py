"""What is entered at the desk."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from pydantic import BaseModel, ConfigDict, Field
from wtforms import HiddenField, IntegerField, RadioField, SearchField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from training.authoring.forms.beginning import SLUG_DEMANDS
from training.authoring.rules.bulk import BulkChange
from training.authoring.rules.saving import Sent, plain_lines
from training.cases.rendering import SEVERITIES, TARGETS
from training.cases.rules import Difficulty, Severity
from training.content_store.rules.kinds import Kind
from training.content_store.rules.wording import KINDS
from training.courses.rules.clause_changes import ClauseMark
from training.courses.rules.versions import Step
from training.documents.faults import Fault
from training.exams.forms import CLASS_WORDS, KIND_WORDS, STATE_WORDS
from training.exams.queries.item_desk import ItemFilter
from training.exams.rules.blueprint import ItemKind, ItemState, Scoring
from training.web.forms import FilterForm, Form, choices_of

CHOICE_WORDS: dict[str, str] = {
    **{state.value: words for state, words in STATE_WORDS.items()},
    **{decided.value: words for decided, words in CLASS_WORDS.items()},
    Scoring.ALL_OR_NOTHING: "All or nothing",
    Scoring.PARTIAL: "By degrees",
    **{difficulty.value: difficulty.value.capitalize() for difficulty in Difficulty},
    "en": "English",
    "id": "Indonesian",
}
"""What may be chosen in the form of an item, in words; what is not here says itself."""
JUDGED_WORDS = {choice.value: f"{choice.value} {choice.name}" for choice in SEVERITIES} | {
    choice.value: f"{choice.name}: {choice.meaning}" for choice in TARGETS
}
"""Severities and those to whom a case goes, in words."""
LONGEST_WORDS = 2000
LONGEST_CLIENT = 40
_MARK = re.compile(r"^mark-(?P<code>[A-Z]{3}-\d{2}\.[a-z]{1,2})$")


_DIFFICULTIES = [(difficulty.value, difficulty.value.capitalize()) for difficulty in Difficulty]
SET_STATES = (ItemState.DRAFT, ItemState.PILOT, ItemState.LIVE, ItemState.RETIRED)
"""Those that trainers give to many items; one is held and released at the exam desk."""


def _every(word: str, pairs: Iterable[tuple[object, str]]) -> Any:
    return choices_of([("", f"Every {word}"), *pairs])


class DocumentsForm(FilterForm):
    """Which of what runs is looked for."""

    kind = SelectField("Kind", choices=choices_of([("", "Every kind"), *((kind.value, name) for kind, name in KINDS.items())]), validate_choice=False)
    q = SearchField("Words", validators=[Optional(), Length(max=200)])

    @property
    def chosen_kind(self) -> Kind | None:
        """The kind that was chosen; nothing where every kind was, or one that nobody knows."""
        return Kind(self.kind.data) if self.kind.data in set(Kind) else None


class ItemsForm(FilterForm):
    """Which items the list shows."""

    q = SearchField("Part of its id", validators=[Optional(), Length(max=60)])
    kind = SelectField("Kind", choices=_every("kind", ((kind.value, KIND_WORDS[kind]) for kind in ItemKind)), validate_choice=False)
    area = SelectField("Area", validate_choice=False)
    severity = SelectField("Severity", choices=_every("severity", ((severity.value, severity.value) for severity in Severity)), validate_choice=False)
    state = SelectField("State", choices=_every("state", ((state.value, STATE_WORDS[state]) for state in ItemState)), validate_choice=False)
    difficulty = SelectField("Difficulty", choices=_every("difficulty", _DIFFICULTIES), validate_choice=False)
    tag = SelectField("Tag", validate_choice=False)

    def offer(self, areas: Mapping[str, str], tags: Iterable[str]) -> None:
        """The areas, with their titles, and the tags that can be chosen."""
        self.area.choices = _every("area", ((code, f"{code} {title}") for code, title in areas.items()))
        self.tag.choices = _every("tag", ((tag, tag) for tag in tags))

    @property
    def wanted(self) -> ItemFilter:
        """Which items are looked for."""
        return ItemFilter(**{name: (getattr(self, name).data or "")[:60] for name in FILTERED})


FILTERED = ("q", "kind", "area", "severity", "state", "difficulty", "tag")
"""By what the list of items is narrowed."""
_TAGS = Regexp(r"^[a-z0-9-]{1,30}(?:[ ,]+[a-z0-9-]{1,30}){0,9}[ ,]*$", message="Use at most ten words of lower case letters, digits and hyphens.")


class BulkForm(Form):
    """What is changed of many items alike."""

    add_tags = StringField("Tags to add", validators=[Optional(), _TAGS])
    remove_tags = StringField("Tags to take away", validators=[Optional(), _TAGS])
    state = SelectField("State", choices=choices_of([("", "As it is"), *((state.value, STATE_WORDS[state]) for state in SET_STATES)]), default="")
    difficulty = SelectField("Difficulty", choices=choices_of([("", "As it is"), *_DIFFICULTIES]), default="")
    words = TextAreaField("What your reviewers should know", validators=[Optional(), Length(max=LONGEST_WORDS)])

    @property
    def change(self) -> BulkChange:
        """The same for the service."""
        added, removed = (tuple((field.data or "").replace(",", " ").split()) for field in (self.add_tags, self.remove_tags))
        state, difficulty = self.state.data, self.difficulty.data
        return BulkChange(added, removed, ItemState(state) if state else None, Difficulty(difficulty) if difficulty else None)


class BatchReviewForm(Form):
    """What a reviewer says of the drafts of a batch."""

    verdict = HiddenField(validators=[InputRequired()])
    words = TextAreaField("What you say to the author", description="Needed when you ask for a change.", validators=[Optional(), Length(max=LONGEST_WORDS)])


class NearMissForm(Form):
    """A case that is decided the opposite way."""

    slug = StringField("Its id", description="It says nothing about the answer, and never changes.", validators=SLUG_DEMANDS)


class WordsForm(Form):
    """A few words to colleagues."""

    words = TextAreaField("Anything your reviewers should know", validators=[Optional(), Length(max=LONGEST_WORDS)])


class ReviewForm(Form):
    """What a reviewer says of a revision."""

    number = IntegerField(validators=[InputRequired()])
    verdict = HiddenField(validators=[InputRequired()])
    words = TextAreaField(
        "What you say to the author",
        description="Needed when you ask for a change. You can also comment on single lines.",
        validators=[Optional(), Length(max=LONGEST_WORDS)],
    )


class CommentForm(Form):
    """What somebody says of a line."""

    line = IntegerField("Line", validators=[InputRequired("Say which line."), NumberRange(1, 1_000_000, "Give the line's number.")])
    comment = TextAreaField("Comment", validators=[DataRequired("Say something."), Length(max=LONGEST_WORDS)])


class AnswerForm(Form):
    """What somebody answers to a comment."""

    words = TextAreaField("Answer", validators=[DataRequired("Say something."), Length(max=LONGEST_WORDS)])


class VersionForm(Form):
    """How far a module's version goes; the mark of each clause is a field of its own, `mark-PRO-03.b`."""

    step = RadioField(
        "How far does this version go?",
        choices=choices_of(
            [
                (Step.PATCH, "Corrections only: nobody has to do anything"),
                (Step.MINOR, "News: people read what changed and say so"),
                (Step.MAJOR, "Another rule: holders of certificates sit an exam about it"),
            ]
        ),
        validators=[InputRequired("Choose one.")],
    )

    def of_translation(self) -> "VersionForm":
        """The same where the module translates another: its versions are only counted."""
        self.step.choices = choices_of([(Step.PATCH, "A translation asks nothing of anybody: its number is raised")])
        del self.due_days
        return self

    due_days = IntegerField(
        "Days to learn it", description="Left empty: 14 for news, 30 for another rule.", validators=[Optional(), NumberRange(1, 90, "1 to 90 days.")]
    )


def marks_in(fields: Collection[tuple[str, str]]) -> dict[str, ClauseMark]:
    """The marks among the fields that were sent, by clause; what is no mark is left out."""
    return dict(_marks(fields))


def _marks(fields: Collection[tuple[str, str]]) -> Iterator[tuple[str, ClauseMark]]:
    for name, value in fields:
        if (found := _MARK.match(name)) and value in set(ClauseMark):
            yield found["code"], ClauseMark(value)


class FileForm(Form):
    """A picture or recording that is put into a draft."""

    file = FileField(
        "File",
        description="A PNG, JPEG or WebP picture; for cases and items also a WebM or WAV recording. 5 MB at most.",
        validators=[FileRequired("Choose a file.")],
    )


class TextForm(Form):
    """A text as a page without a script sends it."""

    class Meta(Form.Meta):
        """Blanks at the edges of a text are its author's."""

        def bind_field(self, form: object, unbound_field: object, options: dict[str, Any]) -> object:
            """As WTForms does it."""
            return super(Form.Meta, self).bind_field(form, unbound_field, options)

    version = IntegerField(validators=[InputRequired()])
    client_id = HiddenField(validators=[InputRequired(), Length(1, LONGEST_CLIENT)])
    sequence = IntegerField(validators=[InputRequired(), NumberRange(1)])
    seen = TextAreaField()
    text = TextAreaField("Text")

    @property
    def sent(self) -> Sent:
        """The text as it came, with the line ends of documents."""
        return Sent(
            self.client_id.data or "", self.sequence.data or 0, self.version.data or 0, plain_lines(self.seen.data or ""), plain_lines(self.text.data or "")
        )


class SavingBody(BaseModel):
    """A text as the editor's script sends it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    client_id: str = Field(min_length=1, max_length=LONGEST_CLIENT)
    sequence: int = Field(ge=1, le=2**53)
    version: int = Field(ge=1)
    seen: str
    """The text of that version."""
    text: str

    @property
    def sent(self) -> Sent:
        """The same for the service."""
        return Sent(self.client_id, self.sequence, self.version, plain_lines(self.seen), plain_lines(self.text))


def where_of(fault: Fault) -> str:
    """Where a fault is, for lists: its line and its field."""
    return f"Line {fault.line}" + (f", {fault.field}" if fault.field else "")
