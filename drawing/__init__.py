"""Draws the pictures of the historical cases and of exam items: flat, calm, and the same bytes from the same recipe. Sounds and clips are made here too.

`python -m drawing` draws all recipes of `recipes.yaml` into `content/cases/media` and of `exam_recipes.yaml` into `content/exams/media`;
`python -m drawing jar.png` only that one. `drawing.sounds` and `drawing.clips` say how the recordings were made.
"""
