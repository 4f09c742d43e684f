"""The matrix of a team: people down, queues across, the gate's answer in each cell and the figures above it, at any instant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response, render_template, request

from training import clock
from training.accounts.queries import shift_names, state_of, team_names
from training.errors import NotFound
from training.queues import queries
from training.queues.forms import STANDING_WORDS, FigureForm, MatrixForm
from training.queues.queries import Staffing
from training.queues.rules.staffing import Cell, chosen, figures
from training.queues.views.blueprint import ACCESS_WORDS, MAY_SEE_TEAMS, blueprint, why
from training.web.access import opens_to, principal
from training.web.formatting import language_name, zone_of_reader
from training.web.forms import choices_of
from training.web.spreadsheets import table_file

HEADING = ("Person", "Id", "Languages", "Shift", "Queue", "Access", "Until", "Standing", "Certificate lapses", "Why")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which team, at which instant, from which person on: as far as the address says it well."""

    form: MatrixForm
    is_sound: bool
    team_id: int
    at: datetime
    now: datetime
    after_id: int | None = None

    @property
    def staffing(self) -> Staffing:
        """What was asked for; nobody where there is no team, or the address says it badly."""
        if not self.is_sound or not self.team_id:
            return Staffing((), (), {})
        return queries.staffing_of(self.team_id, at=self.at, now=self.now, after_id=self.after_id)


@blueprint.get("/queues/matrix")
@opens_to(*MAY_SEE_TEAMS)
def matrix() -> str:
    """Who of a team may work what and why not, now or on a day to come, and what it comes to."""
    asked = _asked(MatrixForm)
    found = asked.staffing
    by_queue = {queue.slug: figures(found.members, found.cells, queue.slug) for queue in found.queues}
    return render_template(
        "queues/matrix.html",
        asked=asked,
        found=found,
        figures=by_queue,
        languages=sorted({language for each in by_queue.values() for language in each.languages}, key=language_name),
        exceptions=queries.acting_by_cell([member.id for member in found.members], at=asked.at),
        now_there=asked.now.astimezone(zone_of_reader()).strftime("%Y-%m-%dT%H:%M"),
        **_words(),
    )


@blueprint.get("/queues/matrix/people")
@opens_to(*MAY_SEE_TEAMS)
def matrix_people() -> str:
    """The people whom one of the matrix's figures counts."""
    asked = _asked(FigureForm)
    assert isinstance(asked.form, FigureForm), "as it was asked for"
    found, wanted = asked.staffing, asked.form.wanted
    queue = next((queue for queue in found.queues if queue.slug == wanted.queue), None)
    if queue is None:
        raise NotFound(wanted.queue)
    people = chosen(found.members, found.cells, wanted)
    return render_template("queues/matrix_people.html", asked=asked, queue=queue, people=people, wanted=wanted, **_words())


@blueprint.get("/queues/matrix.csv")
@opens_to(*MAY_SEE_TEAMS)
def matrix_file() -> Response:
    """The whole team as a table to take away: a line for each person and queue."""
    asked = _asked(MatrixForm)
    if not asked.is_sound:
        raise NotFound
    titles, shifts = queries.titles(), shift_names()
    pages = queries.whole_team(asked.team_id, at=asked.at, now=asked.now)
    return table_file("who-may-work-what", HEADING, (line for found in pages for line in _lines(found, titles, shifts)), "csv")


def _lines(found: Staffing, titles: dict[str, str], shifts: Mapping[int, str]) -> Iterator[tuple[str | None, ...]]:
    for member in found.members:
        about = (member.name, member.public_id, " ".join(sorted(member.languages)), shifts.get(member.shift_id))
        for queue in found.queues:
            yield (*about, queue.document.title, *_cell_line(found.cells[member.public_id, queue.slug], titles))


def _cell_line(found: Cell, titles: dict[str, str]) -> tuple[str | None, ...]:
    until = found.decision.valid_until
    return (
        ACCESS_WORDS[found.decision.access][0],
        until.isoformat() if until else None,
        STANDING_WORDS[found.footing.value],
        found.lapses_at.isoformat() if found.lapses_at else None,
        " ".join(why(reason, titles) for reason in found.decision.reasons),
    )


def _asked(kind: type[MatrixForm]) -> Asked:
    now, teams = clock.now(), team_names()
    form = kind(request.args, data={"team": _team_shown(list(teams), now=now)})
    form.team.choices = choices_of(sorted(teams.items(), key=lambda pair: pair[1]))
    is_sound = bool(teams) and (not request.args or form.validate())
    at = (form.at.instant if is_sound else None) or now
    return Asked(form, is_sound, form.team.data if is_sound else 0, at, now, form.after.data if is_sound else None)


def _words() -> dict[str, object]:
    return {"titles": queries.titles(), "shifts": shift_names(), "standing_words": STANDING_WORDS}


def _team_shown(teams: list[int], *, now: datetime) -> int | None:
    own = state_of(principal().person_id, at=now).team_id
    return own if own in teams else next(iter(teams), None)
