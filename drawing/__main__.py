"""Draws every recipe again, or those whose files are named."""

import sys
from pathlib import Path

from drawing.recipes import RECIPES, draw_all

MEDIA = Path(__file__).resolve().parent.parent / "content" / "cases" / "media"

if __name__ == "__main__":
    draw_all(RECIPES, MEDIA, only=frozenset(sys.argv[1:]))
