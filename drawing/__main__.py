"""Draws every recipe again, or those whose files are named."""

import sys
from pathlib import Path

from drawing.recipes import EXAM_RECIPES, RECIPES, draw_all, recipes_in

CONTENT = Path(__file__).resolve().parent.parent / "content"

if __name__ == "__main__":
    wanted = frozenset(sys.argv[1:])
    for_exams = frozenset(recipe.file for recipe in recipes_in(EXAM_RECIPES))
    if not wanted or wanted - for_exams:
        draw_all(RECIPES, CONTENT / "cases" / "media", only=wanted - for_exams)
    if not wanted or wanted & for_exams:
        draw_all(EXAM_RECIPES, CONTENT / "exams" / "media", only=wanted & for_exams)
