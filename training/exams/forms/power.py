"""What an author asks the power meter about an exam that is not written yet."""

from typing import Any

from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from training.exams.rules.blueprint import PassRule
from training.exams.rules.sketch import Sketch
from training.web.forms import FilterForm

MOST_ITEMS = 300


def _whole(label: str, most: int, description: str = "", least: int = 0) -> Any:
    message = f"Use a whole number from {least} to {most}."
    return IntegerField(label, description=description, validators=[InputRequired(message), NumberRange(least, most, message)])


class SketchForm(FilterForm):
    """An exam in a few numbers. It stands in the address, so that it can be sent to somebody."""

    areas = StringField("Questions in each area", description="One number for each area, with commas between them: 13, 13, 12, 12.")
    clear = _whole("Of these, clear breaches (S2)", MOST_ITEMS, "2 points each.")
    serious = _whole("Serious harm (S3)", MOST_ITEMS, "4 points each.")
    gravest = _whole("Gravest (S4)", MOST_ITEMS, "8 points each; every error is taken to be a critical miss.")
    innocent = _whole("Innocent", MOST_ITEMS, "1 point each, like all the rest.")
    weighted_percent = _whole("Points needed, %", 100)
    area_percent = _whole("Right in each area, %", 100, "0 asks for nothing.")
    area_minimum_items = _whole("… in areas with as many questions", 100, "Smaller areas are not judged.", least=1)
    innocent_percent = _whole("Innocent left alone, %", 100, "0 asks for nothing.")
    critical_misses = _whole("Critical misses allowed", 20)
    tries = _whole("Tries", 100, least=1)

    def validate_areas(self, field: StringField) -> None:
        """Numbers, and not too many questions together."""
        parts = [part.strip() for part in (field.data or "").split(",")]
        if not all(part.isascii() and part.isdigit() and 0 < len(part) < 4 and int(part) for part in parts):
            raise ValidationError("Use whole numbers above 0 with commas between them: 13, 13, 12, 12.")
        if len(parts) > 60 or sum(map(int, parts)) > MOST_ITEMS:
            raise ValidationError(f"An exam has up to {MOST_ITEMS} questions in up to 60 areas.")

    def validate_innocent(self, _field: IntegerField) -> None:
        """The parts fit into the whole."""
        if not self.areas.errors and self._counts_given() and not self.sketch.is_possible:
            raise ValidationError(f"These parts are more than the {self.sketch.item_count} questions of all areas. Lower one of them.")

    def _counts_given(self) -> bool:
        return all(field.data is not None for field in (self.clear, self.serious, self.gravest, self.innocent))

    @property
    def sketch(self) -> Sketch:
        """The form as numbers."""
        areas = tuple(int(part) for part in (self.areas.data or "").split(","))
        return Sketch(areas, self.clear.data or 0, self.serious.data or 0, self.gravest.data or 0, self.innocent.data or 0)

    @property
    def rule(self) -> PassRule:
        """What passes."""
        return PassRule(
            self.weighted_percent.data or 0,
            self.area_percent.data or 0,
            self.area_minimum_items.data or 1,
            self.innocent_percent.data or 0,
            self.critical_misses.data or 0,
        )


def sketched(sketch: Sketch, rule: PassRule, tries: int) -> dict[str, object]:
    """The values of the form that say this."""
    return {
        "areas": ", ".join(map(str, sketch.areas)),
        "clear": sketch.clear_count,
        "serious": sketch.serious_count,
        "gravest": sketch.gravest_count,
        "innocent": sketch.innocent_count,
        "weighted_percent": rule.weighted_percent,
        "area_percent": rule.area_percent,
        "area_minimum_items": rule.area_minimum_items,
        "innocent_percent": rule.innocent_percent,
        "critical_misses": rule.critical_misses_allowed,
        "tries": tries,
    }
