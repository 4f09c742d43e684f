"""Macros whose words depend on nothing but what they are given: rendered once for each of it."""

from collections.abc import Callable
from functools import lru_cache

from flask.sansio.app import App
from markupsafe import Markup


def remembered_macro(app: App, template: str, name: str, *, size: int) -> Callable[..., Markup]:
    """This macro, for templates to call in a loop or on every page; it is remembered what the last so many calls came to.

    What it is given must be hashable, and the macro may look at nothing else: not at who reads the page, nor at the clock.
    """

    @lru_cache(maxsize=size)
    def rendered(*given: object) -> Markup:
        module = app.jinja_env.get_template(template).module
        return Markup(getattr(module, name)(*given))

    return rendered
