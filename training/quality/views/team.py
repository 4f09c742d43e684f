"""The live quality of a team, and the proposals that wait for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.models import Person
from training.accounts.queries import person_names, state_of
from training.errors import NotFound
from training.quality import queries
from training.quality.forms import TeamForm
from training.quality.models import Coaching, SuspensionProposal
from training.quality.queries import LiveQuality
from training.quality.views.blueprint import MAY_DECIDE, MAY_SEE, QUALITY_WORDS, blueprint
from training.quality.views.people import certification_titles
from training.web.access import opens_to, principal
from training.web.addresses import id_in_query
from training.web.forms import choices_of
from training.web.spreadsheets import Cell, table_file

HEADING = ("Person", "Certificate", "Since (UTC)", "Random audits", "Errors", "Error rate", "At least", "At most", "Not at random", "Evidence", "What it says")


@dataclass(frozen=True, slots=True)
class Row:
    """One certificate of one person."""

    person: Person
    found: LiveQuality
    proposal: SuspensionProposal | None
    coaching: Coaching | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The team that is shown, of those that the reader may see."""

    teams: Mapping[int, str]
    team_id: int | None
    rows: Sequence[Row]


@blueprint.get("/")
@opens_to(*MAY_SEE)
def team() -> str:
    """Every certificate of a team with what audits say of it, what is worst first."""
    shown = _shown()
    form = TeamForm(None, data={"team": shown.team_id})
    form.team.choices = choices_of(shown.teams.items())
    waiting = queries.proposals_waiting(principal().person_id, principal().roles, at=clock.now())
    return render_template(
        "quality/team.html",
        form=form,
        shown=shown,
        waiting=waiting,
        names=person_names(proposal.person_id for proposal in waiting),
        titles=certification_titles(),
        may_decide=bool(principal().roles.intersection(MAY_DECIDE)),
    )


@blueprint.get("/team.<file_format>")
@opens_to(*MAY_SEE)
def team_file(file_format: str) -> ResponseReturnValue:
    """The same as a file."""
    return table_file("live-quality-team", HEADING, [_line(row) for row in _shown().rows], file_format)


def _shown() -> Shown:
    """The team that the address asks for, else the reader's own, else the first. Raises NotFound for one that they do not look after."""
    me, now = principal(), clock.now()
    teams = queries.teams_seen(me.person_id, me.roles, at=now)
    own = state_of(me.person_id, at=now).team_id
    asked = id_in_query("team")
    if asked is not None and asked not in teams:
        raise NotFound(asked)
    team_id = asked or (own if own in teams else next(iter(teams), None))
    return Shown(teams, team_id, _rows(team_id) if team_id is not None else ())


def _rows(team_id: int) -> list[Row]:
    people = {person.id: person for person in queries.team_members(team_id, principal().person_id, at=clock.now())}
    proposals = {(each.person_id, each.certification_id): each for each in queries.open_proposals(people)}
    coachings = {(each.person_id, each.certification_id): each for each in queries.open_coachings(people)}
    rows = [Row(people[each.person_id], each, proposals.get(each.key), coachings.get(each.key)) for each in queries.live_quality(people, now=clock.now())]
    return sorted(rows, key=_from_worst)


def _from_worst(row: Row) -> tuple[bool, bool, float, str, int, str]:
    """Proposals first, then by how sure it is that somebody errs too often; those of whom nothing is known last."""
    counted = row.found.counted
    return row.proposal is None, not counted.audit_count, -counted.log_evidence, row.person.sort_name, row.person.id, row.found.certification.slug


def _line(row: Row) -> list[Cell]:
    counted, rate = row.found.counted, row.found.counted.error_rate
    figures: list[Cell] = [round(rate.point, 4), round(rate.low, 4), round(rate.high, 4)] if rate else [None, None, None]
    counts: list[Cell] = [counted.audit_count, counted.error_count, *figures, counted.other_count, round(counted.log_evidence, 3)]
    return [row.person.name, row.found.certification.document.title, f"{counted.since:%Y-%m-%d %H:%M}", *counts, QUALITY_WORDS[counted.word][0]]
