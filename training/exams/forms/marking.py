"""What markers enter about a written reply."""

from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from training.exams.rules.blueprint import Criterion
from training.exams.rules.reply_marks import CRITERION_WORDS
from training.web.forms import Form, choices_of

RATING_WORDS = {0: "0 · not met", 1: "1 · in part", 2: "2 · met"}


def _rating(criterion: Criterion) -> Any:
    words = CRITERION_WORDS[criterion]
    choices = choices_of((str(rating), said) for rating, said in RATING_WORDS.items())
    return RadioField(words, choices=choices, validators=[InputRequired("Rate this one too.")])


class MarkForm(Form):
    """The mark of one reply: every criterion rated, and a note for later readers."""

    acknowledges = _rating(Criterion.ACKNOWLEDGES)
    policy_fact = _rating(Criterion.POLICY_FACT)
    next_step = _rating(Criterion.NEXT_STEP)
    tone = _rating(Criterion.TONE)
    no_personal_data = _rating(Criterion.NO_PERSONAL_DATA)
    note = TextAreaField("Note", description="If you want: what decided. Auditors read it; the candidate does not.", validators=[Length(max=500)])

    @property
    def ratings(self) -> dict[Criterion, int]:
        """What was rated, criterion by criterion."""
        return {criterion: int(self[criterion.value].data) for criterion in Criterion}
