"""Over- and under-enforcement by team: what people act on wrongly and what they let through, and who they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.config import organisation_zone
from training.insights import queries
from training.insights.forms import BASES, EnforcementForm
from training.insights.queries.decisions import TeamDecisions, counted_at, decisions_by_team, decisions_of_people
from training.insights.rules.enforcement import Basis, Enforced, Enforcement, Rate, Standing, enforcement_of, may_be_told
from training.insights.rules.groups import Narrowing
from training.insights.rules.pace import months_until
from training.insights.services.surveying import DECISIONS
from training.insights.views.blueprint import blueprint
from training.insights.views.figures import MAY_SEE_FIGURES, Asked, asked, team_title
from training.judgements.rules import Costs, Lean
from training.web.access import opens_to
from training.web.addresses import id_in_query, page_in_query
from training.web.charts import Chart, Reference, intervals, shares_between
from training.web.spreadsheets import Cell, table_file

TEAMS_A_PAGE = 20
PEOPLE_AT_ONCE = 500
STANDING_WORDS = {
    Standing.TOO_FEW: ("Too few to judge", "neutral"),
    Standing.AS_OTHERS: ("As others", "neutral"),
    Standing.HIGHER: ("Higher than others", "warn"),
    Standing.LOWER: ("Lower than others", "good"),
}
LEAN_WORDS = {Lean.UNDER: "Lets through more than is cheapest", Lean.OVER: "Acts on more than is cheapest", Lean.NEITHER: "To neither side beyond chance"}
RATES = ("False positives", "Of innocent", "Share", "At least", "At most", "Beside everybody")
MISSES = ("False negatives", "Of violating", "Share", "At least", "At most", "Beside everybody")
HEADING = ("Team", "Decisions", "Right", *RATES, *MISSES)
PEOPLE_HEADING = ("Person", "Id", "Team", "Decisions", "Right", "False positives", "Of innocent", "False negatives", "Of violating", "Wrong selections")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What one of these pages is about."""

    about: Asked
    form: EnforcementForm
    now: datetime

    @property
    def basis(self) -> Basis:
        """On what rates rest."""
        return Basis(self.form.basis.data)

    @property
    def sees_people(self) -> bool:
        """Whether readers see what each person decided: what was answered in exams is told of nobody by themselves."""
        return self.basis is not Basis.EXAM

    @property
    def months(self) -> Sequence[tuple[datetime, datetime]]:
        """The months that are looked at, in order."""
        return months_until(self.now.astimezone(organisation_zone()), self.form.months.data)

    @property
    def address(self) -> dict[str, str | int]:
        """What the address of the next page says, so that it is about the same."""
        said = {"basis": self.basis.value if self.basis is not Basis.AUDIT else None, "months": self.form.months.data if self.form.months.data != 3 else None}
        return self.about.address | {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class _Row:
    """A team and what is said of its decisions; nothing where it is told to nobody."""

    title: str
    team_id: int | None
    found: Enforcement | None


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of everybody, and of each team in the order of their names."""

    everybody: Enforcement
    rows: Sequence[_Row]


@blueprint.get("/organisation/enforcement")
@opens_to(*MAY_SEE_FIGURES)
def enforcement() -> str:
    """Rates of errors by team, each with its interval and where it stands beside everybody's."""
    chosen, page = _chosen(), page_in_query()
    told = _told(chosen)
    rows = told.rows[(page - 1) * TEAMS_A_PAGE : page * TEAMS_A_PAGE]
    return render_template(
        "insights/enforcement.html",
        chosen=chosen,
        about=chosen.about,
        everybody=told.everybody,
        rows=rows,
        charts=_charts(told.everybody, rows),
        basis_words=BASES[chosen.basis],
        words={"standing": STANDING_WORDS, "lean": LEAN_WORDS},
        counted_at=counted_at(DECISIONS),
        page=page,
        has_more=len(told.rows) > page * TEAMS_A_PAGE,
    )


@blueprint.get("/organisation/enforcement.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def enforcement_file(file_format: str) -> ResponseReturnValue:
    """The same as a file, every team."""
    told = _told(_chosen())
    return table_file("enforcement", HEADING, [_line("Everybody", told.everybody), *(_line(row.title, row.found) for row in told.rows)], file_format)


@blueprint.get("/organisation/enforcement/people")
@opens_to(*MAY_SEE_FIGURES)
def enforcement_people() -> str:
    """Who decided, by name, each with their own counts; of exams without any."""
    chosen = _chosen()
    page = queries.page_of_groups(chosen.about.among, after_id=id_in_query("after"), before_id=id_in_query("before"))
    return render_template(
        "insights/enforcement_people.html",
        chosen=chosen,
        about=chosen.about,
        page=page,
        decided=_decided([person.id for person in page.people], chosen),
        nothing=Enforced(),
        basis_words=BASES[chosen.basis],
    )


@blueprint.get("/organisation/enforcement/people.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def enforcement_people_file(file_format: str) -> ResponseReturnValue:
    """The same as a file, all of them."""
    chosen = _chosen()

    def lines() -> Iterator[Sequence[Cell]]:
        people = list(queries.people_of_groups(chosen.about.among))
        for start in range(0, len(people), PEOPLE_AT_ONCE):
            some = people[start : start + PEOPLE_AT_ONCE]
            decided = _decided([person.id for person in some], chosen)
            for person in some:
                yield person.name, person.public_id, chosen.about.told(person.group_id)[0], *_counts(decided.get(person.id))

    return table_file("enforcement-people", PEOPLE_HEADING, lines(), file_format)


def _chosen() -> _Chosen:
    """What this request is about. What there is not to choose is answered with 404."""
    about, form = asked(), EnforcementForm(request.args)
    if not form.validate():
        abort(404)
    return _Chosen(about, form, clock.now())


def _told(chosen: _Chosen) -> _Told:
    about, months = chosen.about, [begins.date() for begins, _ends in chosen.months]
    teams = [] if about.has_no_team else decisions_by_team(chosen.basis, months, among=about.among)
    costs = Costs(current_app.config["VIOLATION_PREVALENCE"], current_app.config["MISS_COST"])
    everybody = _everybody(chosen, teams)
    rows = [
        _Row(
            team_title(about.teams, each.team_id),
            each.team_id,
            enforcement_of(each.enforced, everybody, costs) if may_be_told(each.people, sees_people=chosen.sees_people) else None,
        )
        for each in teams
    ]
    return _Told(enforcement_of(everybody, everybody, costs), sorted(rows, key=lambda row: (row.title, row.team_id or 0)))


def _everybody(chosen: _Chosen, teams: Sequence[TeamDecisions]) -> Enforced:
    """All teams of the market and language that are asked about; only these teams where of the others there are too few people to be told of."""
    own = sum((each.enforced for each in teams), Enforced())
    wanted = Narrowing(None, chosen.about.narrowing.market, chosen.about.narrowing.language)
    if wanted == chosen.about.narrowing and not chosen.about.is_for_lead:
        return own
    among = [known.id for known in wanted.chosen(queries.known_groups())] if wanted != Narrowing() else None
    everybody = decisions_by_team(chosen.basis, [begins.date() for begins, _ends in chosen.months], among=among)
    others = sum(each.people for each in everybody) - sum(each.people for each in teams)
    return sum((each.enforced for each in everybody), Enforced()) if may_be_told(others, sees_people=not chosen.about.is_for_lead) else own


def _charts(everybody: Enforcement, rows: Sequence[_Row]) -> Mapping[str, Chart]:
    """A picture of each kind of error, where at least two teams have a rate."""
    found = {"over": _chart(everybody.over, [(row.title, row.found.over) for row in rows if row.found])}
    found["under"] = _chart(everybody.under, [(row.title, row.found.under) for row in rows if row.found])
    return {name: chart for name, chart in found.items() if chart is not None}


def _chart(everybody: Rate, rates: Sequence[tuple[str, Rate]]) -> Chart | None:
    shown = [(title, rate.share.low, rate.share.point, rate.share.high) for title, rate in rates if rate.share is not None]
    if len(shown) < 2 or everybody.share is None:
        return None
    axis = shares_between(0.0, max(high for *_rest, high in shown), "share wrong, with its 95 % interval")
    return intervals(shown, axis, mark=Reference(everybody.share.point, "everybody"))


def _decided(person_ids: Sequence[int], chosen: _Chosen) -> Mapping[int, Enforced]:
    return decisions_of_people(person_ids, chosen.basis, since=chosen.months[0][0])


def _line(title: str, found: Enforcement | None) -> Sequence[Cell]:
    if found is None:
        return (title, *(None for _ in HEADING[1:]))
    return title, found.enforced.count, found.enforced.right, *_cells(found.over), *_cells(found.under)


def _cells(rate: Rate) -> Sequence[Cell]:
    limits: Sequence[Cell] = [round(rate.share.point, 4), round(rate.share.low, 4), round(rate.share.high, 4)] if rate.share else [None, None, None]
    return rate.errors, rate.count, *limits, STANDING_WORDS[rate.standing][0]


def _counts(found: Enforced | None) -> Sequence[Cell]:
    if found is None:
        return [None] * 7
    decided = found.decided
    return found.count, found.right, decided.false_alarms, decided.innocent_count, decided.misses, decided.violation_count, found.wrong_selections
