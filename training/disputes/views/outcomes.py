"""What disputes came to, by area and by author: where policy or references need work."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from training.accounts.queries import person_names
from training.accounts.rules import Role
from training.cases.queries import taxonomy
from training.disputes import queries
from training.disputes.rules.outcomes import End, Outcomes, outcomes_by
from training.disputes.views.blueprint import blueprint
from training.judgements.rules import FEWEST_TO_JUDGE
from training.web.access import opens_to
from training.web.spreadsheets import Cell, table_file

MAY_COUNT = (Role.TRAINER, Role.AUDITOR)
NOBODY = "Brought by the content folder"
HEADING = ("By", "Name", "Disputes", "Stood", "Amended", "Grey", "Taken back", "Open", "Decided", "Changed", "Share changed", "At least", "At most")


@dataclass(frozen=True, slots=True)
class Row:
    """One area, or one author."""

    by: str
    name: str
    outcomes: Outcomes


@blueprint.get("/outcomes")
@opens_to(*MAY_COUNT)
def outcomes() -> str:
    """The two tables."""
    areas, authors = _rows()
    return render_template("disputes/outcomes.html", areas=areas, authors=authors, ends=End, fewest=FEWEST_TO_JUDGE)


@blueprint.get("/outcomes.<file_format>")
@opens_to(*MAY_COUNT)
def outcomes_file(file_format: str) -> ResponseReturnValue:
    """Both tables as one file."""
    areas, authors = _rows()
    return table_file("dispute-outcomes", HEADING, [_line(row) for row in (*areas, *authors)], file_format)


def _rows() -> tuple[Sequence[Row], Sequence[Row]]:
    counted = queries.disputes_to_count()
    titles, names = taxonomy().titles, person_names(author for _area, author, _end in counted if author is not None)
    areas = [Row("Area", titles.get(area, area), found) for area, found in outcomes_by((area, end) for area, _author, end in counted).items()]
    by_author = outcomes_by((author, end) for _area, author, end in counted)
    authors = [Row("Author", NOBODY if author is None else names[author], found) for author, found in by_author.items()]
    return areas, authors


def _line(row: Row) -> list[Cell]:
    found, share = row.outcomes, row.outcomes.share
    counts = [found.counts.get(end, 0) for end in End]
    figures: list[Cell] = [round(share.point, 4), round(share.low, 4), round(share.high, 4)] if share else [None, None, None]
    return [row.by, row.name, found.total, *counts, found.decided, found.changed, *figures]
