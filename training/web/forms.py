"""What our forms share."""

from flask_wtf import FlaskForm


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a CSRF token; text arrives without surrounding blanks."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Strip text where the field does not say otherwise."""

        def bind_field(self, form: object, unbound_field: object, options: dict[str, object]) -> object:
            """Give each text field a filter that strips blanks, passwords excepted."""
            kind = getattr(unbound_field, "field_class", None)
            if kind is not None and kind.__name__ in {"StringField", "TextAreaField", "EmailField", "SearchField"}:
                options = {**options, "filters": (*tuple(options.get("filters", ()) or ()), _strip)}  # type: ignore[arg-type]
            return super().bind_field(form, unbound_field, options)


def _strip(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
