"""What a candidate's window reports of itself, and what people enter about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from training.exams.forms.answers import MOST_ANSWERS, ClientId
from training.exams.rules.integrity.kinds import LONGEST_ABSENCE_SECONDS, Reported, ReviewOutcome, SignalKind, WindowSignal
from training.web.forms import FilterForm, Form, choices_of

MOST_AT_ONCE = 50
LONGEST_NOTE = 2_000
Milliseconds = Annotated[int, Field(ge=0, le=int(LONGEST_ABSENCE_SECONDS * 1000))]

SIGNAL_NAMES = {
    SignalKind.FOCUS_LOST: "Left the window",
    SignalKind.PASTE: "Pasted",
    SignalKind.TAKEOVER: "Went on in another window",
    SignalKind.RAPID_ANSWERS: "Rapid answers",
    SignalKind.IMPOSSIBLE_SPEED: "Faster than reading",
    SignalKind.SIMILARITY: "The same wrong answers",
    SignalKind.SIMILARITY_GONE: "No longer the same wrong answers",
}
OUTCOME_NAMES = {
    ReviewOutcome.NOTHING_FOUND: "Nothing found",
    ReviewOutcome.TALK: "To be talked about",
    ReviewOutcome.DISPUTED: "Result disputed",
}


class SignalEntry(BaseModel):
    """One thing that a window reports: when it began, by how long ago, and how long it lasted."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True)

    number: Annotated[int, Field(ge=1, lt=2**31)]
    kind: WindowSignal
    position: Annotated[int, Field(ge=1, le=MOST_ANSWERS)] | None = None
    ago: Milliseconds
    milliseconds: Milliseconds = 0


class SignalsBody(BaseModel):
    """What one window reports at once."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True)

    client_id: ClientId
    signals: Annotated[list[SignalEntry], Field(min_length=1, max_length=MOST_AT_ONCE)]

    def reports(self, now: datetime) -> Sequence[Reported]:
        """The same as values, by the server's clock."""
        return [
            Reported(entry.number, entry.kind, entry.position, now - timedelta(milliseconds=entry.ago), min(entry.milliseconds, entry.ago) / 1000)
            for entry in self.signals
        ]


class SignalsForm(FilterForm):
    """Which attempts the list shows."""

    exam = SelectField("Exam")
    show = SelectField("Show", choices=choices_of([("waiting", "To be looked at"), ("all", "All attempts"), *OUTCOME_NAMES.items()]))
    kind = SelectField("What was noticed", choices=choices_of([("", "Anything"), *SIGNAL_NAMES.items()]))


class ReviewForm(Form):
    """How a person closes a review."""

    outcome = RadioField(
        "What did you find?",
        choices=choices_of(
            [
                (ReviewOutcome.NOTHING_FOUND, "Nothing: there is an ordinary reason, or none is needed"),
                (ReviewOutcome.TALK, "I talk with the candidate"),
                (ReviewOutcome.DISPUTED, "The result is in dispute"),
            ]
        ),
        validators=[InputRequired("Say what you found.")],
    )
    note = TextAreaField(
        "Note",
        description="What you looked at and why you decide so. Kept for good, for trainers and auditors.",
        validators=[DataRequired("Say what you looked at."), Length(10, LONGEST_NOTE, f"Use between 10 and {LONGEST_NOTE} letters.")],
    )
