"""What our forms share."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs know 3.2 only
from wtforms.widgets import CheckboxInput, ListWidget

from training.web.formatting import zone_of_reader


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


def instant_entered(local: datetime | None) -> datetime | None:
    """A time as entered in the reader's zone, as the instant it means."""
    return local.replace(tzinfo=zone_of_reader()).astimezone(UTC) if local else None


def choices_of(pairs: Iterable[tuple[object, str]]) -> list[Any]:
    """What a select field or a group of boxes offers: values with the words people see."""
    return [SelectChoice(value, words) for value, words in pairs]


class MultiCheckboxField(SelectMultipleField):
    """Several choices, each a box to tick."""

    widget: Any = ListWidget(prefix_label=False)
    option_widget: Any = CheckboxInput()


def _strip(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
