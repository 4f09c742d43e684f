"""Draws the pictures of the historical cases: flat, calm, and the same bytes from the same recipe.

`python -m drawing` draws all recipes of `recipes.yaml` into `content/cases/media`; `python -m drawing jar.png` only that one.
"""
