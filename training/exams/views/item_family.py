"""The items of a family side by side: its languages and its versions, each held against one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from training.exams.queries.item_desk import item_for_desk
from training.exams.queries.side_by_side import FamilyVersion, family_versions
from training.exams.rules.analysis.comparisons import Compared, compared_figures
from training.exams.rules.analysis.figures import ItemFigures
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.exams.views.exam_versions import difference_chart
from training.exams.views.item_pictures import characteristics, facilities
from training.exams.views.item_tables import facility_cells, limits
from training.web.access import opens_to
from training.web.charts import STYLES, Chart
from training.web.formatting import language_name
from training.web.spreadsheets import Cell, table_file

HEADING = (
    *("Item", "Language", "Version", "Answers", "Right", "Right low", "Right high", "Discrimination", "Discrimination low", "Discrimination high"),
    *("Median seconds", "Right: difference", "Difference low", "Difference high", "Discrimination: difference", "Difference low", "Difference high"),
)


@dataclass(frozen=True, slots=True)
class Relative:
    """One version of an item of the family, and how far it lies from the one that the page is about; nothing for that one itself."""

    version: FamilyVersion
    right: Compared | None
    apart: Compared | None

    @property
    def name(self) -> str:
        """Its language, item and version: what tells it apart in a picture."""
        return f"{language_name(self.version.language)} · {self.version.slug} · v{self.version.number}"


@blueprint.get("/exams/desk/items/<slug>/family")
@opens_to(*ANALYSIS_ROLES)
def item_family(slug: str) -> str:
    """The languages and versions of the item's family."""
    item, version = item_for_desk(slug)
    relatives = relatives_of(slug, version.family)
    return render_template("exams/desk/item_family.html", item=item, version=version, relatives=relatives, charts=_charts(relatives))


@blueprint.get("/exams/desk/items/<slug>/family.<file_format>")
@opens_to(*ANALYSIS_ROLES)
def item_family_table(slug: str, file_format: str) -> ResponseReturnValue:
    """The same as a file."""
    _item, version = item_for_desk(slug)
    return table_file(f"family-{slug}", HEADING, map(_cells, relatives_of(slug, version.family)), file_format)


def relatives_of(slug: str, family: str) -> list[Relative]:
    """The family by item and version, the current version of this item first."""
    versions = sorted(family_versions(family), key=lambda version: (not (version.slug == slug and version.is_current), version.slug != slug))
    base = versions[0].figures
    return [_relative(version, base, is_base=number == 0) for number, version in enumerate(versions)]


def _relative(version: FamilyVersion, base: ItemFigures | None, *, is_base: bool) -> Relative:
    if is_base or base is None or version.figures is None:
        return Relative(version, None, None)
    return Relative(version, *compared_figures(base, version.figures))


def _charts(relatives: Sequence[Relative]) -> dict[str, Chart | None]:
    measured = [(relative.name, relative.version.figures) for relative in relatives if relative.version.figures]
    return {
        "facilities": facilities(measured),
        "differences": difference_chart([(relative.name, relative.right.difference) for relative in relatives if relative.right]),
        "characteristics": characteristics(measured[:STYLES]),
    }


def _cells(relative: Relative) -> Sequence[Cell]:
    figures = relative.version.figures
    return [
        *(relative.version.slug, relative.version.language, relative.version.number, figures.count if figures else 0),
        *facility_cells(figures),
        *limits(figures.discrimination if figures else None),
        figures.median_seconds if figures else None,
        *limits(relative.right.difference if relative.right else None),
        *limits(relative.apart.difference if relative.apart else None),
    ]
