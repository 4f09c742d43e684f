"""The organisation at a glance, team beside team, and who is in them."""

from collections.abc import Iterator

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.queries import area_titles
from training.insights import queries
from training.insights.queries.figures import About, figures_by
from training.insights.rules.figures import Tally
from training.insights.rules.lines import LineState, Topic
from training.insights.views.blueprint import blueprint
from training.insights.views.figures import MAY_SEE_FIGURES, Asked, asked, title_of
from training.web.access import opens_to
from training.web.addresses import id_in_query, page_in_query
from training.web.navigation import Group, Place, add_place
from training.web.spreadsheets import Cell, table_file

ROWS_A_PAGE = 50
HEADING = ("Person", "Id", "Team", "Markets", "Languages")
BESIDE = (
    ("overdue", Topic.ANYTHING, LineState.LATE, "Overdue with something"),
    ("soon", Topic.ANYTHING, LineState.SOON, "Due within 7 days"),
    ("done", Topic.ANYTHING, LineState.MET, "All done"),
)
"""People as the worst of what they are asked for stands: the columns of the page."""

add_place(Place("insights.organisation", "Figures", Group.TEAM, 12, frozenset(MAY_SEE_FIGURES)))


@blueprint.get("/organisation")
@opens_to(*MAY_SEE_FIGURES)
def organisation() -> str:
    """Which team, market or language has how many people, and how they stand; who has most that is overdue on top."""
    about, page = asked(), page_in_query()
    rows = _rows(about)
    shown = rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    total = sum(known.person_count for known in about.groups)
    return render_template(
        "insights/organisation.html", about=about, rows=shown, total=total, columns=BESIDE, page=page, has_more=len(rows) > page * ROWS_A_PAGE
    )


@blueprint.get("/organisation.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def organisation_file(file_format: str) -> ResponseReturnValue:
    """The same as a file, all of them."""
    heading = ("Who", "People", *(words for *_, words in BESIDE), "Certificates to renew", "Certificates lapsed")
    rows = _rows(asked())
    lines: list[list[Cell]] = [[title, count, *(tally.of(state) for _, _, state, _ in BESIDE), held.soon, held.late] for title, _, count, tally, held in rows]
    return table_file("figures", heading, lines, file_format)


def _rows(about: Asked) -> list[tuple[str, str, int, Tally, Tally]]:
    """Title, name, people, how they stand with anything asked, and certificates."""
    dimension = about.form.dimension
    found = figures_by(dimension, About([Topic.ANYTHING, Topic.CERTIFICATE], among=about.among), now=clock.now())
    rows = [
        (
            title_of(dimension, name, about.teams),
            name,
            count,
            found.get((name, Topic.ANYTHING), Tally()),
            found.get((name, Topic.CERTIFICATE), Tally()),
        )
        for name, count in dimension.sizes(about.groups).items()
    ]
    return sorted(rows, key=lambda row: (-row[3].late, -row[3].soon, row[0], row[1]))


def _without() -> str | None:
    """The area in which those who are asked about never practised; nothing where it is anybody. An unknown one does not exist (404)."""
    area = request.args.get("without") or None
    if area is not None and area not in area_titles():
        abort(404)
    return area


def _among(about: Asked, without: str | None) -> list[int] | None:
    return about.among if without is None else [known.id for known in about.groups if known.group.is_moderating]


@blueprint.get("/organisation/people")
@opens_to(*MAY_SEE_FIGURES)
def organisation_people() -> str:
    """Who they are, by name."""
    about, without = asked(), _without()
    page = queries.page_of_groups(_among(about, without), without=without, after_id=id_in_query("after"), before_id=id_in_query("before"))
    return render_template("insights/organisation_people.html", about=about, page=page, without=without, areas=area_titles())


@blueprint.get("/organisation/people.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def organisation_people_file(file_format: str) -> ResponseReturnValue:
    """The same as a file, all of them."""
    about, without = asked(), _without()

    def lines() -> Iterator[tuple[str, ...]]:
        for person in queries.people_of_groups(_among(about, without), without=without):
            yield person.name, person.public_id, *about.told(person.group_id)

    return table_file("people", HEADING, lines(), file_format)
