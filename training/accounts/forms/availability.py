"""What people enter about breaks, leave, holds and shifts. Times are in the reader's zone, a shift's in its own."""

from collections.abc import Mapping
from datetime import datetime

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from training.accounts.rules import AbsenceEntry, AbsenceKind, Hours
from training.accounts.rules.values import named_zones
from training.web.forms import DayField, Form, InstantField, MultiCheckboxField, choices_of

ABSENCE_WORDS = {
    AbsenceKind.LEAVE: "Leave",
    AbsenceKind.PAUSE: "Break",
    AbsenceKind.WELLBEING: "Rest after hard material",
    AbsenceKind.HOLD: "Hold",
}
WHO_KNOWS = {
    AbsenceKind.LEAVE: "The person, you and administrators see that it is leave.",
    AbsenceKind.WELLBEING: "Agreed with the person; only the two of you see what it is, and both can end it.",
    AbsenceKind.HOLD: "The person, you and administrators see it, with the reason. Another administrator can end it early.",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class PauseForm(Form):
    """Until when the break lasts."""

    until = InstantField("Until", [DataRequired("Say until when, as day and time.")])


class AbsenceForm(Form):
    """That somebody else is not available."""

    kind = RadioField(
        "What it is", [InputRequired("Choose one.")], choices=choices_of((kind.value, f"{ABSENCE_WORDS[kind]}. {WHO_KNOWS[kind]}") for kind in WHO_KNOWS)
    )
    since = InstantField("From", [Optional()], description="Left empty: from now on.")
    until = InstantField("Until", [Optional()], description="Left empty: until it is ended.")
    reason = TextAreaField("Reason, for a hold", [Length(max=400)], description="Leave it empty for everything else: nobody has to say why they are away.")

    def entry(self, now: datetime) -> AbsenceEntry:
        """What it says."""
        return AbsenceEntry(AbsenceKind(self.kind.data), self.since.instant or now, self.until.instant, self.reason.data)


class ShiftOfPersonForm(Form):
    """Which shift somebody works, from which day on."""

    shift = SelectField("Shift", coerce=int)
    effective_on = DayField("From which day on", [Optional()], description="Leave empty for now.")

    def offer(self, names: Mapping[int, str]) -> None:
        """Say which shifts there are."""
        self.shift.choices = choices_of([(0, "No shift"), *names.items()])


class ShiftForm(Form):
    """A shift's name and hours."""

    name = StringField("Name", [DataRequired("Enter a name."), Length(max=60)])
    zone = SelectField("Clock of", choices=lambda: choices_of((zone, zone.replace("_", " ")) for zone in named_zones()))
    days = MultiCheckboxField(
        "Begins on", [InputRequired("Choose at least one day.")], choices=choices_of((number, day) for number, day in enumerate(DAYS, 1)), coerce=int
    )
    begins = TimeField("Begins at", [InputRequired("Say when it begins.")])
    ends = TimeField("Ends at", [InputRequired("Say when it ends.")], description="Earlier than it begins means on the next day.")
    is_binding = BooleanField("Outside these hours its people are unavailable for every queue")

    def show(self, name: str, hours: Hours) -> None:
        """Fill in what holds now."""
        self.name.data, self.zone.data, self.days.data = name, hours.zone, sorted(hours.days)
        self.begins.data, self.ends.data, self.is_binding.data = hours.begins, hours.ends, hours.is_binding

    def hours(self) -> Hours:
        """What it says."""
        assert self.begins.data is not None and self.ends.data is not None, "the form demands both"
        return Hours(str(self.zone.data), frozenset(self.days.data or ()), self.begins.data, self.ends.data, bool(self.is_binding.data))
