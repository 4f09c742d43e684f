"""What a trainer supposes of an exam that was sat."""

from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import Length, NumberRange, Optional

from training.exams.rules.rulings import RulingKind
from training.web.forms import FilterForm, choices_of

WHAT_WORDS = {
    RulingKind.DROP.value: "It counts for nobody",
    RulingKind.FULL_CREDIT.value: "Everybody has it right",
    RulingKind.NEW_KEY.value: "It has another key",
}


class WhatIfForm(FilterForm):
    """What is supposed. It stands in the address, and changes nothing."""

    item = StringField("An item", description="Its id, as the bank names it. Leave it empty to suppose another cut alone.", validators=[Length(max=60)])
    what = RadioField("What if", default=RulingKind.DROP.value, choices=choices_of(WHAT_WORDS.items()))
    cut = IntegerField(
        "Points needed, %",
        description="Leave it empty to keep what the exam asks for.",
        validators=[Optional(), NumberRange(0, 100, "Use a whole number from 0 to 100.")],
    )

    def offer_keys(self, *, to_trainer: bool) -> None:
        """Let another key be supposed by those who may see one."""
        self.what.choices = choices_of((what, words) for what, words in WHAT_WORDS.items() if to_trainer or what != RulingKind.NEW_KEY.value)

    @property
    def slug(self) -> str:
        """The item's id, if one is named."""
        return (self.item.data or "").strip().lower()

    @property
    def says_something(self) -> bool:
        """Whether anything is supposed."""
        return bool(self.slug or "".join(self.cut.raw_data or ()).strip())
