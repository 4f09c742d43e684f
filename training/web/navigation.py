"""The places of the site, in the order people meet them. Rooms add theirs from their views."""

from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, request, url_for
from flask_login import current_user


class Group(StrEnum):
    """The headings of the navigation, in order."""

    MINE = "My work"
    TEAM = "Team"
    DESK = "Trainer's desk"
    ORGANISATION = "Organisation"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; no roles means every signed-in person. `inside` are endpoints of pages that lie within the place."""

    endpoint: str
    label: str
    group: Group
    position: int
    roles: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()


_places: dict[str, Place] = {}


def add_place(place: Place) -> None:
    """Show this place to the people it is for."""
    _places[place.endpoint] = place


def places_for(roles: frozenset[str]) -> list[tuple[str, list[Place]]]:
    """What a person with these roles sees, by heading."""
    seen = sorted((place for place in _places.values() if not place.roles or place.roles & roles), key=lambda place: (place.position, place.label))
    groups = [(group.value, [place for place in seen if place.group is group]) for group in Group]
    return [(title, places) for title, places in groups if places]


def _navigation() -> list[tuple[str, list[Place]]]:
    return places_for(current_user.roles) if current_user.is_authenticated else []


def _is_here(place: Place) -> bool:
    """Whether the page lies within this place: of the places of one room, the one whose address reaches furthest into the page's own."""
    if request.endpoint in place.inside:
        return True
    blueprint = place.endpoint.partition(".")[0]
    if request.blueprint != blueprint:
        return False
    siblings = [other.endpoint for other in _places.values() if other.endpoint.partition(".")[0] == blueprint]
    around = [endpoint for endpoint in siblings if f"{request.path}/".startswith(f"{url_for(endpoint)}/")]
    return len(siblings) == 1 or place.endpoint == max(around, key=lambda endpoint: len(url_for(endpoint)), default=None)


def init_navigation(app: Flask) -> None:
    """Make the navigation known to the shell."""
    app.jinja_env.globals.update(navigation=_navigation, is_here=_is_here)
