"""What audits say of one person: to themselves, and to those who are responsible for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.models import Person
from training.accounts.queries import person as person_by_id
from training.accounts.rules import Role
from training.cases.queries import taxonomy
from training.certification.queries import certifications
from training.practice.queries import concepts_called_for
from training.quality import queries
from training.quality.models import QualityAudit
from training.quality.queries.audits import cases_made_of
from training.quality.views.blueprint import MAY_SEE, above, blueprint
from training.quality.views.tables import AUDIT_HEADING, audit_lines
from training.web.access import opens_to, opens_to_signed_in, principal
from training.web.addresses import id_in_query
from training.web.spreadsheets import table_file

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a person's audits, the latest first, and where the next page begins."""

    audits: Sequence[QualityAudit]
    next_id: int | None


@blueprint.get("/mine")
@opens_to_signed_in
def mine() -> str:
    """What audits say of my live work."""
    return _page(person_by_id(principal().person_id), is_own=True)


@blueprint.get("/mine/audits.<file_format>")
@opens_to_signed_in
def mine_file(file_format: str) -> ResponseReturnValue:
    """Every audit of mine, to take away."""
    return _file(principal().person_id, file_format)


@blueprint.get("/people/<public_id>")
@opens_to(*MAY_SEE)
def person(public_id: str) -> str:
    """What audits say of somebody's live work."""
    return _page(_seen(public_id), is_own=False)


@blueprint.get("/people/<public_id>/audits.<file_format>")
@opens_to(*MAY_SEE)
def person_file(public_id: str, file_format: str) -> ResponseReturnValue:
    """Every audit of somebody, to take away."""
    return _file(_seen(public_id).id, file_format)


def _seen(public_id: str) -> Person:
    return queries.person_seen(principal().person_id, principal().roles, public_id, at=clock.now())


def _page(whose: Person, *, is_own: bool) -> str:
    now = clock.now()
    return render_template(
        "quality/person.html",
        whose=whose,
        is_own=is_own,
        found=queries.live_quality([whose.id], now=now),
        proposals=queries.proposals_of(whose.id),
        coachings=queries.coachings_of(whose.id),
        titles=certification_titles(),
        page=(page := _audits(whose.id)),
        made=cases_made_of([audit.id for audit in page.audits]) if Role.TRAINER in principal().roles and not is_own else None,
        queue_titles=above().queue_titles(now),
        label_titles=taxonomy().titles,
        waiting_count=len(concepts_called_for(whose.id)),
    )


def certification_titles() -> Mapping[int, str]:
    """The title of every certification, by its row."""
    return {each.id: each.document.title for each in certifications()}


def _audits(person_id: int) -> Page:
    """The page of audits that the address asks for."""
    found = queries.audits_page(person_id, after_id=id_in_query("after"), size=PAGE_SIZE + 1)
    return Page(found[:PAGE_SIZE], found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None)


def _file(person_id: int, file_format: str) -> ResponseReturnValue:
    lines = audit_lines(queries.audits_of(person_id), above().queue_titles(clock.now()))
    return table_file("live-quality", AUDIT_HEADING, lines, file_format)
