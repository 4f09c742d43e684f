"""The item bank on the trainers' desk: every item with its figures, and what needs a look. No key is in any list."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.exams.forms import KIND_WORDS, STATE_WORDS, ItemFilterForm
from training.exams.queries.item_desk import ITEMS_A_PAGE, MOST_ITEMS, ItemFilter, ListedItem, areas_of_bank, held_count, listed_items
from training.exams.rules.analysis.flags import ItemFlag
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.rules.blueprint import ItemKind, ItemState
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES, DeskSection, add_desk_section
from training.web.access import opens_to
from training.web.forms import choices_of
from training.web.spreadsheets import Cell, table_file

STATE_TONES = {ItemState.DRAFT: "neutral", ItemState.PILOT: "info", ItemState.LIVE: "good", ItemState.HELD: "warn", ItemState.RETIRED: "neutral"}
FLAG_WORDS = {
    ItemFlag.WRONG_KEY: "Key in doubt",
    ItemFlag.BELOW_GUESSING: "Below guessing",
    ItemFlag.LOW_DISCRIMINATION: "Does not tell apart",
    ItemFlag.PREFERRED_DISTRACTOR: "Best prefer another answer",
    ItemFlag.SLOW: "Slow",
    ItemFlag.DRIFT: "Has shifted",
    ItemFlag.DIFFERENTIAL: "Groups differ",
}
HEADING = (
    "Item",
    "Kind",
    "State",
    "Area",
    "Severity",
    "Language",
    "Version",
    "Forms",
    "Answers",
    "Facility",
    "Facility low",
    "Facility high",
    "Guessing",
    "Discrimination",
    "Discrimination low",
    "Discrimination high",
    "Efficiency",
    "Median seconds",
    "Flags",
)

add_desk_section(
    DeskSection("Item bank", "exams.items", "Every question with how it measures. Those whose key is in doubt are held until a trainer looks.", held_count)
)


@blueprint.app_template_global("enough_for")
def enough_for(figure: str, count: int) -> str:
    """`too_few`, `tentative` or `firm`: how much may be made of a figure over so many answers."""
    return weight_of(Figure(figure), count).value


@blueprint.get("/exams/desk/items")
@opens_to(*ANALYSIS_ROLES)
def items() -> str:
    """The items that fit, by name."""
    form = _filter_form()
    found = listed_items(_wanted(form), after=request.args.get("after", "")[:60])
    shown = found[:ITEMS_A_PAGE]
    narrowed: dict[str, Any] = {name: value for name, value in request.args.items() if name in ItemFilter.__slots__ and value}
    more = url_for("exams.items", **narrowed, after=shown[-1].slug) if len(found) > len(shown) else None
    words = {"kinds": KIND_WORDS, "states": STATE_WORDS, "tones": STATE_TONES, "flags": FLAG_WORDS}
    return render_template("exams/desk/items.html", form=form, items=shown, more=more, narrowed=narrowed, said=words, titles=titles())


@blueprint.get("/exams/desk/items/table.<file_format>")
@opens_to(*ANALYSIS_ROLES)
def items_table(file_format: str) -> ResponseReturnValue:
    """The same items as a file."""
    found = listed_items(_wanted(_filter_form()), size=MOST_ITEMS)
    return table_file("items", HEADING, map(_line, found), file_format)


def _filter_form() -> ItemFilterForm:
    form = ItemFilterForm(formdata=request.args)
    named = titles()
    form.area.choices = choices_of([("", "Every area"), *((area, named.get(area, area)) for area in areas_of_bank())])
    form.kind.choices = choices_of([("", "Every kind"), *KIND_WORDS.items()])
    form.state.choices = choices_of([("", "Every state"), *STATE_WORDS.items()])
    form.flag.choices = choices_of([("", "Any reason, or none"), *FLAG_WORDS.items()])
    return form


def _wanted(form: ItemFilterForm) -> ItemFilter:
    return ItemFilter(form.area.data or "", form.kind.data or "", form.state.data or "", form.flag.data or "")


def _line(item: ListedItem) -> Sequence[Cell]:
    about: list[Cell] = [item.slug, KIND_WORDS[ItemKind(item.kind)], STATE_WORDS[ItemState(item.state)], item.area, item.severity, item.language, item.version]
    figures = item.figures
    if figures is None:
        return [*about, item.form_count, 0, *([None] * 9), ""]
    shows = weight_of(Figure.FACILITY, figures.count) is not Weight.TOO_FEW
    facility = (figures.facility.point, figures.facility.low, figures.facility.high) if shows else (None, None, None)
    found = figures.discrimination
    discrimination = (found.point, found.low, found.high) if found else (None, None, None)
    flags = ", ".join(FLAG_WORDS[flag] for flag in figures.flags)
    return [*about, item.form_count, figures.count, *facility, figures.guess, *discrimination, figures.efficiency, figures.median_seconds, flags]
