"""The exam desk of trainers: what waits there, and the exams with their figures."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template

from training.exams import queries
from training.exams.views.blueprint import blueprint
from training.web.access import access_of, opens_to, principal
from training.web.navigation import Group, Place, add_place

DESK_ROLES = ("trainer", "auditor")
"""Who finds at the desk what waits for a ruling; each section declares on its own page who may open it."""
ANALYSIS_ROLES = (*DESK_ROLES, "qa")
"""Who reads how exams, items and markers measure: figures, and no candidate's name."""


@dataclass(frozen=True, slots=True)
class DeskSection:
    """One part of the desk: where it leads, what is done there, and how much waits."""

    title: str
    endpoint: str
    note: str
    count: Callable[[], int] | None = None
    """How many things wait there for somebody, asked when the desk is shown; nothing where nothing waits by nature."""


_sections: dict[str, DeskSection] = {}


def add_desk_section(section: DeskSection) -> None:
    """Show this section to those who may open its page."""
    _sections[section.endpoint] = section


def sections_for(roles: frozenset[str]) -> list[tuple[DeskSection, int | None]]:
    """What somebody with these roles may open, by title, each with how much waits there."""
    open_to_them = [section for section in _sections.values() if _may_open(section.endpoint, roles)]
    return [(section, section.count() if section.count else None) for section in sorted(open_to_them, key=lambda each: each.title)]


def _may_open(endpoint: str, roles: frozenset[str]) -> bool:
    access = access_of(endpoint)
    return access is not None and bool(access.roles & roles)


add_place(Place("exams.desk", "Exam desk", Group.DESK, 30, frozenset(ANALYSIS_ROLES)))


@blueprint.get("/exams/desk")
@opens_to(*ANALYSIS_ROLES)
def desk() -> str:
    """What waits for somebody, and every exam."""
    return render_template(
        "exams/desk/index.html", sections=sections_for(principal().roles), exams=[(exam, queries.exam_figures(exam.version_id)) for exam in queries.exams()]
    )
