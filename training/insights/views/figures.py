"""What pages of figures about the organisation share: who may open them, about whom a reader asks, and the way from one to another."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import abort, request

from training import clock
from training.accounts.rules import Role
from training.insights import queries
from training.insights.forms import FiguresForm
from training.insights.rules.figures import Dimension
from training.insights.rules.groups import NO_CODE, NO_TEAM, Group, KnownGroup, Narrowing
from training.insights.views.blueprint import blueprint
from training.quality.queries import teams_seen
from training.web.access import principal
from training.web.formatting import language_name, market_name
from training.web.forms import choices_of

MAY_SEE_FIGURES = (Role.LEAD, Role.TRAINER, Role.QA, Role.ADMIN, Role.AUDITOR)
"""Leads see their own team, everybody else every team (`quality.queries.teams_seen`)."""

NOT_YET_KNOWN = Group(None, (), (), is_moderating=False)
"""Stands for a group that began while the page was made."""

FIGURE_PAGES = {
    "insights.organisation": "At a glance",
    "insights.adherence": "Who is due",
    "insights.readiness": "Who is ready",
    "insights.funnel": "From hire to queue",
    "insights.enforcement": "Over- and under-enforcement",
    "insights.changes": "Policy changes",
}
"""What the pages are called by their endpoints, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """About whom the reader asks, of those whom they may look at."""

    form: FiguresForm
    teams: Mapping[int, str]
    """By name; a lead's own alone."""
    groups: Sequence[KnownGroup]
    """Those that are asked about: nobody else's figures are on the page."""
    narrowing: Narrowing
    group_by_id: Mapping[int, Group]
    """What each of these groups has in common."""
    is_for_lead: bool
    """Whether the reader sees their own team alone, or nobody where they are in none."""

    @property
    def has_no_team(self) -> bool:
        """Whether the reader leads nobody."""
        return self.is_for_lead and not self.teams

    @property
    def among(self) -> list[int] | None:
        """The ids of the groups, for questions; nothing where it is everybody."""
        return None if self.narrowing == Narrowing() and not self.is_for_lead else [known.id for known in self.groups]

    @property
    def address(self) -> dict[str, str | int]:
        """What the address of the next page says, so that it is about the same people."""
        said = {"team": self.form.team.data, "market": self.form.market.data, "language": self.form.language.data}
        return {name: value for name, value in said.items() if value}

    def told(self, group_id: int) -> tuple[str, str, str]:
        """The team, markets and languages of a group in words."""
        group = self.group_by_id.get(group_id, NOT_YET_KNOWN)
        return team_title(self.teams, group.team_id), ", ".join(map(market_name, group.markets)), ", ".join(map(language_name, group.languages))


def asked() -> Asked:
    """About whom this request asks. A team, market or language that nobody has, or that is not the reader's to see, does not exist (404)."""
    me = principal()
    teams = teams_seen(me.person_id, me.roles, at=clock.now())
    is_lead_alone = me.roles.isdisjoint({role for role in MAY_SEE_FIGURES if role is not Role.LEAD})
    seen = [known for known in queries.known_groups() if not is_lead_alone or known.group.team_id in teams]
    form = FiguresForm(request.args)
    form.team.choices = choices_of(teams.items() if is_lead_alone else [(0, "Every team"), *teams.items(), (NO_TEAM, "No team")])
    form.market.choices = choices_of([("", "Every market"), *_named((known.group.markets for known in seen), market_title)])
    form.language.choices = choices_of([("", "Every language"), *_named((known.group.languages for known in seen), language_title)])
    has_no_team = is_lead_alone and not teams
    if is_lead_alone and teams and not request.args.get("team"):
        form.team.data = next(iter(teams))
    if not has_no_team and not form.validate():
        abort(404)
    narrowing = Narrowing() if has_no_team else form.narrowing
    chosen = narrowing.chosen(seen)
    return Asked(form, teams, chosen, narrowing, {known.id: known.group for known in chosen}, is_lead_alone)


def _named(codes: Iterable[tuple[str, ...]], title_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """Each of these codes with its title, in order, behind them that there is none."""
    found = {code for each in codes for code in each or (NO_CODE,)}
    return sorted(((code, title_of(code)) for code in found), key=lambda pair: (pair[0] == NO_CODE, pair[1], pair[0]))


def team_title(teams: Mapping[int, str], team_id: int | None) -> str:
    """What a team is called, or that it is none."""
    return teams.get(team_id or NO_TEAM, "No team")


def market_title(code: str) -> str:
    """What a market is called, or that it is none."""
    return "No market" if code == NO_CODE else market_name(code)


def language_title(code: str) -> str:
    """What a language is called, or that it is none."""
    return "No language" if code == NO_CODE else language_name(code)


def title_of(dimension: Dimension, name: str, teams: Mapping[int, str]) -> str:
    """What a team, market or language is called."""
    if dimension is Dimension.TEAM:
        return team_title(teams, int(name))
    return market_title(name) if dimension is Dimension.MARKET else language_title(name)


@blueprint.app_context_processor
def _pages() -> dict[str, object]:
    return {"FIGURE_PAGES": FIGURE_PAGES}
