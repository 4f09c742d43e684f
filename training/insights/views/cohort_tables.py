"""What stands about a named cohort, to take away: one line a person, or one line an attempt."""

from collections.abc import Iterator

from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import cohort
from training.accounts.rules import Role
from training.insights.queries import named_cohorts as queries
from training.insights.queries.named_cohorts import Member
from training.insights.views.blueprint import blueprint
from training.insights.views.named_cohorts import FATE_WORDS
from training.web.access import opens_to, principal
from training.web.spreadsheets import Cell, table_file

PEOPLE = ("Id", "Name", "Status", "Certificates in force", "Areas ready in practice", "Areas practised", "Sits now", "Last exam", "Last result")
ATTEMPTS = ("Attempt", "Id", "Name", "Exam", "How-manieth", "Share of the points", "Result")


@blueprint.get("/cohorts/<int:cohort_id>/people.<file_format>")
@opens_to(Role.TRAINER)
def cohort_people_table(cohort_id: int, file_format: str) -> ResponseReturnValue:
    """Everybody in it with how far they are: two columns for each thing that the cohort is asked for."""
    found = cohort(cohort_id)
    asked = queries.asked_of(found.id)
    heading = [*PEOPLE, *(f"{each.work.title}: {what}" for each in asked for what in ("steps done", "of"))]
    people = queries.all_members(found.id, asked, reader_id=principal().person_id, now=clock.now())
    return table_file(f"cohort-{found.id}-people", heading, (_line(member) for member in people), file_format)


def _line(member: Member) -> list[Cell]:
    ready = [area for area, readiness in member.practice.items() if readiness.is_ready]
    held = ", ".join(each.certification.document.title for each in member.certificates)
    steps: list[Cell] = [figure for way in member.ways for figure in (sum(step.is_done for step in way.steps), len(way.steps))]
    sits = member.sitting.exam_version.title if member.sitting else None
    last = member.last.exam_version.title if member.last else None
    return [member.public_id, member.name, member.status.value, held, ", ".join(ready), ", ".join(member.practice), sits, last, _result(member), *steps]


def _result(member: Member) -> str | None:
    run = member.last.current_score_run if member.last else None
    if run is None:
        return None
    return FATE_WORDS[queries.fate_of(is_final=run.is_final, is_passed=run.is_passed)]


@blueprint.get("/cohorts/<int:cohort_id>/results.<file_format>")
@opens_to(Role.TRAINER)
def cohort_results_table(cohort_id: int, file_format: str) -> ResponseReturnValue:
    """Every attempt of its people that is over, in the order in which they were begun."""
    found = cohort(cohort_id)
    sat = queries.sat_in(found.id, reader_id=principal().person_id)
    lines: Iterator[list[Cell]] = ([each.attempt, each.person, each.name, each.title, each.number, round(each.share, 4), FATE_WORDS[each.fate]] for each in sat)
    return table_file(f"cohort-{found.id}-results", ATTEMPTS, lines, file_format)
