"""Making and changing many people at once: gather, decide, apply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from training.accounts import queries
from training.accounts.models import Person
from training.accounts.rules import FactKind, LineFault, PersonLine, PersonState, Site, Status, fact_value
from training.accounts.services.facts import record_facts
from training.accounts.services.links import invite
from training.accounts.services.people import create_person
from training.actors import Actor


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """What the import would do for one line."""

    line: int
    email: str
    person: Person | None
    """Who is there already, or nobody."""
    facts: Mapping[FactKind, object]
    """What would be recorded; empty for somebody about whom the file says nothing new."""
    effective_from: datetime


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What the import would do, or every reason why it does nothing."""

    people: tuple[PlannedPerson, ...]
    faults: tuple[LineFault, ...]

    @property
    def new(self) -> list[PlannedPerson]:
        """Who would be made."""
        return [planned for planned in self.people if planned.person is None]

    @property
    def changed(self) -> list[PlannedPerson]:
        """Whose facts would be recorded."""
        return [planned for planned in self.people if planned.person is not None and planned.facts]


def plan_import(lines: Sequence[PersonLine], *, zone: str, now: datetime) -> ImportPlan:
    """What these lines come to, against what is known now. Days begin in `zone`."""
    known = queries.people_by_emails(line.email for line in lines)
    states = queries.states_of((person.id for person in known.values()), at=now)
    teams = {name.casefold(): team.id for team in queries.teams() for name in (team.slug, team.name)}
    people: list[PlannedPerson] = []
    faults: list[LineFault] = []
    for line in lines:
        person = known.get(line.email)
        faults.extend(_faults(line, person, teams))
        facts = dict(line.facts)
        if line.team is not None:
            facts[FactKind.TEAM] = teams.get(line.team.casefold())
        effective_from = _beginning(line.effective_on, zone) or now
        people.append(PlannedPerson(line.line, line.email, person, _news(facts, person, states), effective_from))
    return ImportPlan(tuple(people), tuple(faults))


def carry_out_import(plan: ImportPlan, *, inviting_to: Site | None, by: Actor, now: datetime) -> None:
    """Do what a plan without faults says; new people who are not kept out are invited, where the site to invite them to is given."""
    for planned in plan.people:
        person = planned.person or _create(planned, by=by, now=now)
        record_facts(person, planned.facts, effective_from=planned.effective_from, by=by, now=now)
        if planned.person is None and inviting_to and planned.facts.get(FactKind.STATUS) != Status.DEACTIVATED:
            invite(person, site=inviting_to, by=by, now=now)


def _create(planned: PlannedPerson, *, by: Actor, now: datetime) -> Person:
    """The account begins now, whenever what is true of its person began."""
    status: dict[FactKind, object] = {kind: value for kind, value in planned.facts.items() if kind is FactKind.STATUS}
    return create_person(email=planned.email, name=str(planned.facts[FactKind.NAME]), facts=status, by=by, now=now)


def _faults(line: PersonLine, person: Person | None, teams: Mapping[str, int]) -> Iterable[LineFault]:
    if person is None and FactKind.NAME not in line.facts:
        yield LineFault(line.line, "name", f"{line.email} has no account yet, and a new person needs a name.")
    if person is None and line.facts.get(FactKind.STATUS) == Status.ACTIVE:
        yield LineFault(line.line, "status", "A new person is invited, and active once they have chosen a password. Leave it empty.")
    if line.team is not None and line.team.casefold() not in teams:
        yield LineFault(line.line, "team", f"There is no team “{line.team}”. Make it under Teams first, or with --make-teams.")


def _beginning(day: date | None, zone: str) -> datetime | None:
    return datetime.combine(day, time.min, ZoneInfo(zone)) if day else None


def _news(facts: Mapping[FactKind, object], person: Person | None, states: Mapping[int, PersonState]) -> Mapping[FactKind, object]:
    """What of these facts is not so already."""
    if person is None:
        return facts
    state = states[person.id]
    now_true: dict[FactKind, object] = {
        FactKind.NAME: person.name,
        FactKind.STATUS: state.status,
        FactKind.ROLES: state.roles,
        FactKind.TEAM: state.team_id,
        FactKind.LANGUAGES: state.languages,
        FactKind.MARKETS: state.markets,
        FactKind.TIME_ZONE: state.time_zone,
        FactKind.ACCOMMODATIONS: {"time_multiplier": state.time_multiplier, "extra_break_seconds": state.extra_break_seconds},
    }
    return {kind: value for kind, value in facts.items() if fact_value(kind, value) != fact_value(kind, now_true[kind])}
