"""What our forms share."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, DateTimeLocalField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs know 3.2 only
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from training.web.formatting import zone_of_reader

FIRST_YEAR, LAST_YEAR = 2000, 2999
"""Between which days and times are entered: what lies beyond is a slip, and at the calendar's ends there is no telling them in another zone."""


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a CSRF token; text arrives without surrounding blanks."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Strip text where the field does not say otherwise."""

        def bind_field(self, form: object, unbound_field: object, options: dict[str, object]) -> object:
            """Give each text field a filter that strips blanks after its own filters, passwords excepted."""
            kind = getattr(unbound_field, "field_class", None)
            if kind is not None and kind.__name__ in {"StringField", "TextAreaField", "EmailField", "SearchField"}:
                own = getattr(unbound_field, "kwargs", {}).get("filters") or ()
                options = {**options, "filters": (*own, _strip)}
            return super().bind_field(form, unbound_field, options)


class FilterForm(Form):
    """A form that stands in the address: it narrows a list and changes nothing, so it needs no token."""

    class Meta(Form.Meta):
        """Without the token."""

        csrf = False


class DayField(DateField):
    """A day."""

    def pre_validate(self, form: object) -> None:
        """Refuse a year that nobody means."""
        _refuse_strange_year(self.data)


class InstantField(DateTimeLocalField):
    """A day and time by the clock of the reader."""

    def __init__(self, label: str, validators: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format="%Y-%m-%dT%H:%M", **kwargs)

    def pre_validate(self, form: object) -> None:
        """Refuse a year that nobody means."""
        _refuse_strange_year(self.data)

    @property
    def instant(self) -> datetime | None:
        """The instant that is meant; nothing where none was entered."""
        return self.data.replace(tzinfo=zone_of_reader()).astimezone(UTC) if self.data else None


def _refuse_strange_year(entered: date | None) -> None:
    if entered is not None and not FIRST_YEAR <= entered.year <= LAST_YEAR:
        raise StopValidation(f"Choose a year between {FIRST_YEAR} and {LAST_YEAR}.")


def choices_of(pairs: Iterable[tuple[object, str]]) -> list[Any]:
    """What a select field or a group of boxes offers: values with the words people see."""
    return [SelectChoice(value, words) for value, words in pairs]


class MultiCheckboxField(SelectMultipleField):
    """Several choices, each a box to tick."""

    widget: Any = ListWidget(prefix_label=False)
    option_widget: Any = CheckboxInput()


def _strip(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
