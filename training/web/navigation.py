"""The places of the site, in the order people meet them. Rooms add theirs from their views."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

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
    """One entry of the navigation; no roles means every signed-in person. `inside` are endpoints of pages within it whose address lies elsewhere."""

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
    places_for.cache_clear()


@lru_cache(maxsize=64)
def places_for(roles: frozenset[str]) -> list[tuple[str, list[Place]]]:
    """What a person with these roles sees, by heading."""
    seen = sorted((place for place in _places.values() if not place.roles or place.roles & roles), key=lambda place: (place.position, place.label))
    groups = [(group.value, [place for place in seen if place.group is group]) for group in Group]
    return [(title, places) for title, places in groups if places]


def _navigation() -> list[tuple[str, list[Place]]]:
    is_in = current_user.is_authenticated and not current_user.owes_second_factor
    return places_for(current_user.roles) if is_in else []


def _place_here(groups: list[tuple[str, list[Place]]]) -> Place | None:
    """The place that the page lies within, of those shown: the one that names its endpoint, else the one whose address reaches furthest into the page's own."""
    places = [place for _, shown in groups for place in shown]
    if claimed := [place for place in places if request.endpoint in place.inside]:
        return claimed[0]
    addresses = {place.endpoint: url_for(place.endpoint).rstrip("/") for place in places}
    around = [place for place in places if f"{request.path.rstrip('/')}/".startswith(f"{addresses[place.endpoint]}/")]
    return max((place for place in around if addresses[place.endpoint] or request.path == "/"), key=lambda place: len(addresses[place.endpoint]), default=None)


def init_navigation(app: Flask) -> None:
    """Make the navigation known to the shell."""
    app.jinja_env.globals.update(navigation=_navigation, place_here=_place_here)
