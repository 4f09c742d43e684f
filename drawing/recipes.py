"""Recipes: what each picture shows, read from YAML and drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from drawing import devices, household, overlays, packs, papers, parts, people, play, screens, vessels, wear
from drawing.look import SHELF, Look, look_from
from drawing.palette import named
from drawing.pen import finished, new_sheet
from drawing.scenes import SCENES

RECIPES = Path(__file__).resolve().parent / "recipes.yaml"
"""The pictures of cases."""
EXAM_RECIPES = Path(__file__).resolve().parent / "exam_recipes.yaml"
"""The pictures of exam items."""

# Imported so that their things are on the shelf.
SHELVES = (devices, household, overlays, packs, papers, parts, people, play, screens, vessels, wear)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One picture: its file, the place, the two colours of the place, and the things in it from back to front."""

    file: str
    scene: str
    colours: tuple[str, str]
    things: tuple[Look, ...]


def recipe_from(words: Mapping[str, Any]) -> Recipe:
    """The recipe that a mapping describes."""
    wall, floor = words["colours"]
    return Recipe(file=words["file"], scene=words["scene"], colours=(wall, floor), things=tuple(look_from(thing) for thing in words["things"]))


def recipes_in(path: Path) -> Iterator[Recipe]:
    """All recipes of a file, in its order."""
    for words in yaml.safe_load(path.read_text(encoding="utf-8")):
        yield recipe_from(words)


def picture_of(recipe: Recipe) -> Image.Image:
    """Draws a recipe. The same recipe gives the same pixels."""
    wall, floor = (named(colour) for colour in recipe.colours)
    sheet, pen = new_sheet(wall)
    SCENES[recipe.scene](pen, (wall, floor))
    for look in recipe.things:
        SHELF.draw(pen, look)
    return finished(sheet)


def draw_all(path: Path, to: Path, only: frozenset[str] = frozenset()) -> None:
    """Writes the picture of every recipe of a file into a folder; only those files, if any are named.

    Raises ValueError where a named file has no recipe.
    """
    recipes = {recipe.file: recipe for recipe in recipes_in(path)}
    if unknown := only - recipes.keys():
        raise ValueError(f"no recipe draws {', '.join(sorted(unknown))}")
    for file, recipe in recipes.items():
        if not only or file in only:
            picture_of(recipe).save(to / file, "PNG", optimize=True)
