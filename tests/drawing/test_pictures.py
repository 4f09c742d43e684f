"""The pictures of the shipped cases, their recipes, and the cases that show them."""

import io
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from PIL import Image

from drawing.look import look_from
from drawing.recipes import RECIPES, Recipe, draw_all, picture_of, recipe_from, recipes_in

CASES = Path(__file__).parents[2] / "content" / "cases"


@cache
def shown_pictures() -> list[dict[str, str]]:
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CASES.rglob("*.yaml"))]
    return [picture for document in documents for picture in document["content"].get("images", [])]


def bytes_of(recipe: Recipe) -> bytes:
    held = io.BytesIO()
    picture_of(recipe).save(held, "PNG", optimize=True)
    return held.getvalue()


def test_every_recipe_draws_one_picture_of_one_case() -> None:
    recipes = Counter(recipe.file for recipe in recipes_in(RECIPES))
    shown = Counter(Path(picture["file"]).name for picture in shown_pictures())
    assert set(recipes.values()) == {1}
    assert recipes.keys() <= shown.keys()


def test_no_two_cases_show_the_same_picture() -> None:
    shown = Counter(picture["file"] for picture in shown_pictures())
    assert set(shown.values()) == {1}


def test_every_picture_is_small_and_of_one_size() -> None:
    for picture in shown_pictures():
        path = CASES / picture["file"]
        assert path.stat().st_size < 30_000, path.name
        with Image.open(path) as image:
            assert (image.format, image.mode, image.size) == ("PNG", "P", (800, 600)), path.name


def test_no_file_name_or_alternative_text_tells_a_label() -> None:
    for picture in shown_pictures():
        assert re.fullmatch(r"media/[a-z]+(-[a-z]+)*\.png", picture["file"])
        assert not re.search(r"\b(PRO|RES|IPR|CLM|LST|SEL|FRD|REV|LIV|HRM|SXM|PRV|OUT)-\d", picture["alt"])


def test_the_same_recipe_gives_the_same_bytes() -> None:
    recipe = next(iter(recipes_in(RECIPES)))
    assert bytes_of(recipe) == bytes_of(recipe)


@pytest.mark.full
def test_the_shipped_pictures_are_what_the_recipes_draw() -> None:
    for recipe in recipes_in(RECIPES):
        with Image.open(CASES / "media" / recipe.file) as shipped:
            assert shipped.convert("RGB").tobytes() == picture_of(recipe).convert("RGB").tobytes(), recipe.file


def test_a_word_that_no_look_has_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        look_from({"kind": "jar", "colour": "amber"})


@pytest.mark.parametrize(
    ("change", "named"),
    [({"kind": "yacht"}, "yacht"), ({"body": "puce"}, "puce"), ({"mark": "skull"}, "skull")],
    ids=["thing", "colour", "emblem"],
)
def test_an_unknown_name_is_refused_by_that_name(change: dict[str, str], named: str) -> None:
    words = {"file": "x.png", "scene": "studio", "colours": ["mist", "sand"], "things": [{"kind": "jar", "word": "MADU", **change}]}
    with pytest.raises(ValueError, match=named):
        picture_of(recipe_from(words))


def test_naming_a_file_without_a_recipe_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"missing\.png"):
        draw_all(RECIPES, tmp_path, only=frozenset({"missing.png"}))
    assert not list(tmp_path.iterdir())
