"""The forms of this room; the answer itself is the cases' form."""

from collections.abc import Mapping
from typing import TypeVar

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, RadioField, SearchField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from training.cases.queries import taxonomy
from training.practice.queries import offers
from training.practice.rules import FIELDS, LARGEST_SET, Limits, Preference, Wish
from training.web.forms import FilterForm, Form, MultiCheckboxField, choices_of

EVERYBODY = 0
"""In place of a team."""


USUAL = ""
"""In place of a choice of one's own."""

_ANSWERS = {"yes": True, "no": False, USUAL: None}


class CareForm(Form):
    """How a person wants cases shown to them: of each wish on, off, or as the organisation has it."""

    blur = RadioField("Blur", description="What may distress is blurred until you show it: pictures and recordings always, words where they are the harm.")
    greyscale = RadioField("Without colour", description="Pictures and recordings are shown in greys. Blood and skin look less real so.")
    mute = RadioField("Mute", description="Recordings begin without sound; their words stand beside them. You can turn the sound on in the player.")
    autoplay = RadioField("Play by itself", description="Recordings begin as soon as the case opens. Off, they wait for you.")
    thumbnails = RadioField("Small pictures", description="Pictures are small until you open them.")
    breaks = RadioField("Suggest breaks", description="After 25 minutes without a pause, or 8 severe cases, you are asked whether it is time for one.")
    as_usual = SubmitField("All as the organisation has it")

    @property
    def choices(self) -> dict[Wish, bool | None]:
        """What was chosen of each wish."""
        return {wish: None if self.as_usual.data else _ANSWERS[self[wish.value].data] for wish in Wish}

    @property
    def wishes(self) -> list[RadioField]:
        """The field of each wish."""
        return [self[wish.value] for wish in Wish]


def care_form(usual: Preference, choices: Mapping[Wish, bool | None]) -> CareForm:
    """The form as it stands for who chose this, over what is usual in the organisation."""
    words = {choice: word for word, choice in _ANSWERS.items()}
    form = CareForm(data={wish.value: words[choice] for wish, choice in choices.items()})
    for wish in Wish:
        is_on = getattr(usual, FIELDS[wish])
        form[wish.value].choices = choices_of([(USUAL, f"As the organisation has it: {'on' if is_on else 'off'}"), ("yes", "On"), ("no", "Off")])
    return form


class TeamForm(FilterForm):
    """Whose practice a trainer looks at."""

    team = SelectField("Team", coerce=int)
    name = SearchField("Part of a name or an address", validators=[Length(max=100, message="Use at most 100 letters.")])

    @property
    def team_id(self) -> int | None:
        """The team that was chosen; nothing for everybody."""
        return None if self.team.data == EVERYBODY else self.team.data


def team_form(asked: MultiDict[str, str], teams: Mapping[int, str], *, own: int | None) -> TeamForm:
    """The form as it was asked: the own team first, else everybody."""
    form = TeamForm(asked, data={"team": own or EVERYBODY})
    form.team.choices = choices_of([(EVERYBODY, "Everybody"), *sorted(teams.items(), key=lambda pair: pair[1])])
    return form


class SetForm(Form):
    """What a trainer picks for others to practise: clauses and how many cases of them, or cases by their ids."""

    title = StringField(
        "Title",
        description="What people see it by: “Blue-label skincare after the recall”.",
        validators=[DataRequired("Give it a title."), Length(max=120)],
    )
    note = TextAreaField("Note", description="What you want to tell them. It may stay empty.", validators=[Optional(), Length(max=1000)])
    clauses = MultiCheckboxField("Clauses", validators=[Optional()])
    case_count = IntegerField(
        "How many cases",
        description="Of the clauses ticked. Each person gets cases they have not seen.",
        default=10,
        validators=[NumberRange(1, 50, "Between 1 and 50.")],
    )
    cases = TextAreaField(
        "Or these cases, in this order",
        description="Their ids, one a line, 100 at most.",
        validators=[Length(max=7000)],
    )

    def validate_cases(self, field: TextAreaField) -> None:
        """Clauses or cases, not both; and not one case twice."""
        if bool(self.slugs) == bool(self.clauses.data):
            raise ValidationError("Tick clauses, or name cases: one of the two.")
        if len(self.slugs) > LARGEST_SET:
            raise ValidationError(f"{LARGEST_SET} cases at most.")
        if len(set(self.slugs)) < len(self.slugs):
            raise ValidationError("A case is named twice.")

    @property
    def slugs(self) -> list[str]:
        """The cases named."""
        return str(self.cases.data or "").replace(",", " ").split()

    def clauses_by_area(self) -> dict[str, list[object]]:
        """The clauses to tick, by the code of their area, in the taxonomy's order; areas without any are left out."""
        areas: dict[str, list[object]] = {area.code: [] for area in taxonomy().areas}
        for choice in self.clauses:
            areas.setdefault(str(choice.data)[:3], []).append(choice)
        return {code: choices for code, choices in areas.items() if choices}


SetFormKind = TypeVar("SetFormKind", bound=SetForm)


def offering_clauses(form: SetFormKind) -> SetFormKind:
    """The form with every clause that has practice cases, and how many."""
    titles, offered = taxonomy().titles, offers(Limits(), languages=())
    form.clauses.choices = choices_of((code, f"{code} {titles.get(code.partition('.')[0], '')} ({offered[code].case_count})") for code in sorted(offered))
    return form
