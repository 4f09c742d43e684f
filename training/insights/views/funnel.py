"""The way from the first day to unsupervised work: how far people are, how long it takes them, and who they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.config import organisation_zone
from training.insights import queries
from training.insights.forms import BESIDE, BY_MONTH, FunnelForm
from training.insights.queries.ways import Behind, OnTheWay, all_behind, ways_kept, ways_page
from training.insights.rules.figures import Dimension
from training.insights.rules.funnel import Compared, Stage, StageFigures, Standing
from training.insights.rules.groups import Group, KnownGroup
from training.insights.rules.waiting import Median
from training.insights.views.blueprint import blueprint
from training.insights.views.figures import MAY_SEE_FIGURES, Asked, asked, team_title, title_of
from training.web.access import opens_to
from training.web.addresses import instant_and_id_in_query, page_in_query
from training.web.formatting import month_text
from training.web.forms import choices_of
from training.web.spreadsheets import Cell, table_file

MEMBERS_A_PAGE = 50
STAGE_WORDS = {
    Stage.HIRED: "Hired",
    Stage.READ: "Read a first module",
    Stage.COURSE: "Completed a course",
    Stage.EXAM: "Sat a first exam",
    Stage.CERTIFIED: "Certified",
    Stage.OPEN: "First queue open",
    Stage.UNSUPERVISED: "Out of shadow",
}
STANDING_WORDS = {Standing.REACHED: "got here or further", Standing.STAYING: "got just so far and work here", Standing.GONE: "left having got just so far"}
HEADING = ("Stage", "Reached", "Still there", "Left from there", "Timed from the stage before", "Median days since the stage before", "At least", "At most")
HEADING_SINCE_HIRED = ("Median days since the first day", "At least", "At most")
COMPARED_HEADING = ("Hired", "With an open queue", "Before it", "Left before it", "Median days to an open queue", "At least", "At most")
PEOPLE_HEADING = ("Person", "Id", "Team", "Hired", "Stage", "Since", "Left")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What one of these pages is about."""

    about: Asked
    groups: Sequence[KnownGroup]
    """Of who decides about cases, or did and left."""
    kept: Mapping[int, bytes]
    """Their ways."""
    form: FunnelForm
    today: date

    @property
    def group_ids(self) -> list[int]:
        """The ids of the groups."""
        return [known.id for known in self.groups]

    @property
    def hired(self) -> date | None:
        """The first day of the month of hiring that is asked about."""
        return date.fromisoformat(self.form.hired.data) if self.form.hired.data else None

    @property
    def address(self) -> dict[str, str | int]:
        """What the address of the next page says, so that it is about the same."""
        said = {"hired": self.form.hired.data, "by": self.form.by.data if self.form.by.data != Dimension.TEAM.value else None}
        return self.about.address | {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class _Row:
    """A team, a market, a language or a month of hiring beside others, and what narrows the page to it."""

    title: str
    narrowed: Mapping[str, str] | None
    found: Compared


@blueprint.get("/organisation/funnel")
@opens_to(*MAY_SEE_FIGURES)
def funnel() -> str:
    """The stages with their counts and medians, and teams, markets, languages or months of hiring beside each other."""
    chosen, page = _chosen(), page_in_query()
    rows = _compared(chosen, skipped=(page - 1) * MEMBERS_A_PAGE)
    return render_template(
        "insights/funnel.html",
        chosen=chosen,
        about=chosen.about,
        lines=_lines(chosen),
        rows=rows[:MEMBERS_A_PAGE],
        words=STAGE_WORDS,
        beside=BESIDE[chosen.form.by.data],
        page=page,
        has_more=len(rows) > MEMBERS_A_PAGE,
    )


@blueprint.get("/organisation/funnel.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def funnel_file(file_format: str) -> ResponseReturnValue:
    """The stages as a file."""
    chosen = _chosen()
    lines = (
        (STAGE_WORDS[line.stage], line.reached, line.staying, line.gone, line.timed, *_days(line.since_before), *_days(line.since_hired))
        for line in _lines(chosen)
    )
    return table_file("from-hire-to-queue", HEADING + HEADING_SINCE_HIRED, lines, file_format)


@blueprint.get("/organisation/funnel/compared.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def funnel_compared_file(file_format: str) -> ResponseReturnValue:
    """What is set beside each other as a file, all of it."""
    chosen = _chosen()
    name = BESIDE[chosen.form.by.data]
    lines = (
        (row.title, row.found.hired, row.found.opened, row.found.staying, row.found.gone, *_days(row.found.since_hired))
        for row in _compared(chosen, count=None)
    )
    return table_file("from-hire-to-queue-compared", (name, *COMPARED_HEADING), lines, file_format)


@blueprint.get("/organisation/funnel/people")
@opens_to(*MAY_SEE_FIGURES)
def funnel_people() -> str:
    """Who is behind a figure, longest where they are on top."""
    chosen, behind = _behind()
    after, before = (instant_and_id_in_query(name) for name in ("after", "before"))
    page = ways_page(behind, after=(after[0].date(), after[1]) if after else None, before=(before[0].date(), before[1]) if before else None)
    return render_template(
        "insights/funnel_people.html",
        chosen=chosen,
        about=chosen.about,
        behind=behind,
        page=page,
        kept_groups=_groups(chosen),
        words=STAGE_WORDS,
        standing=STANDING_WORDS[behind.standing],
        address=chosen.address | {"stage": behind.stage.value, "standing": behind.standing.value},
    )


@blueprint.get("/organisation/funnel/people.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def funnel_people_file(file_format: str) -> ResponseReturnValue:
    """The same as a file, all of them."""
    chosen, behind = _behind()
    groups = _groups(chosen)

    def line(person: OnTheWay) -> Sequence[Cell]:
        team = team_title(chosen.about.teams, groups[person.group_id].team_id)
        left_on = person.left_on.isoformat() if person.left_on else None
        return person.name, person.public_id, team, person.hired_on.isoformat(), STAGE_WORDS[person.furthest], person.reached_on.isoformat(), left_on

    return table_file("from-hire-to-queue-people", PEOPLE_HEADING, map(line, all_behind(behind)), file_format)


def _chosen(*, has_figures: bool = True) -> _Chosen:
    """What this request is about. A month in which nobody was hired does not exist (404); lists of people read no figures, and so take any month."""
    about = asked()
    left = [] if about.has_no_team else about.narrowing.chosen(queries.known_groups(of_nobody=True))
    groups = [known for known in (*about.groups, *left) if known.group.is_moderating and not about.has_no_team]
    kept = ways_kept([known.id for known in groups]) if has_figures else {}
    form = FunnelForm(request.args)
    months = _funnels().months_of(kept) if has_figures else _month_asked_for()
    form.hired.choices = choices_of([("", "Every month"), *((month.isoformat(), month_text(month)) for month in months)])
    if not form.validate():
        abort(404)
    return _Chosen(about, groups, kept, form, clock.now().astimezone(organisation_zone()).date())


def _month_asked_for() -> list[date]:
    """The month that the address names by its first day, if it names one."""
    try:
        found = date.fromisoformat(request.args.get("hired", ""))
    except ValueError:
        return []
    return [found] if found.day == 1 else []


def _funnels() -> ModuleType:
    from training.insights.services import funnels  # noqa: PLC0415  # Brings numpy along.

    return funnels


def _lines(chosen: _Chosen) -> Sequence[StageFigures]:
    found: Sequence[StageFigures] = _funnels().lines_of(chosen.kept, hired=chosen.hired, today=chosen.today)
    return found


def _compared(chosen: _Chosen, *, skipped: int = 0, count: int | None = MEMBERS_A_PAGE + 1) -> list[_Row]:
    """Teams, markets, languages or months of hiring in their order, each with how its people get to an open queue."""
    end = None if count is None else skipped + count
    if chosen.form.by.data == BY_MONTH:
        months = ([chosen.hired] if chosen.hired else _funnels().months_of(chosen.kept))[skipped:end]
        found: Mapping[str, Compared] = _funnels().compared_by_month(chosen.kept, months, today=chosen.today)
        return [_Row(month_text(month), {"hired": month.isoformat()}, found[month.isoformat()]) for month in months]
    dimension = Dimension(chosen.form.by.data)
    members = _members(dimension, chosen)
    titled = sorted((title_of(dimension, name, chosen.about.teams), name) for name in members)[skipped:end]
    found = _funnels().compared({name: members[name] for _title, name in titled}, chosen.kept, hired=chosen.hired, today=chosen.today)
    return [_Row(title, {dimension.value: name}, found[name]) for title, name in titled]


def _members(dimension: Dimension, chosen: _Chosen) -> Mapping[str, list[int]]:
    """The ids of the groups of each team, market or language; of the one that is asked about alone, where one is."""
    wanted = {Dimension.MARKET: chosen.about.narrowing.market, Dimension.LANGUAGE: chosen.about.narrowing.language}.get(dimension)
    found: dict[str, list[int]] = {}
    for known in chosen.groups:
        for name in dimension.names_of(known.group):
            if wanted in (None, "", name):
                found.setdefault(name, []).append(known.id)
    return found


def _groups(chosen: _Chosen) -> Mapping[int, Group]:
    return {known.id: known.group for known in chosen.groups}


def _behind() -> tuple[_Chosen, Behind]:
    """What is asked about, and which people are behind it. A stage that there is not is answered with 404."""
    chosen = _chosen(has_figures=False)
    try:
        stage, standing = Stage(request.args.get("stage", "")), Standing(request.args.get("standing", ""))
    except ValueError:
        abort(404)
    return chosen, Behind(stage, standing, chosen.group_ids, chosen.hired)


def _days(found: Median | None) -> tuple[int | None, int | None, int | None]:
    return (found.days, found.low, found.high) if found else (None, None, None)
