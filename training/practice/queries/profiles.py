"""What is said of people's practice: profiles, the answers behind a figure, and whose of them somebody may see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts.models import Person
from training.accounts.queries import PeopleFilter, PeoplePage, people_page, person_by_public_id, state_of
from training.accounts.rules import FactKind, Role, Status
from training.cases.rules import Action
from training.errors import NotFound
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.judgements.queries import Figure, judgements_behind, latest_seconds, tallies_of
from training.judgements.rules import Costs, Dimension, Profile, profile_of
from training.practice.queries.memories import readiness_in_areas
from training.practice.rules import MeasuredPace, Readiness, measured_pace, serving_of_occasion

LATEST = 200
"""So many of the latest answers say how fast somebody is."""


@dataclass(frozen=True, slots=True)
class PracticeProfile:
    """What one person's answers say."""

    profile: Profile
    readiness: Mapping[str, Readiness]
    """By area."""
    pace: MeasuredPace | None
    """Over all surfaces."""
    paces: Mapping[str, MeasuredPace]
    """By surface, where there are enough to judge."""


def practice_profile(person_id: int, *, costs: Costs, at: datetime) -> PracticeProfile:
    """What this person's answers say at an instant, of practice and, in areas, of exams."""
    tallies = tallies_of([person_id], dimensions=frozenset(Dimension))[person_id]
    seconds = latest_seconds(person_id, size=LATEST)
    paces = {surface: pace for surface, taken in seconds.items() if (pace := measured_pace(taken)) is not None}
    return PracticeProfile(
        profile=profile_of(tallies, costs),
        readiness=readiness_in_areas(person_id, at=at),
        pace=measured_pace([each for taken in seconds.values() for each in taken]),
        paces=paces,
    )


def area_profiles(person_ids: Collection[int], *, costs: Costs) -> dict[int, Profile]:
    """What these people's answers say by area, in one question."""
    return {person_id: profile_of(rows, costs) for person_id, rows in tallies_of(person_ids, dimensions=[Dimension.AREA]).items()}


@dataclass(frozen=True, slots=True)
class AnswerBehind:
    """One answer behind a figure, and what the expert says."""

    judgement: Judgement
    serving_id: int
    """Where it was given."""
    decided: tuple[Action, ...]
    label: str | None
    expert_decided: tuple[Action, ...]
    expert_label: str | None


def answers_behind(person_id: int, figure: Figure, *, before_id: int | None, size: int) -> list[AnswerBehind]:
    """One page of the answers behind a figure of this person's, the newest first."""
    found = judgements_behind(person_id, figure, before_id=before_id, size=size)
    return [_behind(each.judgement, each.reference.decisions[0], each.reference.labels) for each in found]


def _behind(judgement: Judgement, expert: Sequence[str], labels: Sequence[str]) -> AnswerBehind:
    answer = parse_answer(judgement.answer)
    return AnswerBehind(
        judgement=judgement,
        serving_id=serving_of_occasion(judgement.occasion),
        decided=tuple(action for action in Action if action in answer.actions),
        label=next(iter(answer.labels), None),
        expert_decided=tuple(action for action in Action if action in expert),
        expert_label=next(iter(labels), None),
    )


def person_seen_by(viewer_id: int, roles: Collection[str], public_id: str, *, at: datetime) -> Person:
    """Somebody whose practice this viewer is responsible for: a trainer for everybody, a lead for their own team at `at`. Raises NotFound."""
    person = person_by_public_id(public_id)
    if person is None:
        raise NotFound
    if Role.TRAINER not in roles:
        team_id = state_of(viewer_id, at=at).team_id
        if team_id is None or state_of(person.id, at=at).team_id != team_id:
            raise NotFound
    return person


def people_seen(team_id: int | None, *, name: str = "", after_id: int | None = None, before_id: int | None = None) -> PeoplePage:
    """A page of the active people of a team, or of everybody, by name; `name` is part of theirs."""
    members = {FactKind.STATUS: Status.ACTIVE.value} | ({FactKind.TEAM: str(team_id)} if team_id is not None else {})
    return people_page(PeopleFilter(text=name, members=members), after_id=after_id, before_id=before_id)
